import { dayNumber } from './calendarDays.js';

/** What to generate. The same options make the same bytes on any machine. */
export interface FeedOptions {
  /** A whole number of 32 bits, with sign. */
  readonly seed: number;
  /** Lines of receipts, without the header. */
  readonly rows: number;
  /** How many members take part: those of `generateMembers` with the same count. */
  readonly members: number;
  /** `yyyy-MM-dd`; 2026-09-01 unless given. */
  readonly firstDay?: string;
  /** Days over which the rows are spread; 60 unless given. */
  readonly days?: number;
  /** `dateTime`: `d/M/yyyy HH:mm`, which is the default; `date`: `d/M/yyyy`. Both on the shop's wall clock. */
  readonly dates?: 'date' | 'dateTime';
  /** Share of receipts without a member, 0 to 1; 0.05 unless given. */
  readonly withoutMember?: number;
  /** Share of receipts that cancel something, 0 to 1; 0.06 unless given. */
  readonly cancelled?: number;
}

export interface MembersOptions {
  readonly seed: number;
  readonly members: number;
  /** `yyyy-MM-dd`, the first day of the feed: all enroll in the year before it. 2026-09-01 unless given. */
  readonly firstDay?: string;
}

const defaultFirstDay = '2026-09-01';

/** Options without gaps; the first day as a number of days since 1970. */
export type ResolvedFeed = Required<Omit<FeedOptions, 'firstDay'>> & ResolvedMembers;
export type ResolvedMembers = Required<Omit<MembersOptions, 'firstDay'>> & { readonly firstDay: number };

/** @throws {RangeError} for an option out of range */
export function resolveFeed(options: FeedOptions): ResolvedFeed {
  const { rows, days = 60, dates = 'dateTime', withoutMember = 0.05, cancelled = 0.06 } = options;
  requireCount('rows', rows, 0);
  requireCount('days', days, 1);
  requireShare('withoutMember', withoutMember);
  requireShare('cancelled', cancelled);
  return { ...resolveMembers(options), rows, days, dates, withoutMember, cancelled };
}

/** @throws {RangeError} for an option out of range */
export function resolveMembers({ seed, members, firstDay = defaultFirstDay }: MembersOptions): ResolvedMembers {
  if (seed !== (seed | 0)) throw new RangeError(`seed must be a whole number of 32 bits, not ${seed}.`);
  requireCount('members', members, 1);
  return { seed, members, firstDay: dayNumber(firstDay) };
}

function requireCount(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new RangeError(`${name} must be a whole number of at least ${least}, not ${value}.`);
}

function requireShare(name: string, value: number): void {
  if (value >= 0 && value <= 1) return;
  throw new RangeError(`${name} must be a share from 0 to 1, not ${value}.`);
}
