import { systemClock } from '../../base/clock.js';
import type { MonotonicClock } from '../../base/clock.js';
import type { ContentLine, KnownTransaction } from '../knownTransaction.js';
import type { Continuity, Erasure, Outbox, OutboxLock, OutboxOwner } from '../outbox.js';
import { FeedsWaitError, OpenItemsError, OutboxBusyError, OutboxTakenError } from '../outboxErrors.js';
import type { Relay } from '../relay.js';
import type { LogPlace } from '../inbox.js';
import type { ItemReport, KeyHistory } from '../runRecord.js';
import { CommitQueue } from './commitQueue.js';
import { durableParts } from './durableParts.js';
import type { OutboxParts } from './durableParts.js';
import { beginHolding, endHolding } from './holding.js';
import type { Holding } from './holding.js';
import { LeaseKeeper } from './leaseKeeper.js';
import type { HeldLease } from './leaseKeeper.js';
import { OpenReplica } from './openReplica.js';
import { samePosition } from './outboxLog.js';
import type { OutboxLog } from './outboxLog.js';
import type { SharedOutboxOptions } from './sharedOutboxOptions.js';
import { SnapshotMaker } from './snapshotMaker.js';

/** A copy of the outbox as this process uses it. */
interface OpenCopy {
  readonly replica: OpenReplica;
  readonly queue: CommitQueue;
}

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
  #copy: OpenCopy | undefined;
  #holding: Holding | undefined;
  #place: LogPlace | undefined;
  /** Whether the log may lack what this object had read, as after a restored backup. */
  #hasGoneBack = false;
  #releasing: Promise<void> = Promise.resolve();

  private constructor(log: OutboxLog, options: SharedOutboxOptions) {
    this.#log = log;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    const parts = durableParts(() => {
      const { replica, queue } = this.#opened;
      return { outbox: replica.outbox, flush: () => queue.flush() };
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
      outbox.#copy = outbox.#copyOf(await outbox.#openReplica());
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
    const confirm = (epoch: number): Promise<void> => this.#log.confirm(epoch, this.#opened.replica.change);
    return lease && { isUnbroken: lease.isUnbroken && !this.#hasGoneBack, confirm: () => confirm(lease.epoch) };
  }

  /** Where the log was when this process stored something under a lock, or locked it. Undefined if it never did. */
  get place(): LogPlace | undefined {
    return this.#place;
  }

  async lock(): Promise<OutboxLock> {
    if (this.#options.isPrivate) return { [Symbol.dispose]: () => undefined };
    if (this.#holding) throw new OutboxBusyError(this.name, `another caller in this process (${process.pid})`);
    await this.#releasing;
    const keeper = await LeaseKeeper.acquire(this.#log, this.#clock);
    try {
      // A number alone may be that of another history, if the database was restored.
      if (!this.#opened.replica.isAt(keeper.lease.last)) await this.refresh();
      this.#holding = await beginHolding(this.#log, keeper);
      this.#place = { epoch: keeper.lease.epoch, change: keeper.lease.last.number };
      await this.#adoptOwner();
    } catch (error) {
      if (this.#holding) await this.#release();
      else await keeper.release();
      throw error;
    }
    return {
      [Symbol.dispose]: () => {
        this.#releasing = this.#release();
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
   * Reads what others have stored meanwhile. Must not be called while this object delivers, and one call at a time.
   * @throws {OutboxDatabaseError} if the log cannot be read
   */
  async refresh(): Promise<void> {
    const before = this.#opened.replica;
    const followed = await before.followed(this.#log);
    this.#hasGoneBack ||= !followed;
    this.#copy = this.#copyOf(followed ?? (await this.#openReplica()));
    if (!followed) await before.close();
  }

  /**
   * Reads what others have stored meanwhile, as {@link SharedOutbox.refresh}, and reads nothing if that is nothing.
   * @param change number of the last change in the log
   */
  async follow(change: number): Promise<void> {
    if (this.#opened.replica.change !== change || this.#opened.replica.isAhead) await this.refresh();
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
    return this.#opened.queue.flush();
  }

  async claim(owner: OutboxOwner): Promise<void> {
    await this.#local.claim(this.#options.isPrivate ? owner : await this.#log.claim(owner));
    await this.#opened.queue.flush();
  }

  /** A member who was erased is in no change of the log, either: all of them are replaced by a snapshot. */
  async forget(member: string): Promise<Erasure> {
    using lock = this.#holding ? undefined : await this.lock();
    const waiting = await this.#log.handedIn(member);
    if (waiting > 0) throw new OpenItemsError(member, waiting, this.name);
    const feeds = await this.#log.unreadFeeds();
    if (feeds.waiting + feeds.refused.length > 0) throw new FeedsWaitError(feeds, this.name);
    const erasure = await this.#local.forget(member);
    if (this.#holding) await this.#replaceLog(this.#holding);
    else await this.#opened.queue.flush();
    return erasure;
  }

  async close(): Promise<void> {
    if (this.#holding) this.#releasing = this.#release();
    await this.#releasing;
    await this.#copy?.replica.close();
    this.#copy = undefined;
    await this.#log.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  get #opened(): OpenCopy {
    if (!this.#copy) throw new Error(`The outbox ${this.name} is closed.`);
    return this.#copy;
  }

  get #local(): OpenReplica['outbox'] {
    return this.#opened.replica.outbox;
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

  #copyOf(replica: OpenReplica): OpenCopy {
    return { replica, queue: new CommitQueue(() => this.#store(replica)) };
  }

  /** Whoever hands in transactions may have bound the outbox before anything was in its log. */
  async #adoptOwner(): Promise<void> {
    if (await this.#local.owner()) return;
    const owner = await this.#log.owner();
    if (owner) await this.#local.claim(owner);
  }

  async #store(open: OpenReplica): Promise<void> {
    if (!open.hasChanges || this.#options.isPrivate === true) return;
    if (this.#holding) await this.#append(open, this.#holding);
    else await this.#storeAlone(open);
  }

  /** Outside of a lock, something is stored only if nobody else has stored anything meanwhile. */
  async #storeAlone(open: OpenReplica): Promise<void> {
    const keeper = await LeaseKeeper.acquire(this.#log, this.#clock);
    try {
      if (!samePosition(keeper.lease.last, open.position))
        throw new OutboxBusyError(this.name, 'another process, which has changed it meanwhile');
      await this.#append(open, { keeper, snapshots: await SnapshotMaker.begin(this.#log, keeper.lease.epoch) });
    } finally {
      await keeper.release();
    }
  }

  async #append(open: OpenReplica, { keeper, snapshots }: Holding): Promise<void> {
    const changes = open.take();
    const change = { ...changes, number: open.change + 1 };
    // Pinned at once: what is changed from now on is not in this change.
    const pinned = snapshots.pinIfDue(open.replica, changes.patch.length);
    const askedAt = this.#clock.monotonic();
    try {
      await this.#log.append(keeper.lease.epoch, change);
    } catch (error) {
      pinned?.[Symbol.dispose]();
      throw error;
    }
    open.stored(keeper.lease.epoch);
    this.#place = { epoch: keeper.lease.epoch, change: open.change };
    if (pinned) snapshots.start(pinned, change.number);
    await keeper.renewed(askedAt);
  }

  async #replaceLog({ snapshots }: Holding): Promise<void> {
    const { queue, replica } = this.#opened;
    do {
      await queue.flush();
      await snapshots.end();
      // Another caller may have changed something meanwhile, which the snapshot would have before the log has it.
    } while (replica.isAhead);
    const { change } = replica;
    await snapshots.store(replica.replica.pin(), { change, dropsChanges: true });
    if (replica.change === change) replica.compacted();
  }

  async #release(): Promise<void> {
    const holding = this.#holding;
    this.#holding = undefined;
    if (holding) await endHolding(holding);
  }
}
