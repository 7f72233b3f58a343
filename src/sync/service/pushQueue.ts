import type { IntakeChunk, LineDecision, Outbox } from '../../outbox/index.js';
import type { Transaction } from '../../transaction.js';
import { pushResult } from './pushResult.js';
import type { PushResult } from './pushResult.js';

/** The name under which pushes are reported, as that of a feed. */
export const pushFeed = 'push';

/** Most pushes in one commit, so that a commit does not keep everything else from running for long. */
const mostAtOnce = 1000;

/** What was pushed, and who waits for the answer. */
export interface Pushed {
  readonly transaction: Transaction;
  readonly resolve: (result: PushResult) => void;
  readonly reject: (error: Error) => void;
}

export interface PushQueueOptions {
  readonly outbox: Outbox;
  readonly run: string;
  readonly lookUpFirst: boolean;
}

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
      await this.#accept(this.#storing);
      return this.#storing.length;
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

  async #accept(all: readonly Pushed[]): Promise<void> {
    const { outbox } = this.#options;
    const decisions = await outbox.intake.accept(this.#chunk(all));
    this.#stored += all.length;
    for (const [index, pushed] of all.entries()) this.#answer(pushed, decisions[index] ?? 'new');
  }

  #answer({ transaction: { key }, resolve, reject }: Pushed, decision: LineDecision): void {
    pushResult(this.#options.outbox, key, decision).then(resolve, reject);
  }

  #chunk(all: readonly Pushed[]): IntakeChunk {
    const { run, lookUpFirst } = this.#options;
    return {
      run,
      feed: pushFeed,
      transactions: all.map(({ transaction }, index) => ({ line: this.#stored + index + 1, transaction })),
      rejections: [],
      skipped: 0,
      endedGroups: [],
      position: { pushed: this.#stored + all.length },
      // Nothing in front of the next push is missing.
      complete: true,
      lookUpFirst,
      acceptsRepeats: false,
      standAlone: true,
    };
  }
}
