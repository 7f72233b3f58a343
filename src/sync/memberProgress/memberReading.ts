import type { CountedProgress } from '../../client/index.js';
import type { KnownProgress, TouchedMember } from '../../outbox/index.js';
import { judgeProgress } from './judgeProgress.js';
import type { ReadingContext } from './judgeProgress.js';
import type { CrossedThreshold, MemberProgress } from './memberProgressOptions.js';

/** What a reading of several members says. */
export interface JudgedReading {
  /** Members that have moved. */
  readonly moved: readonly TouchedMember[];
  /** Members whose progress is as it was. */
  readonly unmoved: readonly TouchedMember[];
  readonly known: readonly KnownProgress[];
  readonly changed: readonly MemberProgress[];
  readonly crossed: readonly CrossedThreshold[];
}

/**
 * Compares a reading of touched members with what was known of them.
 * @param known by number in lower case, as the outbox gives it
 */
export function judgeReading(
  members: readonly TouchedMember[],
  rows: readonly CountedProgress[],
  known: ReadonlyMap<string, readonly KnownProgress[]>,
  context: ReadingContext,
): JudgedReading {
  const byMember = Map.groupBy(rows, ({ membershipNumber }) => membershipNumber.toLowerCase());
  const moved: TouchedMember[] = [];
  const unmoved: TouchedMember[] = [];
  const judged = members.flatMap((touched) => {
    const member = touched.member.toLowerCase();
    const before = known.get(member);
    const each = (byMember.get(member) ?? []).map((row) => judgeProgress(row, beforeOf(row, before), context));
    // What is read for the first time may be what it was before the transaction.
    (before && each.some(({ changed }) => changed) ? moved : unmoved).push(touched);
    return each;
  });
  return {
    moved,
    unmoved,
    known: judged.map((each) => each.known),
    changed: judged.flatMap(({ changed }) => changed ?? []),
    crossed: judged.flatMap(({ crossed }) => crossed),
  };
}

/** Returns what was read before the first transaction of a member was sent. */
export function firstKnown(rows: readonly CountedProgress[], context: ReadingContext): KnownProgress[] {
  return rows.map((row) => judgeProgress(row, undefined, context).known);
}

function beforeOf(
  { promotionId, attributeName }: CountedProgress,
  known: readonly KnownProgress[] | undefined,
): KnownProgress | 'notBegun' | undefined {
  const same = known?.find((each) => each.promotionId === promotionId && each.attribute === (attributeName ?? ''));
  return same ?? (known && 'notBegun');
}
