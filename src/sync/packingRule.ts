import type { Preference } from './packingChoice.js';

/** With `speed`, a run may need this many times the fewest requests. */
const mostOfFewest = 1.5;
/** A batch that this many times as many rows have not filled will not be full soon. */
const rowsToFill = 10;

/** What the outbox holds. */
export interface PackingNeed {
  /** Transactions that the outbox has had in this run. */
  readonly had: number;
  /** Open transactions that are in no request. */
  readonly waiting: number;
  /** Requests that the longest queue needs, including one that is in progress. */
  readonly longest: number;
}

export interface PackingQuestion extends PackingNeed {
  /** Most transactions in a request. */
  readonly size: number;
  /** Requests that may be added to those in progress, at least 1. */
  readonly free: number;
  /** Whether no request is in progress. */
  readonly isAlone: boolean;
  /** Whether more transactions can be packed soon: a feed is being read, or members are looked for. */
  readonly isFilling: boolean;
  /** Whether transactions come one by one and must leave in time, whatever that costs. */
  readonly isLive: boolean;
}

/** Which batches may leave. */
export interface PackingAnswer {
  /** Number of full batches. */
  readonly full: number;
  /** Whether a batch may leave beside others although it is not full. */
  readonly partlyFilled: boolean;
  /** Whether a batch may leave if it is the only one, however small it is. */
  readonly only: boolean;
}

/**
 * Decides when a batch may leave. `docs/sync-protocol.md` §5.
 *
 * The fewest requests for `n` transactions are `max(⌈n / size⌉, longest queue)`: a request has a limited number of
 * transactions of one member. A batch that leaves beside others is without the longest queue, which one of the others
 * has. So it costs an extra request if that queue sets the bound, and if the batch is not full.
 *
 * - `calls`: everything is read first. Then only batches leave that cost no extra request.
 * - `speed`: batches leave as soon as they are full, and when nothing more is expected soon, as they are, as long as the
 *   run stays within one and a half times the fewest requests for what the outbox has had, or, if that is more, within
 *   as many full requests as that fills and one for each item of the longest queue. So it needs at most twice the fewest.
 *
 * Of a live flow, a batch leaves when it is full or when its time has come.
 *
 * A batch may always leave while no other is in progress. The packer takes the longest queues first, so that this
 * reaches the bound.
 */
export class PackingRule {
  #requests = 0;
  #rowsSince = 0;
  #longest = 0;
  #fewest = 0;

  /** Batches that were packed. */
  get requests(): number {
    return this.#requests;
  }

  /** The fewest requests that what the outbox has had could have taken. */
  get fewest(): number {
    return this.#fewest;
  }

  /** Records that this many batches were packed. */
  packed(batches: number): void {
    this.#requests += batches;
    if (batches > 0) this.#rowsSince = 0;
  }

  /** Records that this many rows were read. */
  read(rows: number): void {
    this.#rowsSince += rows;
  }

  ask(prefer: Preference, question: PackingQuestion): PackingAnswer {
    return question.isLive ? live(question) : this.#weigh(prefer, question);
  }

  #weigh(prefer: Preference, question: PackingQuestion): PackingAnswer {
    const { had, size, free, isAlone } = question;
    this.#longest = Math.max(this.#longest, question.longest);
    this.#fewest = Math.max(this.#fewest, fewest(had, { size, longest: this.#longest }));
    const isFilling = question.isFilling && (prefer === 'calls' || this.#rowsSince < rowsToFill * size);
    if (isFilling && prefer === 'calls') return { full: 0, partlyFilled: false, only: false };
    // One request has the longest queue: one that is in progress, or the first of these.
    const longest = question.longest - 1;
    const left = fewest(question.waiting, { size, longest: isAlone ? question.longest : longest });
    const affordable = prefer === 'calls' ? 0 : this.#affordable(had, size);
    const most = Math.max(affordable, this.#requests + left);
    const totalWith = (full: number, more: number): number =>
      this.#requests + full + fewest(question.waiting - full * size - more, { size, longest }) + Math.sign(more);
    let full = isAlone ? 1 : 0;
    while (full < free && full * size < question.waiting && totalWith(full + 1, 0) <= most) full += 1;
    const partlyFilled = prefer === 'speed' && !isFilling && totalWith(full, 1) <= most;
    return { full, partlyFilled, only: isAlone && !isFilling };
  }

  /** What the longest queue needs beside full requests for everything can be more than a share of the fewest. */
  #affordable(had: number, size: number): number {
    return Math.max(Math.floor(mostOfFewest * this.#fewest), Math.ceil(had / size) + this.#longest);
  }
}

/** A full batch leaves at once, any other when its time has come. */
function live({ waiting, size, free, isFilling }: PackingQuestion): PackingAnswer {
  return { full: Math.min(free, Math.floor(waiting / size)), partlyFilled: !isFilling, only: !isFilling };
}

/** Returns the fewest requests for this many transactions. */
export function fewest(
  transactions: number,
  { size, longest }: { readonly size: number; readonly longest: number },
): number {
  return Math.max(Math.ceil(Math.max(0, transactions) / size), longest, 0);
}
