import { createHash } from 'node:crypto';
import type { CountedProgress } from '../../client/index.js';
import type { KnownProgress } from '../../outbox/index.js';
import type { CrossedThreshold, MemberProgress } from './memberProgressOptions.js';

/** Where the members are. */
export interface ProgressPlace {
  readonly orgId: string;
  readonly programId: string;
}

export interface ReadingContext extends ProgressPlace {
  /** In ascending order, each once. */
  readonly thresholds: readonly number[];
  /** When the reading began. */
  readonly asOf: string;
}

/** What a reading says about one promotion of a member. */
export interface JudgedProgress {
  readonly known: KnownProgress;
  /** Undefined if nothing has changed. */
  readonly changed: MemberProgress | undefined;
  readonly crossed: readonly CrossedThreshold[];
}

/** Most rounds between two readings whose thresholds are told. More of them means that the org has changed its count. */
const mostRounds = 1000;

/**
 * Compares a reading with what was known. A threshold is crossed if the round was below it at its furthest before, and
 * has reached it now. If a promotion has started again meanwhile, the rounds in between were completed.
 *
 * @param before what was known of this promotion; `'notBegun'` if the member was read before and had no progress in it;
 * undefined if the member was never read, so that nothing can be said about thresholds
 */
export function judgeProgress(
  now: CountedProgress,
  before: KnownProgress | 'notBegun' | undefined,
  context: ReadingContext,
): JudgedProgress {
  const start = startOf(now, before);
  const isSameRound = start.restarts === now.restarts;
  const known = { ...keysOf(now), peak: Math.max(shareOf(now), isSameRound ? start.peak : 0) };
  const isChanged = before === undefined || before === 'notBegun' || differs(before, known);
  const changed = isChanged ? toMemberProgress(now, context.asOf) : undefined;
  if (before === undefined) return { known, changed, crossed: [] };
  return { known, changed, crossed: [...endedRounds(now, start, context), ...presentRound(now, start, context)] };
}

/**
 * Returns the id of a crossing: the SHA-256, in hexadecimal, of a JSON array of the Ids of org, program, member,
 * promotion and the record that holds the value, the number of the round, and the threshold. Ids have 18 characters.
 */
export function thresholdId(
  { orgId, programId }: ProgressPlace,
  { memberId, promotionId, recordId }: Pick<CountedProgress, 'memberId' | 'promotionId' | 'recordId'>,
  crossed: { readonly round: number; readonly threshold: number },
): string {
  const parts = [orgId, programId, memberId, promotionId, recordId, crossed.round, crossed.threshold];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Where the comparison begins: a round, and how far it was. */
interface RoundStart {
  readonly restarts: number;
  readonly peak: number;
}

function startOf(now: CountedProgress, before: KnownProgress | 'notBegun' | undefined): RoundStart {
  if (before === 'notBegun') return { restarts: 0, peak: 0 };
  // With another record, a new period has begun.
  if (before === undefined || before.recordId !== now.recordId) return { restarts: now.restarts, peak: 0 };
  // A refund took a round back that was complete before, or the org goes on counting after the last rewarded round.
  return before.restarts > now.restarts ? { restarts: now.restarts, peak: 100 } : before;
}

function endedRounds(now: CountedProgress, start: RoundStart, context: ReadingContext): CrossedThreshold[] {
  const crossed: CrossedThreshold[] = [];
  const first = Math.max(start.restarts, now.restarts - mostRounds);
  for (let restarts = first; restarts < now.restarts; restarts++) {
    const peak = restarts === start.restarts ? start.peak : 0;
    const full = { ...now, completed: now.target ?? 0, percent: 100, timesReached: restarts + 1, restarts };
    crossed.push(...context.thresholds.filter((each) => each > peak).map((each) => toCrossed(full, each, context)));
  }
  return crossed;
}

function presentRound(now: CountedProgress, start: RoundStart, context: ReadingContext): CrossedThreshold[] {
  const peak = start.restarts === now.restarts ? start.peak : 0;
  const share = shareOf(now);
  return context.thresholds.filter((each) => each > peak && each <= share).map((each) => toCrossed(now, each, context));
}

function toCrossed(now: CountedProgress, threshold: number, context: ReadingContext): CrossedThreshold {
  const round = now.restarts + 1;
  return {
    id: thresholdId(context, now, { round, threshold }),
    threshold,
    round,
    ...toMemberProgress(now, context.asOf),
  };
}

function toMemberProgress(row: CountedProgress, asOf: string): MemberProgress {
  const { membershipNumber: member, promotionId, promotionName, attributeName } = row;
  const { completed, target, percent, timesReached } = row;
  const toGo = target === null ? null : Math.max(0, Math.round((target - completed) * 1e6) / 1e6);
  return { member, promotionId, promotionName, attributeName, completed, target, percent, toGo, timesReached, asOf };
}

/** Not the org's percentage, which is rounded: 99.996 % is not the target. */
function shareOf({ completed, target }: CountedProgress): number {
  return target !== null && target > 0 ? (completed * 100) / target : 0;
}

function keysOf(row: CountedProgress): Omit<KnownProgress, 'peak'> {
  const { membershipNumber: member, promotionId, recordId, attributeName, restarts, completed } = row;
  return { member, promotionId, recordId, attribute: attributeName ?? '', restarts, completed };
}

function differs(before: KnownProgress, now: KnownProgress): boolean {
  return before.completed !== now.completed || before.restarts !== now.restarts || before.recordId !== now.recordId;
}
