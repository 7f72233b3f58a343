/** Milliseconds. */
const least = 250;
const most = 30_000;
/** Rows that an org writes or runs in a millisecond, at best. */
const fastest = 50;
/** Share of the time that has passed, after which a job of which nothing else is known is asked again. */
const patience = 0.3;
/** Share of the time that a job probably still takes, after which it is asked again: a job may get faster. */
const approach = 0.75;
/** A pause after the first news of progress is at most this many times the time that has passed. */
const trust = 2;
/** A pause is at least this share of the time that has passed: so late may the end be seen. */
const lateness = 0.01;

/**
 * Decides when a job is asked for its state: every question is a call, and every pause may be too long. What the org
 * says about the progress of the job tells when it will end, and questions come closer together towards that time;
 * without it, pauses grow with the time that has passed. No rate is published.
 */
export class PollPauses {
  readonly #rows: number;
  #elapsed: number;
  #share = 0;
  /** Milliseconds after which the org has last told more progress. */
  #heardAt = 0;
  #isAsked = false;

  /**
   * @param rows that the job has to write or run
   * @param passed milliseconds since it was told to
   */
  constructor(rows: number, passed = 0) {
    this.#rows = rows;
    this.#elapsed = passed;
  }

  /**
   * Returns the milliseconds until the next question.
   * @param share what the job has done by now, from 0 to 1
   */
  next(share = 0): number {
    if (!this.#isAsked) return this.#first();
    const shortest = Math.max(least, this.#elapsed * lateness);
    const pause = Math.round(Math.min(most, Math.max(shortest, this.#expected(share))));
    if (share > this.#share) this.#heardAt = this.#elapsed;
    this.#elapsed += pause;
    this.#share = share;
    return pause;
  }

  #first(): number {
    this.#isAsked = true;
    const pause = Math.max(0, Math.round(least + this.#rows / fastest) - this.#elapsed);
    this.#elapsed += pause;
    return pause;
  }

  #expected(share: number): number {
    // An org may report progress in large steps: waits as long again as it has reported nothing new.
    if (share <= this.#share || share > 1) return Math.min(this.#elapsed * patience, this.#elapsed - this.#heardAt);
    const rest = (this.#elapsed * (1 - share)) / share;
    if (this.#share > 0) return rest * approach;
    // The first share says little: a job begins slowly.
    return Math.min(this.#elapsed * trust, Math.max(this.#elapsed * patience, rest / 2));
  }
}
