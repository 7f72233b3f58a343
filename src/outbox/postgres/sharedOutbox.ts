import { systemClock } from '../../base/clock.js';
import type { MonotonicClock } from '../../base/clock.js';
import type { ContentLine, KnownTransaction } from '../knownTransaction.js';
import type { Continuity, Erasure, Outbox, OutboxLock, OutboxOwner } from '../outbox.js';
import {
  FeedsWaitError,
  OpenItemsError,
  OutboxBusyError,
  OutboxDatabaseError,
  OutboxTakenError,
} from '../outboxErrors.js';
import type { Relay } from '../relay.js';
import type { LogPlace } from '../inbox.js';
import type { ItemReport, KeyHistory } from '../runRecord.js';
import { durableParts } from './durableParts.js';
import type { OutboxParts } from './durableParts.js';
import { beginHolding, endHolding } from './holding.js';
import type { Holding } from './holding.js';
import { LeaseKeeper } from './leaseKeeper.js';
import type { HeldLease } from './leaseKeeper.js';
import { LogWriter } from './logWriter.js';
import { OpenReplica } from './openReplica.js';
import type { OutboxLog } from './outboxLog.js';
import { PresentCopy } from './presentCopy.js';
import type { SharedOutboxOptions } from './sharedOutboxOptions.js';
import type { FailedSnapshots } from './snapshotMaker.js';

/**
 * An outbox that belongs to no machine. Its log is kept elsewhere, and every process that opens it has a copy in a
 * temporary file. One process at a time delivers from it. If that process ends in any way, another one can go on when
 * its lease has ended.
 *
 * Whatever is changed is stored in the log before anybody is told of it. So nothing is sent before the intent to send it
 * is in the log, and what this process knows beyond the log can be lost without harm.
 */
export class SharedOutbox implements Outbox {
  readonly runs: OutboxParts['runs'];
  readonly intake: OutboxParts['intake'];
  readonly sources: OutboxParts['sources'];
  readonly delivery: OutboxParts['delivery'];
  readonly deadLetters: OutboxParts['deadLetters'];
  readonly calls: OutboxParts['calls'];
  readonly bulkJobs: OutboxParts['bulkJobs'];
  readonly increments: OutboxParts['increments'];
  readonly followed: OutboxParts['followed'];
  readonly enrollments: OutboxParts['enrollments'];
  readonly #log: OutboxLog;
  readonly #options: SharedOutboxOptions;
  readonly #clock: MonotonicClock;
  readonly #writer: LogWriter;
  readonly #failedSnapshots: FailedSnapshots = { changes: 0 };
  #present: PresentCopy | undefined;
  #holding: Holding | undefined;
  #releasing: Promise<void> = Promise.resolve();

  private constructor(log: OutboxLog, options: SharedOutboxOptions) {
    this.#log = log;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#writer = new LogWriter(log, this.#clock, this.#failedSnapshots);
    const parts = durableParts(() => {
      const copy = this.#copy.opened;
      return { outbox: copy.replica.outbox, flush: () => this.#flush(copy) };
    });
    this.runs = parts.runs;
    this.intake = parts.intake;
    this.sources = parts.sources;
    this.delivery = parts.delivery;
    this.deadLetters = parts.deadLetters;
    this.calls = parts.calls;
    this.bulkJobs = parts.bulkJobs;
    this.increments = parts.increments;
    this.followed = parts.followed;
    this.enrollments = parts.enrollments;
  }

  /**
   * Opens the outbox of a log. The log is closed with it, and also if it cannot be opened.
   * @throws {OutboxDatabaseError} if the log cannot be read
   */
  static async open(log: OutboxLog, options: SharedOutboxOptions = {}): Promise<SharedOutbox> {
    const outbox = new SharedOutbox(log, options);
    try {
      outbox.#present = await PresentCopy.open(log, {
        open: () => outbox.#openReplica(),
        store: (replica) => outbox.#store(replica),
      });
      return outbox;
    } catch (error) {
      await log.close();
      throw error;
    }
  }

  get name(): string {
    return this.#log.name;
  }

  /** The lease of this process. Undefined while it does not deliver. */
  get lease(): HeldLease | undefined {
    return this.#holding?.keeper;
  }

  get relay(): Relay | undefined {
    return this.#holding?.relay;
  }

  get continuity(): Continuity | undefined {
    const lease = this.#holding?.keeper.lease;
    const confirm = (epoch: number): Promise<void> => this.#log.confirm(epoch, this.#copy.replica.change);
    return lease && { isUnbroken: lease.isUnbroken && !this.#copy.hasGoneBack, confirm: () => confirm(lease.epoch) };
  }

  /** Where the log was when this process stored something under a lock, or locked it. Undefined if it never did. */
  get place(): LogPlace | undefined {
    return this.#writer.place;
  }

  async lock(): Promise<OutboxLock> {
    if (this.#options.isPrivate) return { [Symbol.dispose]: () => undefined };
    if (this.#holding) throw new OutboxBusyError(this.name, `another caller in this process (${process.pid})`);
    await this.#released();
    const keeper = await LeaseKeeper.acquire(this.#log, this.#clock);
    try {
      // A number alone may be that of another history, if the database was restored.
      if (!this.#copy.replica.isAt(keeper.lease.last)) await this.refresh();
      this.#holding = await beginHolding(this.#log, keeper, this.#failedSnapshots);
      this.#writer.begin(keeper);
      await this.#adoptOwner();
    } catch (error) {
      if (this.#holding) await this.#release();
      else await keeper.release();
      throw error;
    }
    return {
      [Symbol.dispose]: () => {
        this.#letGo();
      },
    };
  }

  async isHeld(): Promise<boolean> {
    if (this.#holding) return true;
    const { holder, change } = await this.#log.look();
    if (holder) return true;
    await this.follow(change);
    return false;
  }

  /**
   * Reads what others have stored meanwhile. Must not be called while this object delivers.
   * @throws {OutboxDatabaseError} if the log cannot be read
   */
  refresh(): Promise<void> {
    return this.#copy.refresh();
  }

  /**
   * Reads what others have stored meanwhile, as {@link SharedOutbox.refresh}, and reads nothing if that is nothing.
   * @param change number of the last change in the log
   */
  async follow(change: number): Promise<void> {
    const { replica } = this.#copy;
    if (replica.change !== change || replica.isAhead) await this.refresh();
  }

  find(key: string): Promise<ItemReport | undefined> {
    return this.#local.find(key);
  }

  history(key: string): Promise<KeyHistory | undefined> {
    return this.#local.history(key);
  }

  transactions(run?: string): Iterable<KnownTransaction> {
    return this.#local.transactions(run);
  }

  isErased(key: string): boolean {
    return this.#local.isErased(key);
  }

  isOverruled(line: ContentLine): boolean {
    return this.#local.isOverruled(line);
  }

  async owner(): Promise<OutboxOwner | undefined> {
    return (await this.#local.owner()) ?? this.#log.owner();
  }

  changedFields(): Promise<readonly string[]> {
    return this.#local.changedFields();
  }

  async rememberChangedFields(fields: readonly string[]): Promise<void> {
    await this.#local.rememberChangedFields(fields);
    return this.#flush();
  }

  async claim(owner: OutboxOwner): Promise<void> {
    await this.#local.claim(this.#options.isPrivate ? owner : await this.#log.claim(owner));
    await this.#flush();
  }

  /** A member who was erased is in no change of the log, either: all of them are replaced by a snapshot. */
  async forget(member: string): Promise<Erasure> {
    using lock = this.#holding ? undefined : await this.lock();
    const waiting = await this.#log.handedIn(member);
    if (waiting > 0) throw new OpenItemsError(member, waiting, this.name);
    const feeds = await this.#log.unreadFeeds();
    if (feeds.waiting + feeds.refused.length > 0) throw new FeedsWaitError(feeds, this.name);
    const erasure = await this.#local.forget(member);
    if (this.#holding) await this.#writer.replaceLog(this.#copy.opened, this.#holding);
    else await this.#flush();
    return erasure;
  }

  async close(): Promise<void> {
    if (this.#holding) this.#letGo();
    try {
      await this.#released();
    } finally {
      // Without the log, a reading that is under way ends.
      await Promise.all([this.#copy.close(), this.#log.close()]);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  get #copy(): PresentCopy {
    if (!this.#present) throw new Error(`The outbox ${this.name} is not open.`);
    return this.#present;
  }

  get #local(): OpenReplica['outbox'] {
    return this.#copy.replica.outbox;
  }

  #openReplica(): Promise<OpenReplica> {
    const { clock, keepPayloads, signal } = this.#options;
    const mustBeOurs = this.#mustBeHeld.bind(this);
    return OpenReplica.open(this.#log, { name: this.name, clock, keepPayloads, mustBeOurs }, signal);
  }

  /** @throws {OutboxTakenError} also when it was given back: nothing may be sent then */
  #mustBeHeld(): void {
    if (this.#options.isPrivate) return;
    if (!this.#holding) throw new OutboxTakenError(this.name, 'this process has given its lease back');
    this.#holding.keeper.mustBeHeld();
  }

  /** Whoever hands in transactions may have bound the outbox before anything was in its log. */
  async #adoptOwner(): Promise<void> {
    if (await this.#local.owner()) return;
    const owner = await this.#log.owner();
    if (owner) await this.#local.claim(owner);
  }

  async #store(open: OpenReplica): Promise<void> {
    if (!open.hasChanges || this.#options.isPrivate === true) return;
    if (this.#holding) await this.#writer.append(open, this.#holding);
    else await this.#writer.appendAlone(open);
  }

  /**
   * Resolves when everything that was changed in a copy is in the log. If that cannot be stored outside of a lock, the copy
   * is left, because it has something that nobody else will ever have. Under a lock, nothing more can be stored then.
   */
  async #flush(copy = this.#copy.opened): Promise<void> {
    try {
      await copy.queue.flush();
    } catch (error) {
      const left = this.#holding ? undefined : this.#copy.leave(copy);
      // A database that is away may stay away for long.
      if (!(error instanceof OutboxDatabaseError)) await left;
      throw error;
    }
  }

  #letGo(): void {
    this.#releasing = this.#release();
    // Whoever locks or closes it next is told.
    this.#releasing.catch(() => undefined);
  }

  /** Waits until the lease is given back. If that has failed, says so once. */
  async #released(): Promise<void> {
    try {
      await this.#releasing;
    } catch (error) {
      this.#releasing = Promise.resolve();
      throw error;
    }
  }

  async #release(): Promise<void> {
    const holding = this.#holding;
    this.#holding = undefined;
    if (!holding) return;
    // Storing renews the lease. If that came after it was given back, all others would wait for nobody.
    const { underWay } = this.#copy.opened.queue;
    if (underWay) await underWay.catch(() => undefined);
    await endHolding(holding);
  }
}
