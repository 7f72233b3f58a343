import { JournalCheck } from '../../feed/index.js';
import type { Feed, Mapping } from '../../feed/index.js';
import type { RowFlow } from '../rowFlow.js';
import type { FlowOptions } from '../runFeeds.js';
import { AddedFeed } from './addedFeed.js';
import { checkedPush } from './checkTransaction.js';
import { PushMapper } from './pushMapper.js';
import { PushQueue, pushFeed } from './pushQueue.js';
import type { Pushed, PushQueueOptions } from './pushQueue.js';
import { ServiceClosedError, ServiceStoppedError } from './serviceErrors.js';

export interface LiveFlowOptions extends FlowOptions {
  readonly flushAfter: number;
  /** For rows that are pushed. */
  readonly mapping?: Mapping | undefined;
}

/**
 * What a service reads: pushes, and the feeds that were added. Goes on until it is drained. Every push that waits is
 * stored before more of a feed is waited for, so that a slow feed never holds up a push.
 */
export class LiveFlow implements RowFlow {
  readonly flushAfter: number;
  /** What the org would refuse in a journal. */
  readonly journals: JournalCheck;
  readonly #options: LiveFlowOptions;
  readonly #pushes: PushQueue;
  readonly #feeds: AddedFeed[] = [];
  readonly #names = new Set([pushFeed]);
  /** Open transactions of all runs, as far as the delivery has told. */
  open = 0;
  readonly #stop = new AbortController();
  #changed = Promise.withResolvers<undefined>();
  #reading: Promise<number> | undefined;
  #isDraining = false;
  #isOver = false;
  #isCutOff = false;
  #wasRead = true;
  /** Why nothing is taken any more. */
  #closed: ServiceClosedError | ServiceStoppedError | undefined;

  constructor(options: LiveFlowOptions) {
    this.#options = options;
    this.flushAfter = options.flushAfter;
    const { mapping, target, source } = options;
    this.journals = new JournalCheck(target);
    const mapper = mapping && new PushMapper(mapping, target);
    const mapRows: PushQueueOptions['mapRows'] = async (rows) =>
      (await mapper?.map(rows))?.map((mapped) => checkedPush(mapped, source)) ?? [];
    this.#pushes = new PushQueue({ ...options, mapRows });
    options.signal?.addEventListener('abort', () => this.#interrupt(), { once: true });
    if (options.signal?.aborted) this.#interrupt();
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  get isCutOff(): boolean {
    return this.#isCutOff;
  }

  get isReading(): boolean {
    return this.#reading !== undefined;
  }

  /** Pushes that are not on disk. */
  get waiting(): number {
    return this.#pushes.length;
  }

  /** Why nothing is taken any more. */
  get closed(): ServiceClosedError | ServiceStoppedError | undefined {
    return this.#closed;
  }

  push(pushed: Pushed): void {
    if (this.#closed) {
      pushed.reject(this.#closed);
      return;
    }
    this.#pushes.add(pushed);
    this.#change();
  }

  /** Adds a feed. Resolves with the number of its rows when it was read to its end. */
  async feed(feed: Feed): Promise<number> {
    if (this.#closed) throw this.#closed;
    if (this.#isOver) throw new ServiceClosedError('The service is ending and takes nothing more.');
    if (this.#names.has(feed.name))
      throw new RangeError(`A feed named ${feed.name} was added before. Progress is stored under the name of a feed.`);
    feed.check?.(this.#options.target);
    this.#names.add(feed.name);
    const { signal } = this.#stop;
    const reading = new AddedFeed(feed, { ...this.#options, signal }, () => this.#change());
    this.#feeds.push(reading);
    this.#change();
    return reading.ended;
  }

  /** Takes no more. What waits is stored, and the feeds are read to their ends. */
  drain(): void {
    this.#closed ??= new ServiceClosedError('The service is being drained and takes nothing more.');
    this.#isDraining = true;
    this.#change();
  }

  /** Refuses everything from now on. */
  close(reason: ServiceClosedError | ServiceStoppedError): void {
    if (!(this.#closed instanceof ServiceStoppedError)) this.#closed = reason;
    this.#pushes.refuse(reason);
  }

  async wasRead(): Promise<boolean> {
    return this.#wasRead && this.#feeds.every(({ wasRead }) => wasRead);
  }

  readOn(): Promise<number> {
    this.#reading ??= this.#next().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async readAll(onRows: (rows: number) => void): Promise<void> {
    while (!this.#isOver) onRows(await this.readOn());
  }

  async end(): Promise<void> {
    this.#isCutOff ||= !this.#isOver && !this.#hasNothingLeft;
    this.#isOver = true;
    this.#stop.abort();
    const reason = this.#options.stopped();
    if (reason) this.close(new ServiceStoppedError(reason));
    this.#change();
    await this.#reading?.catch(() => undefined);
    for (const reading of this.#feeds) await reading.finish();
  }

  /** Whether it was told to end, and everything before that is stored. */
  get #hasNothingLeft(): boolean {
    return this.#isDraining && this.#pushes.length === 0 && this.#feeds.length === 0;
  }

  async #next(): Promise<number> {
    for (;;) {
      if (this.#isOver) return 0;
      const changed = this.#changed.promise;
      for (const reading of this.#feeds) reading.start();
      const rows = (await this.#pushes.store()) + this.#takeRows();
      if (rows > 0) return rows;
      if (this.#hasNothingLeft) {
        this.#isOver = true;
        return 0;
      }
      await changed;
      // What is pushed in the same turn is stored in the same commit.
      await turn();
    }
  }

  /** Returns how many rows of feeds were stored, and forgets feeds that have ended. @throws {Error} from the outbox */
  #takeRows(): number {
    let rows = 0;
    for (const reading of [...this.#feeds]) {
      rows += reading.takeRows();
      if (reading.failure !== undefined) throw reading.failure;
      if (!reading.isOver) continue;
      this.#wasRead &&= reading.wasRead;
      this.#feeds.splice(this.#feeds.indexOf(reading), 1);
    }
    return rows;
  }

  #change(): void {
    this.#changed.resolve(undefined);
    this.#changed = Promise.withResolvers();
  }

  #interrupt(): void {
    this.#isOver = true;
    this.#stop.abort();
    this.close(new ServiceClosedError('The service was interrupted.'));
    this.#change();
  }
}

function turn(): Promise<void> {
  return new Promise(setImmediate);
}
