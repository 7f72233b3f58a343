import type { JournalResult, RealtimeResponse } from '../contract/endpoints/realtimeEndpoints.js';
import type { Outcome, OutboxItem } from '../outbox/index.js';

/**
 * Returns the outcome of every item after a successful answer. The order of the results proves nothing, so a journal's
 * Id is taken from the result that names its member. The Id stays open if no result or several results name that
 * member, if the Id is not that of a journal, or if two results have the same Id. Open Ids are looked up. A member that
 * no result names has seen no change, as far as the answer shows.
 */
export function outcomesOfAnswer(
  answer: RealtimeResponse,
  items: readonly OutboxItem[],
  isJournalId: (id: string) => boolean,
): Outcome[] {
  const results = answer.processResult?.transactionJournalResult ?? [];
  const unclear = repeatedIds(results);
  const changes = changesByMember(results, ({ id }) => (id && !unclear.has(id) && isJournalId(id) ? id : undefined));
  return items.map((item) => {
    const change = changes.get(item.member.toLowerCase());
    return { item, to: 'done', found: false, journalId: change?.journalId, effect: change?.hasEffect ?? false };
  });
}

interface Change {
  readonly journalId: string | undefined;
  readonly hasEffect: boolean;
}

function repeatedIds(results: readonly JournalResult[]): Set<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { id } of results) {
    if (!id) continue;
    if (seen.has(id)) repeated.add(id);
    seen.add(id);
  }
  return repeated;
}

function changesByMember(
  results: readonly JournalResult[],
  idOf: (result: JournalResult) => string | undefined,
): Map<string, Change> {
  const changes = new Map<string, Change>();
  for (const result of results) {
    const own = effectsOf(result);
    for (const [member, isChanged] of own) {
      const earlier = changes.get(member);
      changes.set(member, {
        journalId: earlier === undefined && own.size === 1 ? idOf(result) : undefined,
        hasEffect: (earlier?.hasEffect ?? false) || isChanged,
      });
    }
  }
  return changes;
}

/** Whether the points of each member changed whom a result names. */
function effectsOf({ changeInMemberPoints }: JournalResult): Map<string, boolean> {
  const effects = new Map<string, boolean>();
  for (const change of changeInMemberPoints ?? []) {
    // The answer spells a membership number as the org does, which can differ from the feed.
    const member = change.memberShipNumber.toLowerCase();
    effects.set(member, (effects.get(member) ?? false) || hasEffect(change));
  }
  return effects;
}

/** Tells whether the member's points changed. A result without a list of changes may still have changed something. */
function hasEffect({ changeInMemberCurrencies }: NonNullable<JournalResult['changeInMemberPoints']>[number]): boolean {
  if (!changeInMemberCurrencies || changeInMemberCurrencies.length === 0) return true;
  return changeInMemberCurrencies.some(
    ({ changeInPointsBalance, changeInEscrowPointsBalance }) =>
      (changeInPointsBalance ?? 1) !== 0 || (changeInEscrowPointsBalance ?? 0) !== 0,
  );
}
