import type { JournalResult, RealtimeResponse } from '../contract/endpoints/realtimeEndpoints.js';
import type { Outcome, OutboxItem } from '../outbox/index.js';

/**
 * Returns the outcome of every item after a successful answer. The order of the results proves nothing, so a journal's
 * Id is taken from the result that names its member. The Id stays open if no result or several results name that
 * member, if the request has several items of the member, if the Id is not that of a journal, or if two results have the
 * same Id. Open Ids are looked up. A member that no result names has seen no change, as far as the answer shows. Of
 * several items of a member, it is not known which one has changed something.
 */
export function outcomesOfAnswer(
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
  const ofMember = Map.groupBy(items, ({ member }) => member.toLowerCase());
  return items.map((item) => {
    const member = item.member.toLowerCase();
    const change = changes.get(member);
    const isOnly = ofMember.get(member)?.length === 1;
    const journalId = isOnly ? change?.journalId : undefined;
    const effect = isOnly || !change?.hasEffect ? (change?.hasEffect ?? false) : undefined;
    return { item, to: 'done', found: false, journalId, effect };
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
    // The answer spells a membership number as the org does, which can differ from the feed.
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

/** Tells whether the member's points changed. A result without a list of changes may still have changed something. */
function hasEffect({ changeInMemberCurrencies }: NonNullable<JournalResult['changeInMemberPoints']>[number]): boolean {
  if (!changeInMemberCurrencies || changeInMemberCurrencies.length === 0) return true;
  return changeInMemberCurrencies.some(
    ({ changeInPointsBalance, changeInEscrowPointsBalance }) =>
      (changeInPointsBalance ?? 1) !== 0 || (changeInEscrowPointsBalance ?? 0) !== 0,
  );
}
