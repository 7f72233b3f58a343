import { randomUUID } from 'node:crypto';
import { systemClock } from '../../base/clock.js';
import { OutboxDatabaseError } from '../outboxErrors.js';
import { RelayError } from '../relay.js';
import type { Relay, RelayAnswer, RelayedText } from '../relay.js';
import type { DatabaseOutbox } from './databaseOutbox.js';
import { latestDatabaseTime, monotonicAfter } from './databaseTime.js';
import type { DatabaseTime } from './databaseTime.js';
import { DoneRequests } from './doneRequests.js';
import { KnownStandbys } from './knownStandbys.js';
import type { Standby } from './knownStandbys.js';
import { answersChannel } from './relayChannels.js';
import { answersOf, findStandbys, offer, removeOldRequests, withdraw } from './relayStatements.js';

/** All in milliseconds. */
const times = {
  /** A request that the database has not stored by then is not stored any more. */
  toStore: 3000,
  /** A standby that has not taken a request by then gets none for a while. */
  toTake: 2000,
  /** Between two looks while there are standbys. */
  look: 1000,
  /** After the time limit of a request, its answer may still be on its way. */
  margin: 2000,
};

interface UnderWay {
  readonly standby: Standby;
  readonly offeredAt: number;
  /** When no answer is waited for any more. */
  readonly until: number;
  readonly result: PromiseWithResolvers<RelayedText>;
  isTaken: boolean;
}

/** The standbys of a shared outbox that send for the process that has its lease. */
export class PostgresRelay implements Relay {
  readonly #outbox: DatabaseOutbox;
  readonly #epoch: number;
  readonly #end = new AbortController();
  readonly #standbys = new KnownStandbys();
  readonly #underWay = new Map<string, UnderWay>();
  /** Requests that are offered, under way, or about to be removed. */
  readonly #sending = new Set<Promise<unknown>>();
  readonly #done: DoneRequests;
  readonly #looking: Promise<void>;
  #time: DatabaseTime | undefined;
  #listening: Promise<void> | undefined;
  #collecting: Promise<void> | undefined;
  #hasNews = false;
  /** What has ended the relay before it was closed, which tells it. */
  #failure: { readonly error: unknown } | undefined;

  private constructor(outbox: DatabaseOutbox, epoch: number) {
    this.#outbox = outbox;
    this.#epoch = epoch;
    this.#done = new DoneRequests(outbox);
    this.#looking = this.#look().catch(this.#fail);
  }

  /** @throws {OutboxDatabaseError} if what was offered with earlier leases cannot be removed */
  static async begin(outbox: DatabaseOutbox, epoch: number): Promise<PostgresRelay> {
    await removeOldRequests(outbox, epoch);
    // The lease must not wait until long requests are stored.
    return new PostgresRelay({ ...outbox, database: outbox.database.apart() }, epoch);
  }

  get connections(): number {
    return this.#standbys.connections;
  }

  get hasRoom(): boolean {
    return this.#standbys.roomiest !== undefined;
  }

  async send(request: RelayedText, limit: number): Promise<RelayAnswer> {
    const standby = this.#standbys.roomiest;
    if (!standby || !this.#time) throw new RelayError('No standby has room for the request.', false);
    const offeredAt = systemClock.monotonic();
    standby.busy += 1;
    const sending = this.#sendBy(standby, { request, limit, time: this.#time });
    this.#sending.add(sending);
    try {
      return { ...(await sending), rate: (how) => this.#standbys.rate(standby, how, offeredAt) };
    } finally {
      this.#sending.delete(sending);
      standby.busy -= 1;
    }
  }

  async close(): Promise<void> {
    this.#stop();
    await Promise.allSettled(this.#sending);
    await Promise.all([this.#looking, this.#listening, this.#collecting]);
    await unlessAway(() => this.#done.remove()).catch(this.#fail);
    await this.#outbox.database.close();
    if (this.#failure) throw this.#failure.error;
  }

  /** Nothing more is offered, and what is under way ends as maybe sent. */
  #stop(): void {
    this.#end.abort();
    this.#standbys.see([]);
    for (const { result } of this.#underWay.values())
      result.reject(new RelayError('The process that delivers has ended.', true));
  }

  /** Without its looks, nobody would notice that a request is not answered. */
  readonly #fail = (error: unknown): void => {
    this.#failure ??= { error };
    this.#stop();
  };

  async #sendBy(
    standby: Standby,
    { request, limit, time }: { request: RelayedText; limit: number; time: DatabaseTime },
  ): Promise<RelayedText> {
    const id = randomUUID();
    const deadline = latestDatabaseTime(time, systemClock.monotonic()) + times.toStore;
    try {
      await this.#offer(id, { standby, limit, deadline, request });
      const result = Promise.withResolvers<RelayedText>();
      // The limit counts from when it was stored, which is not later than this.
      const offeredAt = systemClock.monotonic();
      const until = offeredAt + limit + times.margin;
      this.#underWay.set(id, { standby, offeredAt, until, result, isTaken: false });
      this.#hear();
      if (this.#end.signal.aborted) result.reject(new RelayError('The process that delivers has ended.', true));
      return await result.promise;
    } finally {
      this.#underWay.delete(id);
      this.#done.add({ id, keptUntil: monotonicAfter(time, deadline) });
    }
  }

  async #offer(
    id: string,
    { standby, ...what }: { standby: Standby; limit: number; deadline: number; request: RelayedText },
  ): Promise<void> {
    try {
      if (await offer(this.#outbox, { id, epoch: this.#epoch, standby: standby.token, ...what })) return;
      throw new RelayError('The database has not stored the request.', false);
    } catch (error) {
      if (!(error instanceof OutboxDatabaseError)) throw error;
      // It refuses such statements, and would refuse the next one, too.
      if (!error.isPassing) this.#standbys.restAll();
      throw new RelayError(
        `The request could not be offered. ${error.message}`,
        error.isPassing && !(await this.#isTakenBack(id)),
      );
    }
  }

  /** If it is there and was not taken, nobody takes it any more. */
  async #isTakenBack(id: string): Promise<boolean> {
    return withdraw(this.#outbox, id).catch(() => false);
  }

  /** Looks for standbys, and for requests that nobody answers, until the end. */
  async #look(): Promise<void> {
    const { signal } = this.#end;
    while (!signal.aborted) {
      await unlessAway(() => this.#find());
      await unlessAway(() => this.#collect());
      // Also without the database, nobody waits for an answer for ever.
      await Promise.all([...this.#underWay].map(([id, request]) => this.#check(id, request)));
      await unlessAway(() => this.#done.remove());
      const { lease } = this.#outbox;
      await systemClock.sleep(this.#standbys.isEmpty ? lease / 3 : Math.min(times.look, lease / 3), signal);
    }
  }

  async #find(): Promise<void> {
    const { found, time } = await findStandbys(this.#outbox);
    if (this.#end.signal.aborted) return;
    this.#time = time ?? this.#time;
    this.#standbys.see(found);
    if (!this.#standbys.isEmpty)
      this.#listening ??= this.#outbox.database
        .listen(answersChannel(this.#outbox), this.#hear, this.#end.signal)
        .catch(this.#fail);
  }

  /** Gives up what was not taken in time, or was taken by a standby that is gone. */
  async #check(id: string, request: UnderWay): Promise<void> {
    const { standby, offeredAt, until, result } = request;
    const now = systemClock.monotonic();
    const isGone = now >= standby.until;
    if (!request.isTaken && (isGone || now >= offeredAt + times.toTake)) {
      const isBack = await withdraw(this.#outbox, id).catch(() => undefined);
      if (isBack) {
        this.#standbys.rate(standby, 'cannot', offeredAt);
        result.reject(new RelayError(`${standby.name} has not taken the request.`, false));
        return;
      }
      request.isTaken = isBack === false;
    }
    if (!isGone && now < until) return;
    this.#standbys.rate(standby, 'fails', offeredAt);
    const what = isGone ? 'was sending the request, and is gone' : 'has not answered in time';
    result.reject(new RelayError(`${standby.name} ${what}.`, true));
  }

  readonly #hear = (): void => {
    this.#hasNews = true;
    this.#collecting ??= unlessAway(async () => {
      while (this.#hasNews && !this.#end.signal.aborted) await this.#collect();
    })
      .catch(this.#fail)
      .finally(() => (this.#collecting = undefined));
  };

  async #collect(): Promise<void> {
    this.#hasNews = false;
    const ids = [...this.#underWay.keys()];
    if (ids.length > 0) {
      const found = await answersOf(this.#outbox, ids);
      for (const id of ids) {
        const answer = found.get(id);
        const result = this.#underWay.get(id)?.result;
        if (answer) result?.resolve(answer);
        // The database has lost it, as it may: nobody knows whether it was sent.
        else if (!found.has(id)) result?.reject(new RelayError('The database has lost the request.', true));
      }
    }
  }
}

/** A database that is away may come back. Until then, what is under way waits, until its time limit is over. */
async function unlessAway(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof OutboxDatabaseError)) throw error;
  }
}
