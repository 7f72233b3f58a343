import type { JournalResult, RealtimeResponse } from '../contract/endpoints/realtimeEndpoints.js';
import type { Outcome, OutboxItem } from '../outbox/index.js';

/**
 * What a successful answer settles: everything. The order of its results proves nothing: a journal's Id is taken from
 * the result that names its member, and is left open where none or several do. A member whom no result names has seen
 * no change, as far as the answer tells. An Id that is none of a journal, or stands at two of them, is left open, too:
 * what is open is looked up.
 */
export function settledBy(
  answer: RealtimeResponse,
  items: readonly OutboxItem[],
  isJournalId: (id: string) => boolean,
): Outcome[] {
  const results = answer.processResult?.transactionJournalResult ?? [];
  const seen = Map.groupBy(results, ({ id }) => id);
  const changes = changesByMember(
    results.map(({ id, ...rest }) => ({
      ...rest,
      id: id && isJournalId(id) && seen.get(id)?.length === 1 ? id : null,
    })),
  );
  return items.map((item) => {
    const change = changes.get(item.member.toLowerCase());
    return { item, to: 'done', found: false, journalId: change?.journalId, effect: change?.hasEffect ?? false };
  });
}

interface Change {
  readonly journalId: string | undefined;
  readonly hasEffect: boolean;
}

function changesByMember(results: readonly JournalResult[]): Map<string, Change> {
  const changes = new Map<string, Change>();
  for (const { id, changeInMemberPoints } of results) {
    const all = changeInMemberPoints ?? [];
    // The answer spells a member as the org does, which a feed need not.
    const members = new Set(all.map((change) => change.memberShipNumber.toLowerCase()));
    for (const member of members) {
      const earlier = changes.get(member);
      const isOnly = earlier === undefined && members.size === 1;
      const own = all.filter(({ memberShipNumber }) => memberShipNumber.toLowerCase() === member);
      changes.set(member, {
        journalId: isOnly ? (id ?? undefined) : undefined,
        hasEffect: (earlier?.hasEffect ?? false) || own.some(hasEffect),
      });
    }
  }
  return changes;
}

/** Changes that are not listed are not known to be none. */
function hasEffect({ changeInMemberCurrencies }: NonNullable<JournalResult['changeInMemberPoints']>[number]): boolean {
  if (!changeInMemberCurrencies || changeInMemberCurrencies.length === 0) return true;
  return changeInMemberCurrencies.some(
    ({ changeInPointsBalance, changeInEscrowPointsBalance }) =>
      (changeInPointsBalance ?? 1) !== 0 || (changeInEscrowPointsBalance ?? 0) !== 0,
  );
}
