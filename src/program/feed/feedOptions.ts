import { dayNumber } from './calendarDays.js';

/** What to generate. The same options generate the same bytes on any machine. */
export interface HarbourFeedOptions {
  /** A signed 32-bit integer. */
  readonly seed: number;
  /** Lines of receipts, without the header. */
  readonly rows: number;
  /** How many members take part. They are those of `generateMembers` with the same count. */
  readonly members: number;
  /** `yyyy-MM-dd`. Default 2026-09-01. */
  readonly firstDay?: string;
  /** Days over which the rows are spread. Default 60. */
  readonly days?: number;
  /** `dateTime` (default): `d/M/yyyy HH:mm`; `date`: `d/M/yyyy`. Both in the shop's local time. */
  readonly dates?: 'date' | 'dateTime';
  /** Share of receipts without a member, 0 to 1. Default 0.05. */
  readonly withoutMember?: number;
  /** Share of receipts that cancel something, 0 to 1. Default 0.06. */
  readonly cancelled?: number;
}

export interface MembersOptions {
  readonly seed: number;
  readonly members: number;
  /** `yyyy-MM-dd`, the first day of the feed. All members enroll in the year before it. Default 2026-09-01. */
  readonly firstDay?: string;
}

const defaultFirstDay = '2026-09-01';

/** Options with their defaults. The first day is a number of days since 1970. */
export type ResolvedFeed = Required<Omit<HarbourFeedOptions, 'firstDay'>> & ResolvedMembers;
export type ResolvedMembers = Required<Omit<MembersOptions, 'firstDay'>> & { readonly firstDay: number };

/** Fills in the defaults. @throws {RangeError} for an option out of range */
export function resolveFeed(options: HarbourFeedOptions): ResolvedFeed {
  const { rows, days = 60, dates = 'dateTime', withoutMember = 0.05, cancelled = 0.06 } = options;
  requireCount('rows', rows, 0);
  requireCount('days', days, 1);
  requireShare('withoutMember', withoutMember);
  requireShare('cancelled', cancelled);
  return { ...resolveMembers(options), rows, days, dates, withoutMember, cancelled };
}

/** Fills in the defaults. @throws {RangeError} for an option out of range */
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
