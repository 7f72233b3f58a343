import { randomUUID } from 'node:crypto';
import { systemClock } from '../../base/clock.js';
import { OutboxDatabaseError } from '../outboxErrors.js';
import { RelayError } from '../relay.js';
import type { Relay, RelayAnswer, RelayedText } from '../relay.js';
import type { DatabaseOutbox } from './databaseOutbox.js';
import { certainlyPassed, latestThere } from './databaseTime.js';
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
  readonly #done: DoneRequests;
  readonly #looking: Promise<void>;
  #time: DatabaseTime | undefined;
  #listening: Promise<void> | undefined;
  #collecting: Promise<void> | undefined;
  #hasNews = false;

  private constructor(outbox: DatabaseOutbox, epoch: number) {
    this.#outbox = outbox;
    this.#epoch = epoch;
    this.#done = new DoneRequests(outbox);
    this.#looking = this.#look();
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
    standby.busy += 1;
    try {
      const answer = await this.#sentBy(standby, { request, limit, time: this.#time });
      return { ...answer, rate: (how) => this.#standbys.rate(standby, how) };
    } finally {
      standby.busy -= 1;
    }
  }

  async close(): Promise<void> {
    this.#end.abort();
    for (const { result } of this.#underWay.values())
      result.reject(new RelayError('The process that delivers has ended.', true));
    await Promise.all([this.#looking, this.#listening, this.#collecting]);
    await unlessAway(() => this.#done.remove());
    await this.#outbox.database.close();
  }

  async #sentBy(
    standby: Standby,
    { request, limit, time }: { request: RelayedText; limit: number; time: DatabaseTime },
  ): Promise<RelayedText> {
    const id = randomUUID();
    const offeredAt = systemClock.monotonic();
    const deadline = latestThere(time, offeredAt) + times.toStore;
    try {
      await this.#offer(id, { standby, limit, deadline, request });
      const result = Promise.withResolvers<RelayedText>();
      // The limit counts from when it was stored, which is not later than this.
      const until = systemClock.monotonic() + limit + times.margin;
      this.#underWay.set(id, { standby, offeredAt, until, result, isTaken: false });
      this.#hear();
      if (this.#end.signal.aborted) result.reject(new RelayError('The process that delivers has ended.', true));
      return await result.promise;
    } finally {
      this.#underWay.delete(id);
      this.#done.add({ id, keptUntil: certainlyPassed(time, deadline) });
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

  /** What is there and was not taken is never taken any more: nobody stores it anew. */
  async #isTakenBack(id: string): Promise<boolean> {
    return withdraw(this.#outbox, id).catch(() => false);
  }

  /** Looks for standbys, and for requests that nobody answers, until the end. */
  async #look(): Promise<void> {
    const { signal } = this.#end;
    while (!signal.aborted) {
      await unlessAway(async () => {
        await this.#find();
        await this.#collect();
        for (const [id, request] of this.#underWay) await this.#check(id, request);
        await this.#done.remove();
      });
      const { lease } = this.#outbox;
      await systemClock.sleep(this.#standbys.isEmpty ? lease / 3 : Math.min(times.look, lease / 3), signal);
    }
  }

  async #find(): Promise<void> {
    const { found, time } = await findStandbys(this.#outbox);
    this.#time = time ?? this.#time;
    this.#standbys.see(found);
    if (!this.#standbys.isEmpty)
      this.#listening ??= this.#outbox.database.listen(answersChannel(this.#outbox), this.#hear, this.#end.signal);
  }

  /** Gives up what was not taken in time, or was taken by a standby that is gone. */
  async #check(id: string, request: UnderWay): Promise<void> {
    const { standby, offeredAt, until, result } = request;
    const now = systemClock.monotonic();
    const isGone = now >= standby.until;
    if (!request.isTaken && (isGone || now >= offeredAt + times.toTake)) {
      if (await withdraw(this.#outbox, id)) {
        this.#standbys.rate(standby, 'cannot');
        result.reject(new RelayError(`${standby.name} has not taken the request.`, false));
        return;
      }
      request.isTaken = true;
    }
    if (!isGone && now < until) return;
    this.#standbys.rate(standby, 'fails');
    const what = isGone ? 'was sending the request, and is gone' : 'has not answered in time';
    result.reject(new RelayError(`${standby.name} ${what}.`, true));
  }

  readonly #hear = (): void => {
    this.#hasNews = true;
    this.#collecting ??= unlessAway(async () => {
      while (this.#hasNews && !this.#end.signal.aborted) await this.#collect();
    }).finally(() => (this.#collecting = undefined));
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

/** A database that is away may come back. Until then, what is under way waits. */
async function unlessAway(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof OutboxDatabaseError)) throw error;
  }
}
