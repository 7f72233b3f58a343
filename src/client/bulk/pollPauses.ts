/** Milliseconds. */
const least = 250;
const most = 30_000;
/** Rows that an org writes or runs in a millisecond, at best. */
const fastest = 50;
/** Share of the time that has passed, after which a job of which nothing else is known is asked again. */
const patience = 0.3;
/** Share of the time that a job probably still takes, after which it is asked again: a job may get faster. */
const approach = 0.75;
/** A pause is at least this share of the time that has passed: so late may the end be seen. */
const lateness = 0.02;

/**
 * Decides when a job is asked for its state: every question is a call, and every pause may be too long. What the org
 * says about the progress of the job tells when it will end, and questions come closer together towards that time;
 * without it, pauses grow with the time that has passed. No rate is published.
 */
export class PollPauses {
  readonly #rows: number;
  #elapsed = 0;
  #share = 0;

  /** @param rows that the job has to write or run */
  constructor(rows: number) {
    this.#rows = rows;
  }

  /**
   * Returns the milliseconds until the next question.
   * @param share what the job has done by now, from 0 to 1
   */
  next(share = 0): number {
    const shortest = Math.max(least, this.#elapsed * lateness);
    const pause = Math.round(Math.min(most, Math.max(shortest, this.#expected(share))));
    this.#elapsed += pause;
    this.#share = share;
    return pause;
  }

  #expected(share: number): number {
    if (this.#elapsed === 0) return least + this.#rows / fastest;
    if (share <= this.#share || share > 1) return this.#elapsed * patience;
    const rest = (this.#elapsed * (1 - share)) / share;
    // The first share says little: a job begins slowly.
    return this.#share === 0 ? Math.max(this.#elapsed * patience, rest / 2) : rest * approach;
  }
}
