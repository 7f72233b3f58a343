import { RuleFailure, textOf } from '../../../rules/index.js';
import type { JournalForProcess, RuleValue } from '../../../rules/index.js';
import type { StoredJournal } from '../journalReader.js';
import type { RuleActionContext } from './actions/ruleAction.js';

/**
 * Inserts the journal that a rule makes for another process: of the type and subtype of that process, Processed, of the
 * member and the day of the journal that made it unless fields say otherwise (inferred).
 * @throws {RuleFailure} @throws {OrgRefusal}
 */
export function insertRuleJournal(
  { writing, programId, journals, points, usage }: RuleActionContext,
  by: StoredJournal,
  { journalType, journalSubType, fields }: JournalForProcess,
): StoredJournal {
  const { store, userId } = writing;
  const [type] = store.find('JournalType', { Name: journalType });
  if (!type) throw new RuleFailure(`The org has no journal type ${journalType}.`);
  const [subtype] =
    journalSubType === undefined ? [] : store.find('JournalSubType', { Name: journalSubType, JournalTypeId: type.Id });
  if (journalSubType !== undefined && !subtype)
    throw new RuleFailure(`The journal type ${journalType} has no subtype ${journalSubType}.`);
  const given = Object.fromEntries([...fields].map(([name, value]) => [name, fieldValue(value)]));
  const values = {
    MemberId: by.memberId,
    ActivityDate: by.activityDate,
    ...given,
    LoyaltyProgramId: programId,
    JournalTypeId: type.Id,
    JournalSubTypeId: subtype?.Id ?? null,
    Status: 'Processed',
  };
  const id = store.insert('TransactionJournal', values, { userId });
  const [journal] = journals.read([id]);
  if (!journal) throw new RuleFailure('The journal that the rule makes has no member.');
  if (journal.programId !== programId)
    throw new RuleFailure(`The rule makes a journal for ${journal.membershipNumber}, a member of another program.`);
  // The books of the request have only the members of its own journals.
  for (const book of [points, usage]) book.admit(journal.memberId);
  return journal;
}

function fieldValue(value: RuleValue): string | number | boolean | null {
  return typeof value === 'object' && value !== null ? textOf(value) : value;
}
