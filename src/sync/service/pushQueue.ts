import type { JournalTarget } from '../../feed/index.js';
import type { IntakeChunk, LineDecision, LineReport, Outbox } from '../../outbox/index.js';
import type { Transaction } from '../../transaction.js';
import type { MappedPush } from './pushMapper.js';
import { pushResult } from './pushResult.js';
import type { PushResult, RejectedPush, SkippedPush } from './pushResult.js';
import type { RowRejectedError } from './serviceErrors.js';

/** The name under which pushes are reported, as that of a feed. */
export const pushFeed = 'push';

/** Most pushes in one commit, so that a commit does not keep everything else from running for long. */
const mostAtOnce = 1000;

/** What was pushed, and who waits for the answer. */
export interface Pushed {
  /** A row goes through the mapping, a transaction does not. What is rejected is stored as such. */
  readonly given: { readonly transaction: Transaction } | { readonly row: object } | RejectedGiven;
  readonly resolve: (result: PushResult | SkippedPush | RejectedPush) => void;
  readonly reject: (error: Error) => void;
}

interface RejectedGiven {
  readonly rejected: unknown;
  readonly reason: RowRejectedError;
}

export interface PushQueueOptions {
  readonly outbox: Outbox;
  readonly run: string;
  /** Returns whether the org may have transactions already that are pushed now. */
  readonly lookUpFirst: () => boolean;
  readonly target: JournalTarget;
  /** Maps and checks rows, in order. */
  readonly mapRows: (rows: readonly object[]) => Promise<readonly MappedPush[]>;
}

/** A push with the transaction, or the rejection, that is stored for it. */
type Ready = { readonly pushed: Pushed } & ({ readonly transaction: Transaction } | RejectedGiven);

/** Pushes that are not on disk yet. All that wait are stored in one commit, in their order. */
export class PushQueue {
  readonly #options: PushQueueOptions;
  readonly #waiting: Pushed[] = [];
  #storing: readonly Pushed[] = [];
  /** Pushes that were stored, and so the number of the line of the last one. */
  #stored = 0;

  constructor(options: PushQueueOptions) {
    this.#options = options;
  }

  /** Pushes that are not on disk. */
  get length(): number {
    return this.#waiting.length + this.#storing.length;
  }

  add(pushed: Pushed): void {
    this.#waiting.push(pushed);
  }

  /** Stores what waits, up to a limit, and answers. Returns how many are stored. @throws {Error} from the outbox */
  async store(): Promise<number> {
    if (this.#waiting.length === 0) return 0;
    this.#storing = this.#waiting.splice(0, mostAtOnce);
    try {
      const ready = await this.#ready(this.#storing);
      if (ready.length > 0) await this.#accept(ready);
      return ready.length;
    } catch (error) {
      for (const { reject } of this.#storing) reject(error as Error);
      throw error;
    } finally {
      this.#storing = [];
    }
  }

  /** Tells everybody whose push is not being stored that it never will be. */
  refuse(error: Error): void {
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }

  /** Maps the rows among them. Rows that become nothing are told so, and the others go on. */
  async #ready(all: readonly Pushed[]): Promise<Ready[]> {
    const rows = all.flatMap(({ given }) => ('row' in given ? given.row : []));
    const results = await this.#mapped(rows);
    let next = 0;
    return all.flatMap((pushed) => {
      if ('rejected' in pushed.given) return { pushed, ...pushed.given };
      const result = 'row' in pushed.given ? results[next++] : pushed.given.transaction;
      if (result === 'skipped') pushed.resolve({ is: 'skipped' });
      else if (result instanceof Error) pushed.reject(result);
      else if (result) return { pushed, transaction: result };
      return [];
    });
  }

  /** A mapping that cannot be carried out must not keep transactions from being stored. */
  async #mapped(rows: readonly object[]): Promise<readonly (MappedPush | Error)[]> {
    if (rows.length === 0) return [];
    try {
      return await this.#options.mapRows(rows);
    } catch (error) {
      return rows.map(() => (error instanceof Error ? error : new Error(String(error))));
    }
  }

  async #accept(all: readonly Ready[]): Promise<void> {
    const { outbox } = this.#options;
    const decisions = [...(await outbox.intake.accept(this.#chunk(all)))];
    this.#stored += all.length;
    for (const ready of all) {
      if ('rejected' in ready) ready.pushed.resolve({ is: 'rejected', reason: ready.reason });
      else this.#answer(ready.pushed, ready.transaction, decisions.shift() ?? 'new');
    }
  }

  #answer({ resolve, reject }: Pushed, transaction: Transaction, decision: LineDecision): void {
    pushResult(this.#options.outbox, transaction, decision).then(resolve, reject);
  }

  #chunk(all: readonly Ready[]): IntakeChunk {
    const { run, lookUpFirst, target } = this.#options;
    const transactions: IntakeChunk['transactions'][number][] = [];
    const rejections: LineReport[] = [];
    for (const [index, ready] of all.entries()) {
      const line = this.#stored + index + 1;
      if ('rejected' in ready) rejections.push(toLine(ready, line));
      else transactions.push({ line, transaction: ready.transaction });
    }
    return {
      run,
      feed: pushFeed,
      transactions,
      rejections,
      skipped: 0,
      endedGroups: [],
      position: { pushed: this.#stored + all.length },
      // Nothing in front of the next push is missing.
      complete: true,
      lookUpFirst: lookUpFirst(),
      acceptsRepeats: false,
      enrolls: target.members !== undefined,
      standAlone: true,
    };
  }
}

/** Has the text of what was pushed, which nobody else may have any more. */
function toLine({ rejected, reason: { reason, column, value, message } }: RejectedGiven, line: number): LineReport {
  const raw = JSON.stringify(rejected);
  return { kind: 'rejection', feed: pushFeed, line, column, value, code: reason, message, raw };
}
