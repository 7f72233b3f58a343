import { systemClock } from '../../base/clock.js';
import { JournalCheck } from '../../feed/index.js';
import { openInbox, openOutboxToFollow } from '../../outbox/index.js';
import type { Inbox } from '../../outbox/index.js';
import type { Transaction } from '../../transaction.js';
import { checkedPush, checkTransaction, isTransaction } from '../service/checkTransaction.js';
import { PushMapper } from '../service/pushMapper.js';
import type { KeyOutcome, SkippedPush } from '../service/pushResult.js';
import type { PushService, StoredKey, StoredPush } from '../service/pushService.js';
import { ServiceBusyError, ServiceClosedError } from '../service/serviceErrors.js';
import { FollowedOutcomes } from './followedOutcomes.js';
import { handInDefaults } from './handInOptions.js';
import type { HandInServiceOptions } from './handInOptions.js';
import { handInTarget } from './handInTarget.js';
import type { HandInTarget } from './handInTarget.js';
import { InboxQueue } from './inboxQueue.js';
import type { HandedIn } from './inboxQueue.js';
import { InboxWatch } from './inboxWatch.js';

/**
 * Takes transactions for a shared outbox from which another process delivers. Any number of them can work at the same
 * time, on any machines. Whatever is stored is on disk; the process that delivers takes it in its order.
 *
 * ```ts
 * const outbox = 'postgres://loyalty@db.example/loyalty?outbox=harbour';
 * await using service = await HandInService.open({ client, program: 'Harbour Rewards', outbox, source: 'till' });
 * await service.push({ key: 'till:4711', member: 'HR-1', journal: { … } });   // { is: 'stored', … }
 * ```
 */
export class HandInService implements PushService, AsyncDisposable {
  readonly #options: HandInServiceOptions;
  readonly #inbox: Inbox;
  readonly #journals: JournalCheck;
  readonly #queue: InboxQueue;
  readonly #watch: InboxWatch;
  readonly #outcomes: FollowedOutcomes;
  #closed: ServiceClosedError | undefined;
  #stored = 0;
  #drained: Promise<void> | undefined;

  private constructor(options: HandInServiceOptions, inbox: Inbox, { target }: HandInTarget) {
    const { mapping, source, clock = systemClock, patience = handInDefaults.patience } = options;
    this.#options = options;
    this.#inbox = inbox;
    this.#journals = new JournalCheck(target);
    const mapper = mapping && new PushMapper(mapping, target);
    this.#watch = new InboxWatch({ ...options, inbox, clock });
    this.#queue = new InboxQueue({
      inbox,
      mapRows: async (rows) => (await mapper?.map(rows))?.map((mapped) => checkedPush(mapped, source)) ?? [],
      onStored: (error) => this.#watch.used(error),
    });
    this.#outcomes = new FollowedOutcomes({
      inbox,
      open: () => openOutboxToFollow(options.outbox, { patience }),
      clock,
    });
  }

  /**
   * Asks the org what a transaction may have. Resolves when pushes are accepted.
   * @throws {OutboxDatabaseError} if the database cannot be used
   * @throws {UnknownProgramError} if the org has no such program
   * @throws {OtherOwnerError} if the outbox belongs to another org or program
   * @throws {FeedError} if the mapping does not fit the org
   */
  static async open(options: HandInServiceOptions): Promise<HandInService> {
    const { mapping, source, outbox, patience = handInDefaults.patience } = options;
    if (mapping && mapping.source !== source)
      throw new RangeError(`The mapping is of the source ${mapping.source}, not of ${source}.`);
    const inbox = await openInbox(outbox, { patience });
    try {
      return new HandInService(options, inbox, await handInTarget(inbox, options));
    } catch (error) {
      await inbox.close();
      throw error;
    }
  }

  /** The address of the outbox, without the password. */
  get outbox(): string {
    return this.#inbox.name;
  }

  /** Transactions that this process has stored. */
  get stored(): number {
    return this.#stored;
  }

  /** Transactions in the inbox, from all machines, about a second ago. */
  get waits(): number {
    return this.#watch.waits;
  }

  /**
   * Stores a transaction, or a row that the mapping turns into one, in the inbox. It is on disk when this resolves. A
   * push that was not answered can be pushed again with the same key. Transactions of one member that are pushed here are
   * taken in the order of the pushes.
   * @throws {RowRejectedError} if it cannot become a journal; nothing is stored
   * @throws {OutboxDatabaseError} if the database cannot be used; it may be stored nevertheless
   * @throws {ServiceClosedError} when the service is being drained
   */
  push(given: Transaction): Promise<StoredPush>;
  push(given: object): Promise<StoredPush | SkippedPush>;
  async push(given: object): Promise<StoredPush | SkippedPush> {
    if (this.#closed) throw this.#closed;
    const { mapping, source } = this.#options;
    const isRow = mapping !== undefined && !isTransaction(given);
    const pushed: HandedIn['given'] = isRow
      ? { row: given }
      : { transaction: checkTransaction(given, source, this.#journals) };
    const result = await new Promise<StoredPush | SkippedPush>((resolve, reject) => {
      this.#queue.add({ given: pushed, resolve, reject });
    });
    if (result.is === 'stored') this.#stored += 1;
    return result;
  }

  get canPush(): boolean {
    const { mostBacklog = handInDefaults.mostBacklog, mostWaiting = handInDefaults.mostWaiting } = this.#options;
    const hasRoom = this.#queue.length < mostWaiting && this.#watch.waits <= mostBacklog;
    return this.#closed === undefined && this.#watch.away === undefined && hasRoom;
  }

  /**
   * As {@link push}, for a door that does not let its callers wait.
   * @throws {ServiceBusyError} at once, when too much waits
   * @throws {OutboxDatabaseError} at once, while the database is known to be away
   */
  tryPush(given: Transaction): Promise<StoredPush>;
  tryPush(given: object): Promise<StoredPush | SkippedPush>;
  async tryPush(given: object): Promise<StoredPush | SkippedPush> {
    if (!this.#closed && this.#watch.away) throw this.#watch.away;
    if (!this.#closed && !this.canPush) throw new ServiceBusyError(this.#watch.waits, this.#queue.length);
    return this.push(given);
  }

  /**
   * Returns the state of a transaction, as it was at most a second ago, whoever has pushed it. Undefined if nobody has.
   * @throws {OutboxDatabaseError}
   */
  outcome(key: string): Promise<KeyOutcome | StoredKey | undefined> {
    return this.#outcomes.outcome(key);
  }

  get closed(): ServiceClosedError | undefined {
    return this.#closed;
  }

  /** Takes nothing more, stores what waits to be stored, and closes. */
  drain(): Promise<void> {
    this.#closed ??= new ServiceClosedError('The service is being drained and takes nothing more.');
    this.#drained ??= this.#end();
    return this.#drained;
  }

  async #end(): Promise<void> {
    await this.#queue.drain();
    await this.#watch.end();
    await this.#outcomes.close();
    await this.#inbox.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.drain();
  }
}
