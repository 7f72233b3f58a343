import type { Feed } from '../../feed/index.js';
import type { Transaction } from '../../transaction.js';
import { mostOpenWhileReading } from '../readAhead.js';
import type { SyncReport } from '../syncReport.js';
import { beginService } from './beginService.js';
import type { Begun } from './beginService.js';
import { checkTransaction, isTransaction } from './checkTransaction.js';
import type { EventReaders } from './eventReaders.js';
import type { LiveFlow } from './liveFlow.js';
import { keyOutcomeOf } from './pushResult.js';
import type { PushService } from './pushService.js';
import type { KeyOutcome, PushResult, RejectedPush, SkippedPush } from './pushResult.js';
import type { Pushed } from './pushQueue.js';
import type { ServiceEvent } from './serviceEvent.js';
import { RowRejectedError, ServiceBusyError } from './serviceErrors.js';
import type { ServiceClosedError, ServiceStoppedError } from './serviceErrors.js';
import { checkServiceOptions, serviceDefaults } from './serviceOptions.js';
import type { ServiceOptions } from './serviceOptions.js';

/**
 * Delivers transactions as they come, for middleware that runs all the time. It is one run that goes on until it is
 * drained, stopped or interrupted. The process can be killed at any moment: whatever was accepted is on disk, and the
 * next service on the same outbox delivers it.
 *
 * ```ts
 * await using service = await SyncService.open({ client, program: 'Harbour Rewards', outbox, source: 'till' });
 * const { is } = await service.push({ key: 'till:4711', member: 'HR-1', journal: {
 *   ActivityDate: new Date().toISOString(), JournalTypeName: 'Accrual', TransactionAmount: '12.40' } });
 * if (is === 'conflict') …
 * ```
 */
export class SyncService implements PushService, AsyncDisposable {
  readonly #options: ServiceOptions;
  readonly #flow: LiveFlow;
  readonly #ended: Promise<SyncReport>;
  readonly #events: EventReaders;
  /** Id of the run. */
  readonly run: string;

  private constructor(options: ServiceOptions, { flow, run, ended, events }: Begun) {
    this.#options = options;
    this.#flow = flow;
    this.run = run;
    this.#ended = ended;
    this.#events = events;
  }

  /**
   * Takes the lock of the outbox and begins a run. Resolves when pushes are accepted.
   * @throws {OutboxBusyError} if another process, or another caller in this one, delivers from the same outbox
   * @throws {UnknownProgramError} if the org has no such program
   * @throws {OtherOwnerError} if the outbox belongs to another org or program
   */
  static async open(options: ServiceOptions): Promise<SyncService> {
    checkServiceOptions(options);
    const begun = await beginService(options);
    return new SyncService(options, begun);
  }

  /**
   * Stores a transaction, or a row that the mapping of the service turns into one. Resolves when it is durably in the
   * outbox, and tells what it is. A push that was not answered can be pushed again with the same key. Transactions of
   * one member reach the org in the order of the pushes.
   * @throws {RowRejectedError} if it cannot become a journal; nothing is stored
   * @throws {ServiceClosedError} when the service is being drained, was interrupted or has ended
   * @throws {ServiceStoppedError} when the run has stopped or failed
   */
  push(given: Transaction): Promise<PushResult>;
  push(given: Transaction | object): Promise<PushResult | SkippedPush>;
  async push(given: Transaction | object): Promise<PushResult | SkippedPush> {
    const { mapping, source } = this.#options;
    const isRow = mapping !== undefined && !isTransaction(given);
    const pushed: Pushed['given'] = isRow
      ? { row: given }
      : { transaction: checkTransaction(given, source, this.#flow.journals) };
    const result = await this.#stored(pushed);
    // Only what is told to be rejected can be.
    if (result.is === 'rejected') throw result.reason;
    return result;
  }

  /**
   * As {@link push}, for a transaction that was taken before and can no longer be turned away. If it cannot become a
   * journal, it is stored as a rejected line of the run, with its reason and its text.
   * @throws {ServiceClosedError} as {@link push}
   * @throws {ServiceStoppedError} as {@link push}
   */
  async take(given: unknown): Promise<PushResult | RejectedPush> {
    const result = await this.#stored(this.#checked(given));
    // Only a mapping skips anything.
    if (result.is === 'skipped') throw new Error('A transaction was skipped.');
    return result;
  }

  #checked(given: unknown): Pushed['given'] {
    try {
      return { transaction: checkTransaction(given, this.#options.source, this.#flow.journals) };
    } catch (reason) {
      if (reason instanceof RowRejectedError) return { rejected: given, reason };
      throw reason;
    }
  }

  async #stored(given: Pushed['given']): Promise<PushResult | SkippedPush | RejectedPush> {
    const result = await new Promise<PushResult | SkippedPush | RejectedPush>((resolve, reject) => {
      this.#flow.push({ given, resolve, reject });
    });
    if (this.#events.isEmpty || (result.is !== 'accepted' && result.is !== 'corrected')) return result;
    const { key, member, is } = result;
    this.#events.tell({ type: 'accepted', key, member, is });
    return result;
  }

  /** Whether a push would be stored soon. A door that cannot wait turns its caller away when it is false. */
  get canPush(): boolean {
    const { mostWaiting = serviceDefaults.mostWaiting, mostOpen = mostOpenWhileReading } = this.#options;
    return this.#flow.closed === undefined && this.#flow.waiting < mostWaiting && this.#flow.open <= mostOpen;
  }

  /**
   * As {@link push}, for a door that does not let its callers wait.
   * @throws {ServiceBusyError} at once, when too much is open or waits
   */
  tryPush(given: Transaction): Promise<PushResult>;
  tryPush(given: Transaction | object): Promise<PushResult | SkippedPush>;
  async tryPush(given: Transaction | object): Promise<PushResult | SkippedPush> {
    const isBusy = this.#flow.closed === undefined && !this.canPush;
    if (isBusy) throw new ServiceBusyError(this.#flow.open, this.#flow.waiting);
    return this.push(given);
  }

  /**
   * Reads a feed beside the pushes. Resolves with the number of its rows when it was read to its end and stored. Feeds
   * that are added at the same time are read side by side: where their order matters, wait for one before the next.
   * @throws {FeedError} if the feed cannot be read; the service goes on
   * @throws {RangeError} if a feed of that name was added before
   * @throws {ServiceClosedError} if the service ends before the feed was read
   */
  feed(feed: Feed): Promise<number> {
    return this.#flow.feed(feed);
  }

  /** Returns the present state of a transaction. Undefined if the outbox does not know the key. */
  outcome(key: string): Promise<KeyOutcome | undefined> {
    return keyOutcomeOf(this.#options.outbox, key);
  }

  /**
   * What happens from now on, until the run ends. If the reader is too slow, the oldest events are dropped, and it is
   * told how many. Each call gives a reader of its own.
   */
  events(): AsyncIterableIterator<ServiceEvent, undefined> {
    return this.#events.add();
  }

  /** Why nothing is taken any more; undefined while pushes are taken. */
  get closed(): ServiceClosedError | ServiceStoppedError | undefined {
    return this.#flow.closed;
  }

  /** Settles when the run has ended, for whatever reason. */
  get ended(): Promise<SyncReport> {
    return this.#ended;
  }

  /**
   * Takes nothing more, stores what waits, reads the feeds that were added to their ends, and delivers what is open
   * until nothing is left or nothing has moved for `wait`. Then ends the run and returns its report.
   * @throws {Error} if the run failed
   */
  drain(): Promise<SyncReport> {
    this.#flow.drain();
    return this.#ended;
  }

  /** Drains. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.drain();
  }
}
