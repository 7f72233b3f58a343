import { adjustPointsAction } from '../../../contract/actions/pointsActions.js';
import { definedValues } from '../../../base/definedValues.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { chosenCurrency } from '../engine/chosenCurrency.js';
import { programCurrencies } from '../engine/programSetup.js';
import { givenDay } from '../givenDay.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { insertOrgJournal } from '../systemJournals.js';
import { ProcessFailure } from '../processFailure.js';
import type { ProgramCurrency } from '../rules/reward.js';
import { parentOf } from '../rowValues.js';
import { enterMoves, journalGiven, programNamed, roundedPoints } from './pointsMove.js';
import { serveAction } from './servedAction.js';
import type { ActionCall } from './servedAction.js';

type Adjustment = ActionCall<typeof adjustPointsAction.inputs>;

/**
 * Credits or debits points by a journal of its own. Where the journal keeps reason and category is unpublished: here in
 * `Comment` and `JournalReason`, whose value set has categories. A journal that is given is the related one.
 */
export const adjustByAction = serveAction(adjustPointsAction, (loyalty, call) => {
  const { writing, inputs } = call;
  const member = inputs.record('LoyaltyProgramMemberId', writing.store, 'LoyaltyProgramMember');
  const currency = currencyOf(loyalty, call, member);
  const isCredit = isCreditGiven(inputs.text('AdjustmentType') ?? '');
  const day = givenDay('PointsExpirationDate', inputs.text('PointsExpirationDate'));
  if (day !== undefined && !isCredit) throw new ProcessFailure('PointsExpirationDate is only for credits.');
  const points = roundedPoints(inputs.positiveNumber('Points'));
  const related = inputs.get('JournalId') === undefined ? undefined : relatedJournal(loyalty, call, member);
  const journal = insertOrgJournal(loyalty, writing, {
    programId: String(member['ProgramId']),
    memberId: member.Id,
    type: 'Manual Points Adjustment',
    values: definedValues({
      Comment: inputs.text('ReasonforChange'),
      JournalReason: inputs.text('AdjustmentCategory'),
      RelatedJournalId: related,
    }),
  });
  const lot = isCredit ? { points, ...(day !== undefined && { expiryDate: day }) } : { points: points.negated() };
  enterMoves(loyalty, writing, [{ journal, currency, ...lot }]);
  return { AdjustmentTransactionJournalId: journal.id };
});

function isCreditGiven(type: string): boolean {
  const word = type.toLowerCase();
  if (word === 'credit' || word === 'debit') return word === 'credit';
  throw new ProcessFailure(`AdjustmentType has to be Credit or Debit, not ${type}.`);
}

/** The currency whose id is given, else the one that any other debit or credit without a currency takes. */
function currencyOf(
  loyalty: LoyaltyOrg,
  { writing: { store }, inputs }: Adjustment,
  member: SObjectRow,
): ProgramCurrency {
  const name = parentOf(store, member, 'ProgramId', 'LoyaltyProgram')?.['Name'];
  const program = programNamed(loyalty, String(name));
  if (inputs.get('LoyaltyProgramCurrencyId') === undefined) return chosenCurrency(store, program, undefined);
  const { Id } = inputs.record('LoyaltyProgramCurrencyId', store, 'LoyaltyProgramCurrency');
  const currency = programCurrencies(store, program.id).find(({ id }) => id === Id);
  if (currency) return currency;
  throw new ProcessFailure(`${program.name} has no active currency ${Id}.`);
}

function relatedJournal(loyalty: LoyaltyOrg, { writing, inputs }: Adjustment, member: SObjectRow): string {
  const { id, memberId } = journalGiven(loyalty, writing, { inputs, name: 'JournalId' });
  if (memberId === member.Id) return id;
  throw new ProcessFailure(`The transaction journal ${id} belongs to another member.`);
}
