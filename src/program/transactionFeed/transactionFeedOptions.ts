import type { ProgramDefinition } from '../definition/programDefinition.js';
import { dayNumber } from '../feed/calendarDays.js';
import { madeUpMembersOf, membersOf } from './feedMembers.js';
import type { FeedMembers } from './feedMembers.js';
import { kindsOf } from './transactionKinds.js';
import type { TransactionKind } from './transactionKinds.js';

/** How purchases are spread over the members. */
export const memberSkews = ['even', 'usual', 'one'] as const;
/** `usual`: some buy often. `one`: one member buys about half of everything. */
export type MemberSkew = (typeof memberSkews)[number];

export const feedFormats = ['csv', 'ndjson'] as const;
export type GeneratedFormat = (typeof feedFormats)[number];

/** What to generate. The same options generate the same bytes on any machine. */
export interface TransactionFeedOptions {
  /** A signed 32-bit integer. It is part of the number of each transaction. */
  readonly seed: number;
  /** Including duplicates and bad rows. */
  readonly rows: number;
  /** The program that the transactions are for: its members, journal types and processes. Default: purchases. */
  readonly definition?: ProgramDefinition | undefined;
  /** How many members to make up, as `generateMembers` does. Default: those of the definition. */
  readonly members?: number | undefined;
  /** First part of every idempotency key. Default: the name of the program, in lower case with hyphens. */
  readonly source?: string | undefined;
  /** `yyyy-MM-dd`. Default 2026-09-01. */
  readonly firstDay?: string | undefined;
  /** Default 30. */
  readonly days?: number | undefined;
  /** Default `usual`. */
  readonly skew?: MemberSkew | undefined;
  /** Share of rows, 0 to 1, that give an earlier purchase back, in part or in full. Default 0.05. */
  readonly returns?: number | undefined;
  /** Share of rows that repeat an earlier row. Default 0. */
  readonly duplicates?: number | undefined;
  /** Share of rows that are one to three days late. Default 0.02; on the first day, no row is late. */
  readonly late?: number | undefined;
  /** Share of rows that cannot become a transaction of a member. Default 0. */
  readonly bad?: number | undefined;
  /** Default `csv`. */
  readonly format?: GeneratedFormat | undefined;
}

/** Shares of rows, 0 to 1. The remaining rows are purchases in time. */
export interface RowShares {
  readonly returns: number;
  readonly duplicates: number;
  readonly late: number;
  readonly bad: number;
}

/** Options with their defaults. */
export interface ResolvedTransactionFeed {
  readonly seed: number;
  readonly rows: number;
  readonly members: FeedMembers;
  readonly kinds: readonly TransactionKind[];
  readonly source: string;
  /** Number of days since 1970. */
  readonly firstDay: number;
  readonly days: number;
  readonly skew: MemberSkew;
  readonly shares: RowShares;
  readonly format: GeneratedFormat;
}

/** Most days of a feed: a hundred years. */
const mostDays = 36_525;

/**
 * Fills in the defaults.
 * @throws {RangeError} for an option out of range, and if there are no members, or no process that takes transactions
 */
export function resolveTransactionFeed(options: TransactionFeedOptions): ResolvedTransactionFeed {
  const { seed, rows, definition, firstDay = '2026-09-01', days = 30, skew = 'usual', format = 'csv' } = options;
  const { returns = 0.05, duplicates = 0, late = 0.02, bad = 0 } = options;
  if (seed !== (seed | 0)) throw new RangeError(`seed must be a whole number of 32 bits, not ${seed}.`);
  requireWhole('rows', rows, { from: 0 });
  requireWhole('days', days, { from: 1, to: mostDays });
  const shares = { returns, duplicates, late, bad };
  requireShares(shares);
  const made = { seed, members: options.members, firstDay };
  return {
    ...{ seed, rows, days, skew, shares, format, firstDay: dayNumber(firstDay) },
    members:
      options.members === undefined ? membersOf(definition) : madeUpMembersOf({ ...made, members: options.members }),
    kinds: kindsOf(definition),
    source: options.source ?? sourceOf(definition),
  };
}

function requireWhole(
  name: string,
  value: number,
  { from, to = Number.MAX_SAFE_INTEGER }: { from: number; to?: number },
) {
  if (Number.isSafeInteger(value) && value >= from && value <= to) return;
  const range = to === Number.MAX_SAFE_INTEGER ? `of at least ${from}` : `from ${from} to ${to}`;
  throw new RangeError(`${name} must be a whole number ${range}, not ${value}.`);
}

function requireShares(shares: RowShares): void {
  for (const [name, share] of Object.entries(shares)) {
    if (!(share >= 0 && share <= 1)) throw new RangeError(`${name} must be a share from 0 to 1, not ${share}.`);
  }
  const { returns, duplicates, late, bad } = shares;
  if (returns + duplicates + late + bad > 1 + 1e-9) {
    throw new RangeError(
      `returns, duplicates, late and bad are shares of the same rows: ${returns}, ${duplicates}, ${late} and ${bad} are more than 1 together.`,
    );
  }
}

function sourceOf(definition: ProgramDefinition | undefined): string {
  const name = definition?.name.normalize('NFD').toLowerCase().replaceAll(/\p{M}/gu, '') ?? '';
  return (
    name
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '')
      .slice(0, 80) || 'feed'
  );
}
