import { creditPointsAction, debitPointsAction, getPointsBalance } from '../../../contract/actions/pointsActions.js';
import { definedValues } from '../../../base/definedValues.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { chosenCurrency } from '../engine/chosenCurrency.js';
import { givenDay } from '../givenDay.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { ProcessFailure } from '../processFailure.js';
import { numberOf } from '../rowValues.js';
import type { LedgerNotes, ProgramCurrency } from '../rules/reward.js';
import type { WriteContext } from '../writeContext.js';
import { enterMoves, journalGiven, programNamed, roundedPoints } from './pointsMove.js';
import type { PointsMove } from './pointsMove.js';
import { serveAction } from './servedAction.js';
import type { ActionCall } from './servedAction.js';

type Movement = ActionCall<typeof debitPointsAction.inputs>;
type OfBalance = ActionCall<typeof getPointsBalance.inputs>;

/** A member, and a currency of its program. */
interface Holding {
  readonly member: SObjectRow;
  readonly currency: ProgramCurrency;
  /** What the answer repeats. */
  readonly names: { LoyaltyProgramMemberId: string; ProgramCurrencyName: string; ProgramName: string };
}

/** Credits points for a journal that is there, whatever its status. */
export const creditByAction = serveAction(creditPointsAction, (loyalty, call) => {
  const day = givenDay('PointsExpirationDate', call.inputs.text('PointsExpirationDate'));
  const { names, journalId } = move(loyalty, call, { sign: 1, ...(day !== undefined && { expiryDate: day }) });
  return { JournalId: journalId, ...names };
});

export const debitByAction = serveAction(debitPointsAction, (loyalty, call) => {
  const { names, member, currency, journalId } = move(loyalty, call, { sign: -1 });
  const { PointsBalance } = balances(call.writing, member, currency);
  return { JournalId: journalId, ...names, PointsBalance };
});

export const balanceByAction = serveAction(getPointsBalance, (loyalty, call) => {
  const { names, member, currency } = holdingOf(loyalty, call);
  return { ...names, ...balances(call.writing, member, currency) };
});

interface Direction {
  readonly sign: 1 | -1;
  readonly expiryDate?: string;
}

function move(
  loyalty: LoyaltyOrg,
  call: Movement,
  { sign, ...lot }: Direction,
): Holding & { readonly journalId: string } {
  const { writing, inputs } = call;
  const holding = holdingOf(loyalty, call);
  const { member, currency } = holding;
  const journal = journalGiven(loyalty, writing, { inputs, name: 'JournalId' });
  if (journal.memberId !== member.Id) {
    throw new ProcessFailure(`The transaction journal ${journal.id} belongs to another member.`);
  }
  const points = roundedPoints(inputs.numberFromZero('Points')).times(sign);
  const entry = { ...lot, journal, currency, points, notes: notesOf(writing.store, call, currency) };
  if (points.isZero()) writeZero(writing, entry);
  else enterMoves(loyalty, writing, [entry]);
  return { ...holding, journalId: journal.id };
}

/** A movement of 0 points leaves a ledger row, as a retailer uses it to tie a voucher to a journal. */
function writeZero({ store, userId }: WriteContext, { journal, currency, notes }: PointsMove): void {
  const values = {
    ...notes,
    ActivityDate: journal.activityDate,
    EventType: 'Credit',
    LoyaltyProgramCurrencyId: currency.id,
    LoyaltyProgramMemberId: journal.memberId,
    Points: 0,
    TransactionJournalId: journal.id,
  };
  store.insert('LoyaltyLedger', values, { as: 'org', userId });
}

function holdingOf(loyalty: LoyaltyOrg, { writing: { store }, inputs }: OfBalance): Holding {
  const member = inputs.record('LoyaltyProgramMemberId', store, 'LoyaltyProgramMember');
  const program = programNamed(loyalty, inputs.text('ProgramName') ?? '');
  if (member['ProgramId'] !== program.id) {
    throw new ProcessFailure(`The member ${member.Id} does not belong to ${program.name}.`);
  }
  const currency = chosenCurrency(store, program, inputs.text('ProgramCurrencyName'));
  const names = {
    LoyaltyProgramMemberId: member.Id,
    ProgramCurrencyName: currency.name,
    ProgramName: program.name,
  };
  return { member, currency, names };
}

function balances(
  { store }: WriteContext,
  member: SObjectRow,
  currency: ProgramCurrency,
): { PointsBalance: number; EscrowPointsBalance: number } {
  const criteria = { LoyaltyMemberId: member.Id, LoyaltyProgramCurrencyId: currency.id };
  const row = store.first('LoyaltyMemberCurrency', criteria);
  if (!row) {
    const number = String(member['MembershipNumber']);
    throw new ProcessFailure(`Member ${number} has no LoyaltyMemberCurrency for ${currency.name}.`);
  }
  return {
    PointsBalance: numberOf(row, 'PointsBalance'),
    EscrowPointsBalance: numberOf(row, 'EscrowPointsBalance'),
  };
}

/** `Correlation` and `Flow` hold 15 characters. */
function notesOf(store: Store, { inputs }: Movement, currency: ProgramCurrency): LedgerNotes {
  return definedValues({
    AdditionalNotes: inputs.text('AdditionalNotes'),
    Correlation: inputs.text('CorrelationId'),
    Flow: inputs.text('FlowId')?.slice(0, 15),
    LoyaltyPgmCrcySubtypeId: subtypeOf(store, currency, inputs.text('LoyaltyProgramCurrencySubtypeName')),
  });
}

function subtypeOf(store: Store, { id, name }: ProgramCurrency, wanted: string | undefined): string | undefined {
  if (wanted === undefined) return undefined;
  const found = store.first('LoyaltyPgmCurrencySubtype', { LoyaltyProgramCurrencyId: id, Name: wanted });
  if (found) return found.Id;
  throw new ProcessFailure(`${name} has no subtype ${wanted}.`);
}
