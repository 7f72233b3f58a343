import { transferPointsAction } from '../../../contract/actions/pointsActions.js';
import { decimalOf } from '../../../base/decimal.js';
import { definedValues } from '../../../base/definedValues.js';
import { isId, to18 } from '../../store/ids/recordIds.js';
import type { Store } from '../../store/store.js';
import { chosenCurrency } from '../engine/chosenCurrency.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import type { Member } from '../memberDirectory.js';
import { insertOrgJournal } from '../systemJournals.js';
import { ProcessFailure } from '../processFailure.js';
import type { Program } from '../programDirectory.js';
import { enterMoves, programNamed } from './pointsMove.js';
import { serveAction } from './servedAction.js';
import type { ActionCall } from './servedAction.js';

type Transfer = ActionCall<typeof transferPointsAction.inputs>;

/** A debit of the source and a credit of the target, each by a journal of its own. */
export const transferByAction = serveAction(transferPointsAction, (loyalty, call) => {
  const { writing, inputs } = call;
  const program = programNamed(loyalty, inputs.text('programName') ?? '');
  const currency = chosenCurrency(writing.store, program, inputs.text('programCurrencyName'));
  if (currency.type !== 'NonQualifying') {
    throw new ProcessFailure(`${currency.name} are qualifying points, which cannot be transferred.`);
  }
  const [source, target] = [
    memberGiven(loyalty, call, program, 'source'),
    memberGiven(loyalty, call, program, 'target'),
  ];
  requireTarget(writing.store, source, target);
  const points = decimalOf(transferredPoints(call));
  const values = definedValues({ Comment: inputs.text('additionalInformation') });
  const journalOf = ({ id: memberId }: Member) =>
    insertOrgJournal(loyalty, writing, { programId: program.id, memberId, type: 'Points Transfer', values });
  const [given, taken] = [journalOf(source), journalOf(target)];
  enterMoves(loyalty, writing, [
    { journal: given, currency, points: points.negated() },
    { journal: taken, currency, points, escrowDate: null },
  ]);
  return {
    programName: program.name,
    programCurrencyName: currency.name,
    pointsTransferred: points.toNumber(),
    sourceProgramMemberId: source.id,
    targetProgramMemberId: target.id,
    sourceTransactionJournalId: given.id,
    targetTransactionJournalId: taken.id,
  };
});

function transferredPoints({ inputs }: Transfer): number {
  const points = inputs.positiveNumber('transferPoints').toNumber();
  if (Number.isSafeInteger(points)) return points;
  throw new ProcessFailure(`transferPoints has to be a whole number, not ${points}.`);
}

/** By its number, else by its id. */
function memberGiven(
  { members }: LoyaltyOrg,
  { inputs }: Transfer,
  program: Program,
  end: 'source' | 'target',
): Member {
  const number = inputs.text(`${end}ProgramMembershipNumber`);
  const id = inputs.text(`${end}ProgramMemberId`);
  if (number === undefined && id === undefined) {
    throw new ProcessFailure(`Give ${end}ProgramMembershipNumber or ${end}ProgramMemberId.`);
  }
  const member = id === undefined ? members.numbered(program.id, number ?? '') : byId(id);
  if (member) return member;
  throw new ProcessFailure(`${program.name} has no member ${id ?? number ?? ''}.`);

  function byId(given: string): Member | undefined {
    return isId(given) ? members.byId(program.id, [to18(given)]).get(to18(given)) : undefined;
  }
}

/** A group takes points only of its members. */
function requireTarget(store: Store, source: Member, target: Member): void {
  if (source.id === target.id) throw new ProcessFailure('Source and target of a transfer are the same member.');
  if (store.get('LoyaltyProgramMember', target.id)?.['MemberType'] !== 'Group') return;
  const link = { LoyaltyProgramGroupMemberId: target.id, RelatedLoyaltyProgramMemberId: source.id };
  if (store.first('LoyaltyPgmGroupMbrRlnsp', link)) return;
  throw new ProcessFailure(
    `Member ${source.membershipNumber} does not belong to the group ${target.membershipNumber}.`,
  );
}
