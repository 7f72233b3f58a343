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
  const unclear = repeated(results.map(({ id }) => id));
  const changes = changesByMember(results, ({ id }) => (id && !unclear.has(id) && isJournalId(id) ? id : undefined));
  const members = items.map(({ member }) => member.toLowerCase());
  const several = repeated(members);
  return items.map((item, index) => {
    const member = members[index] ?? '';
    const change = changes.get(member);
    const isOnly = !several.has(member);
    const journalId = isOnly ? change?.journalId : undefined;
    const effect = isOnly || !change?.hasEffect ? (change?.hasEffect ?? false) : undefined;
    return { item, to: 'done', found: false, journalId, effect };
  });
}

interface Change {
  readonly journalId: string | undefined;
  readonly hasEffect: boolean;
}

/** Returns the texts that occur more than once. */
function repeated(texts: readonly (string | null | undefined)[]): Set<string> {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const text of texts) {
    if (!text) continue;
    if (seen.has(text)) again.add(text);
    seen.add(text);
  }
  return again;
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
