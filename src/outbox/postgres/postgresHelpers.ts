import { randomUUID } from 'node:crypto';
import { systemClock } from '../../base/clock.js';
import { HelperError } from '../helpers.js';
import type { HelperAnswer, Helpers, RelayedText } from '../helpers.js';
import { OutboxDatabaseError } from '../outboxErrors.js';
import type { DatabaseOutbox } from './databaseOutbox.js';
import { answersOf, findHelpers, offer, removeOldRequests, removeRequests, withdraw } from './helperStatements.js';
import type { FoundHelper } from './helperStatements.js';
import { answersChannel } from './helperChannels.js';

/** All in milliseconds. */
const times = {
  /** A helper that has not taken a request by then gets none for a while. */
  toTake: 2000,
  /** How long a helper rests that could not send, or did not take a request. */
  rest: 60_000,
  /** Between two looks while requests are under way. */
  look: 1000,
  /** After the time limit of a request, its answer may still be on its way. */
  margin: 2000,
};

interface Helper extends FoundHelper {
  busy: number;
  restsUntil: number;
}

interface UnderWay {
  readonly helper: Helper;
  readonly offeredAt: number;
  /** When no answer is waited for any more. */
  readonly until: number;
  readonly result: PromiseWithResolvers<RelayedText>;
  isTaken: boolean;
}

/** The standbys of a shared outbox, as the process sees them that has its lease. */
export class PostgresHelpers implements Helpers {
  readonly #outbox: DatabaseOutbox;
  readonly #epoch: number;
  /** Called when the database says that this process has not the lease any more. */
  readonly #taken: () => Promise<Error>;
  readonly #end = new AbortController();
  readonly #helpers = new Map<string, Helper>();
  readonly #underWay = new Map<string, UnderWay>();
  readonly #looking: Promise<void>;
  #listening: Promise<void> | undefined;
  #collecting: Promise<void> | undefined;
  #hasNews = false;
  /** Requests that nobody waits for any more, whose rows are to be removed. */
  readonly #done: string[] = [];

  constructor(outbox: DatabaseOutbox, epoch: number, taken: () => Promise<Error>) {
    this.#outbox = outbox;
    this.#epoch = epoch;
    this.#taken = taken;
    this.#looking = this.#look();
  }

  get connections(): number {
    return this.#usable().reduce((sum, { connections }) => sum + connections, 0);
  }

  get hasRoom(): boolean {
    return this.#roomiest() !== undefined;
  }

  async relay(request: RelayedText, limit: number): Promise<HelperAnswer> {
    const helper = this.#roomiest();
    if (!helper) throw new HelperError('No machine has room for the request.', false);
    helper.busy += 1;
    try {
      const answer = await this.#sentBy(helper, request, limit);
      return { ...answer, rest: () => this.#rest(helper) };
    } finally {
      helper.busy -= 1;
    }
  }

  /** Nothing is under way any more when this resolves, as far as this process waits for it. */
  async close(): Promise<void> {
    this.#end.abort();
    for (const { result } of this.#underWay.values())
      result.reject(new HelperError('The process that delivers has ended.', true));
    await Promise.all([this.#looking, this.#listening, this.#collecting]);
    await this.#unlessAway(() => this.#removeDone());
  }

  async #sentBy(helper: Helper, request: RelayedText, limit: number): Promise<RelayedText> {
    const id = randomUUID();
    const offeredAt = systemClock.monotonic();
    const isOffered = await offer(this.#outbox, { id, epoch: this.#epoch, helper: helper.token, limit, request });
    if (!isOffered) throw await this.#taken();
    const result = Promise.withResolvers<RelayedText>();
    const until = offeredAt + limit + times.margin;
    this.#underWay.set(id, { helper, offeredAt, until, result, isTaken: false });
    this.#hear();
    if (this.#end.signal.aborted) result.reject(new HelperError('The process that delivers has ended.', true));
    try {
      return await result.promise;
    } finally {
      this.#underWay.delete(id);
      this.#done.push(id);
    }
  }

  #usable(): Helper[] {
    const now = systemClock.monotonic();
    return [...this.#helpers.values()].filter(({ until, restsUntil }) => now < until && now >= restsUntil);
  }

  #roomiest(): Helper | undefined {
    const room = ({ connections, busy }: Helper): number => connections - busy;
    return this.#usable()
      .filter((helper) => room(helper) > 0)
      .sort((one, other) => room(other) - room(one))[0];
  }

  #rest(helper: Helper): void {
    helper.restsUntil = systemClock.monotonic() + times.rest;
  }

  /** Looks for helpers, and for requests that nobody answers, until the end. */
  async #look(): Promise<void> {
    const { signal } = this.#end;
    await this.#unlessAway(() => removeOldRequests(this.#outbox, this.#epoch));
    while (!signal.aborted) {
      await this.#unlessAway(async () => {
        await this.#find();
        await this.#collect();
        for (const [id, request] of this.#underWay) await this.#check(id, request);
      });
      const pause = this.#underWay.size > 0 || this.#helpers.size > 0 ? times.look : this.#outbox.lease / 3;
      await systemClock.sleep(Math.min(pause, this.#outbox.lease / 3), signal);
    }
  }

  async #find(): Promise<void> {
    const found = await findHelpers(this.#outbox);
    const tokens = new Set(found.map(({ token }) => token));
    for (const [token, { busy }] of this.#helpers) if (busy === 0 && !tokens.has(token)) this.#helpers.delete(token);
    for (const each of found) {
      const known = this.#helpers.get(each.token);
      if (known) Object.assign(known, each);
      else this.#helpers.set(each.token, { ...each, busy: 0, restsUntil: 0 });
    }
    for (const [token, helper] of this.#helpers) if (!tokens.has(token)) helper.until = 0;
    if (this.#helpers.size > 0)
      this.#listening ??= this.#outbox.database.listen(answersChannel(this.#outbox), this.#hear, this.#end.signal);
  }

  /** Gives up what was not taken in time, or was taken by a helper that is gone. */
  async #check(id: string, request: UnderWay): Promise<void> {
    const { helper, offeredAt, until, result } = request;
    const now = systemClock.monotonic();
    const isGone = now >= helper.until;
    if (!request.isTaken && (isGone || now >= offeredAt + times.toTake)) {
      if (await withdraw(this.#outbox, id)) {
        this.#rest(helper);
        result.reject(new HelperError(`${helper.name} has not taken the request.`, false));
        return;
      }
      request.isTaken = true;
    }
    if (isGone) result.reject(new HelperError(`${helper.name} was sending the request, and is gone.`, true));
    else if (now >= until) result.reject(new HelperError(`${helper.name} has not answered in time.`, true));
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
      else if (!found.has(id)) result?.reject(new HelperError('The database has lost the request.', true));
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
