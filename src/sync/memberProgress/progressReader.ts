import type { MonotonicClock } from '../../base/clock.js';
import type { CountedProgress, LoyaltyClient } from '../../client/index.js';
import type { FollowedProgress, TouchedMember } from '../../outbox/index.js';
import { attempt, waitAfter } from '../attempt.js';
import type { Failure } from '../attempt.js';
import type { CallBudget } from '../callBudget.js';
import type { Pace } from '../pace.js';
import type { ProgressPlace, ReadingContext } from './judgeProgress.js';
import { firstKnown, judgeReading } from './memberReading.js';
import type { JudgedReading } from './memberReading.js';

export interface ReaderOptions extends ProgressPlace {
  readonly client: LoyaltyClient;
  readonly program: string;
  readonly run: string;
  readonly followed: FollowedProgress;
  readonly budget: CallBudget;
  /** Of the delivery: nothing is read while the org is in trouble. */
  readonly pace: Pace;
  /** Of the readings themselves, whose failures say nothing about requests. */
  readonly ownPace: Pace;
  readonly clock: MonotonicClock;
  readonly thresholds: readonly number[];
  readonly every: number;
  readonly readAgain: readonly number[];
  /** Called before a reading is stored. */
  readonly onReading: (reading: JudgedReading) => void;
}

/** Most members in one reading. It takes a call for about 400 of them. */
const mostRead = 2000;
/** Milliseconds until the number of calls that are left is checked again. */
const shortPause = 60_000;
/** Failed readings in a row after which the end of a run gives up. */
const mostFailures = 5;

/** Reads touched members: many in one reading, and one reading at a time. */
export class ProgressReader {
  readonly #options: ReaderOptions;
  readonly #again: readonly number[];
  #notBefore = 0;
  #failures = 0;
  #refusal: Failure | undefined;
  #latest: Failure | undefined;
  #asking: Promise<unknown> = Promise.resolve();

  constructor(options: ReaderOptions) {
    this.#options = options;
    this.#again = options.readAgain;
  }

  /** Why the latest reading failed, if it did. */
  get failure(): Failure | undefined {
    return this.#latest;
  }

  /** Whether the org refuses to be asked, or does not answer: a run need not wait for it. */
  get hasGivenUp(): boolean {
    return this.#refusal !== undefined || this.#failures >= mostFailures || this.#options.budget.isShort;
  }

  /** Returns when the next reading may begin; undefined if there is nothing to read. */
  async nextAt(): Promise<number | undefined> {
    if (this.#refusal) return undefined;
    const due = await this.#options.followed.nextDue();
    if (due === undefined) return undefined;
    const { clock, budget, pace, ownPace } = this.#options;
    const may = Math.max(due, this.#notBefore, pace.quietUntil, ownPace.quietUntil);
    return budget.isShort ? Math.max(may, clock.monotonic() + shortPause) : may;
  }

  /** Reads the members that are due. */
  async read(): Promise<void> {
    const { clock, every, followed } = this.#options;
    const began = clock.monotonic();
    const members = await followed.due(began, mostRead);
    if (members.length === 0) return;
    // What is left over need not wait.
    this.#notBefore = members.length < mostRead ? began + every : 0;
    const context = this.#context();
    const rows = await this.#ask(members.map(({ member }) => member));
    if (rows) await this.#store(members, rows, context);
  }

  /**
   * Reads members of whom no progress is known, before anything is sent for them. Returns how what was read is stored
   * for those that exist; undefined if it could not be read. A failure of the org never rejects it.
   */
  async readFirst(members: readonly string[]): Promise<((found: readonly string[]) => Promise<void>) | undefined> {
    const { followed, pace, ownPace, clock, budget } = this.#options;
    const isQuiet = Math.max(pace.quietUntil, ownPace.quietUntil) > clock.monotonic();
    if (this.#refusal || isQuiet || budget.isShort) return undefined;
    const unread = await followed.unread(members);
    if (unread.length === 0) return undefined;
    const context = this.#context();
    const rows = await this.#ask(unread);
    return rows && ((found) => followed.storeFirst(found, firstKnown(rows, context)));
  }

  async #store(
    members: readonly TouchedMember[],
    rows: readonly CountedProgress[],
    context: ReadingContext,
  ): Promise<void> {
    const { followed, run, clock, onReading } = this.#options;
    const known = await followed.known(members.map(({ member }) => member));
    const reading = judgeReading(members, rows, known, context);
    onReading(reading);
    const { moved, unmoved, crossed } = reading;
    // Of several transactions, the org may have counted only the first.
    const unsure = [...unmoved, ...moved.filter(({ touches }) => touches > 1)];
    const sure = moved.filter(({ touches }) => touches === 1);
    await followed.store({
      run,
      settled: [...sure, ...unsure.filter(({ reads }) => reads >= this.#again.length)],
      later: unsure.flatMap((member) => {
        const pause = this.#again[member.reads];
        if (pause === undefined) return [];
        return { member: { ...member, reads: member.reads + 1 }, due: clock.monotonic() + pause };
      }),
      progress: reading.known,
      crossed: crossed.map((event) => ({ id: event.id, member: event.member, event })),
    });
  }

  /** Waits for the reading in progress, and then reads. */
  #ask(members: readonly string[]): Promise<readonly CountedProgress[] | undefined> {
    const asked = this.#asking.then(() => this.#askNow(members));
    this.#asking = asked.catch(() => undefined);
    return asked;
  }

  /** A refusal ends the readings of this process: the org would refuse every other one. */
  async #askNow(members: readonly string[]): Promise<readonly CountedProgress[] | undefined> {
    const { client, program, ownPace } = this.#options;
    const asked = await attempt(1, () => client.progress.ofMembers(program, members));
    if ('answer' in asked) {
      this.#failures = 0;
      this.#latest = undefined;
      ownPace.reached();
      return asked.answer;
    }
    this.#latest = asked.failure;
    this.#failures += 1;
    ownPace.failed(waitAfter(asked.failure));
    if (asked.failure.kind === 'refused' || asked.failure.kind === 'stop') this.#refusal = asked.failure;
    return undefined;
  }

  #context(): ReadingContext {
    const { orgId, programId, thresholds, clock } = this.#options;
    return { orgId, programId, thresholds, asOf: new Date(clock.now()).toISOString() };
  }
}
