import { CrowdEnd } from '../../base/crowdEnd.js';
import type { Inbox } from '../../outbox/index.js';
import type { Transaction } from '../../transaction.js';
import type { MappedPush } from '../service/pushMapper.js';
import type { SkippedPush } from '../service/pushResult.js';
import type { StoredPush } from '../service/pushService.js';

/** Most pushes in one entry. */
const mostAtOnce = 1000;

/** What was pushed, and who waits for the answer. */
export interface HandedIn {
  /** A row goes through the mapping, a transaction does not. */
  readonly given: { readonly transaction: Transaction } | { readonly row: object };
  readonly resolve: (result: StoredPush | SkippedPush) => void;
  readonly reject: (error: unknown) => void;
}

export interface InboxQueueOptions {
  readonly inbox: Pick<Inbox, 'add'>;
  /** Maps and checks rows, in order. */
  readonly mapRows: (rows: readonly object[]) => Promise<readonly MappedPush[]>;
  /** Called after each attempt to store, with the error if there was one. */
  readonly onStored: (error?: unknown) => void;
}

/**
 * Pushes that are not on disk yet. What comes together, or while others are being stored, becomes one entry of the inbox.
 * One entry is stored at a time, so that the inbox has them in the order in which they were pushed.
 */
export class InboxQueue {
  readonly #options: InboxQueueOptions;
  readonly #crowd = new CrowdEnd(() => void this.#storeAll());
  readonly #waiting: HandedIn[] = [];
  #storing = 0;
  #idle = Promise.resolve();

  constructor(options: InboxQueueOptions) {
    this.#options = options;
  }

  /** Pushes that are not on disk. */
  get length(): number {
    return this.#waiting.length + this.#storing;
  }

  add(pushed: HandedIn): void {
    this.#waiting.push(pushed);
    this.#crowd.came();
  }

  /** Resolves when everything that was pushed is stored, or refused. */
  async drain(): Promise<void> {
    while (this.length > 0) {
      await this.#storeAll();
      await this.#idle;
    }
  }

  async #storeAll(): Promise<void> {
    if (this.#storing > 0) return;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#idle = promise;
    while (this.#waiting.length > 0) {
      const all = this.#waiting.splice(0, mostAtOnce);
      this.#storing = all.length;
      await this.#store(all);
    }
    this.#storing = 0;
    resolve(undefined);
  }

  /** Never rejects: whoever pushed gets the failure. */
  async #store(all: readonly HandedIn[]): Promise<void> {
    const mapped = await this.#mapped(all);
    const stored = all.flatMap((pushed, index) => {
      const result = mapped[index];
      if (result === 'skipped') pushed.resolve({ is: 'skipped' });
      else if (result instanceof Error) pushed.reject(result);
      else if (result) return { pushed, transaction: result };
      return [];
    });
    if (stored.length === 0) return;
    try {
      await this.#options.inbox.add(stored.map(({ transaction }) => transaction));
      this.#options.onStored();
      for (const { pushed, transaction } of stored)
        pushed.resolve({ key: transaction.key, member: transaction.member, is: 'stored' });
    } catch (error) {
      this.#options.onStored(error);
      for (const { pushed } of stored) pushed.reject(error);
    }
  }

  /** A mapping that cannot be carried out must not keep transactions from being stored. */
  async #mapped(all: readonly HandedIn[]): Promise<readonly (MappedPush | Error | undefined)[]> {
    const rows = all.flatMap(({ given }) => ('row' in given ? given.row : []));
    const results = rows.length === 0 ? [] : await this.#mapRows(rows);
    let next = 0;
    return all.map(({ given }) => ('row' in given ? results[next++] : given.transaction));
  }

  async #mapRows(rows: readonly object[]): Promise<readonly (MappedPush | Error)[]> {
    try {
      return await this.#options.mapRows(rows);
    } catch (error) {
      return rows.map(() => (error instanceof Error ? error : new Error(String(error))));
    }
  }
}
