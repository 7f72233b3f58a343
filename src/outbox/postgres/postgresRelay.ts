import { randomUUID } from 'node:crypto';
import { systemClock } from '../../base/clock.js';
import { RelayError } from '../relay.js';
import type { RelayAnswer, Relay, RelayedText } from '../relay.js';
import { OutboxDatabaseError } from '../outboxErrors.js';
import type { DatabaseOutbox } from './databaseOutbox.js';
import { answersOf, findStandbys, offer, removeOldRequests, removeRequests, withdraw } from './relayStatements.js';
import type { FoundStandby } from './relayStatements.js';
import { answersChannel } from './relayChannels.js';

/** All in milliseconds. */
const times = {
  /** A standby that has not taken a request by then gets none for a while. */
  toTake: 2000,
  /** How long a standby rests that could not send, or did not take a request. */
  rest: 60_000,
  /** Between two looks while requests are under way. */
  look: 1000,
  /** After the time limit of a request, its answer may still be on its way. */
  margin: 2000,
};

interface Standby extends FoundStandby {
  busy: number;
  restsUntil: number;
}

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
  /** Called when the database says that this process has not the lease any more. */
  readonly #taken: () => Promise<Error>;
  readonly #end = new AbortController();
  readonly #standbys = new Map<string, Standby>();
  readonly #underWay = new Map<string, UnderWay>();
  readonly #looking: Promise<void>;
  #listening: Promise<void> | undefined;
  #collecting: Promise<void> | undefined;
  #hasNews = false;
  /** Requests that nobody waits for any more, whose rows are to be removed. */
  readonly #done: string[] = [];

  private constructor(outbox: DatabaseOutbox, epoch: number, taken: () => Promise<Error>) {
    this.#outbox = outbox;
    this.#epoch = epoch;
    this.#taken = taken;
    this.#looking = this.#look();
  }

  /**
   * @param taken returns the error of a process that has lost the lease
   * @throws {OutboxDatabaseError} if what was offered with earlier leases cannot be removed
   */
  static async begin(outbox: DatabaseOutbox, epoch: number, taken: () => Promise<Error>): Promise<PostgresRelay> {
    await removeOldRequests(outbox, epoch);
    return new PostgresRelay(outbox, epoch, taken);
  }

  get connections(): number {
    return this.#usable().reduce((sum, { connections }) => sum + connections, 0);
  }

  get hasRoom(): boolean {
    return this.#roomiest() !== undefined;
  }

  async send(request: RelayedText, limit: number): Promise<RelayAnswer> {
    const standby = this.#roomiest();
    if (!standby) throw new RelayError('No standby has room for the request.', false);
    standby.busy += 1;
    try {
      const answer = await this.#sentBy(standby, request, limit);
      return { ...answer, rest: () => this.#rest(standby) };
    } finally {
      standby.busy -= 1;
    }
  }

  async close(): Promise<void> {
    this.#end.abort();
    for (const { result } of this.#underWay.values())
      result.reject(new RelayError('The process that delivers has ended.', true));
    await Promise.all([this.#looking, this.#listening, this.#collecting]);
    await this.#unlessAway(() => this.#removeDone());
  }

  async #sentBy(standby: Standby, request: RelayedText, limit: number): Promise<RelayedText> {
    const id = randomUUID();
    const offeredAt = systemClock.monotonic();
    const isOffered = await offer(this.#outbox, { id, epoch: this.#epoch, standby: standby.token, limit, request });
    if (!isOffered) throw await this.#taken();
    const result = Promise.withResolvers<RelayedText>();
    // The limit counts from when it was stored, which is not later than this.
    const until = systemClock.monotonic() + limit + times.margin;
    this.#underWay.set(id, { standby, offeredAt, until, result, isTaken: false });
    this.#hear();
    if (this.#end.signal.aborted) result.reject(new RelayError('The process that delivers has ended.', true));
    try {
      return await result.promise;
    } finally {
      this.#underWay.delete(id);
      this.#done.push(id);
    }
  }

  #usable(): Standby[] {
    const now = systemClock.monotonic();
    return [...this.#standbys.values()].filter(({ until, restsUntil }) => now < until && now >= restsUntil);
  }

  #roomiest(): Standby | undefined {
    const room = ({ connections, busy }: Standby): number => connections - busy;
    return this.#usable()
      .filter((standby) => room(standby) > 0)
      .sort((one, other) => room(other) - room(one))[0];
  }

  #rest(standby: Standby): void {
    standby.restsUntil = systemClock.monotonic() + times.rest;
  }

  /** Looks for standbys, and for requests that nobody answers, until the end. */
  async #look(): Promise<void> {
    const { signal } = this.#end;
    while (!signal.aborted) {
      await this.#unlessAway(async () => {
        await this.#find();
        await this.#collect();
        for (const [id, request] of this.#underWay) await this.#check(id, request);
      });
      const pause = this.#underWay.size > 0 || this.#standbys.size > 0 ? times.look : this.#outbox.lease / 3;
      await systemClock.sleep(Math.min(pause, this.#outbox.lease / 3), signal);
    }
  }

  async #find(): Promise<void> {
    const found = await findStandbys(this.#outbox);
    const tokens = new Set(found.map(({ token }) => token));
    for (const [token, { busy }] of this.#standbys) if (busy === 0 && !tokens.has(token)) this.#standbys.delete(token);
    for (const each of found) {
      const known = this.#standbys.get(each.token);
      if (known) Object.assign(known, each);
      else this.#standbys.set(each.token, { ...each, busy: 0, restsUntil: 0 });
    }
    for (const [token, standby] of this.#standbys) if (!tokens.has(token)) standby.until = 0;
    if (this.#standbys.size > 0)
      this.#listening ??= this.#outbox.database.listen(answersChannel(this.#outbox), this.#hear, this.#end.signal);
  }

  /** Gives up what was not taken in time, or was taken by a standby that is gone. */
  async #check(id: string, request: UnderWay): Promise<void> {
    const { standby, offeredAt, until, result } = request;
    const now = systemClock.monotonic();
    const isGone = now >= standby.until;
    if (!request.isTaken && (isGone || now >= offeredAt + times.toTake)) {
      if (await withdraw(this.#outbox, id)) {
        this.#rest(standby);
        result.reject(new RelayError(`${standby.name} has not taken the request.`, false));
        return;
      }
      request.isTaken = true;
    }
    if (isGone) result.reject(new RelayError(`${standby.name} was sending the request, and is gone.`, true));
    else if (now >= until) result.reject(new RelayError(`${standby.name} has not answered in time.`, true));
  }

  readonly #hear = (): void => {
    this.#hasNews = true;
    this.#collecting ??= this.#unlessAway(async () => {
      while (this.#hasNews && !this.#end.signal.aborted) await this.#collect();
    }).finally(() => (this.#collecting = undefined));
  };

  async #collect(): Promise<void> {
    this.#hasNews = false;
    await this.#removeDone();
    const ids = [...this.#underWay.keys()];
    if (ids.length === 0) return;
    const found = await answersOf(this.#outbox, ids);
    for (const id of ids) {
      const answer = found.get(id);
      const result = this.#underWay.get(id)?.result;
      if (answer) result?.resolve(answer);
      // The database has lost it, as it may: nobody knows whether it was sent.
      else if (!found.has(id)) result?.reject(new RelayError('The database has lost the request.', true));
    }
  }

  async #removeDone(): Promise<void> {
    const done = this.#done.splice(0);
    if (done.length === 0) return;
    try {
      await removeRequests(this.#outbox, done);
    } catch (error) {
      this.#done.push(...done);
      throw error;
    }
  }

  /** A database that is away may come back. Until then, what is under way waits. */
  async #unlessAway(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof OutboxDatabaseError)) throw error;
    }
  }
}
