import { decimalOf } from '../../../base/decimal.js';
import type { Decimal } from '../../../base/decimal.js';
import { reinstatePoints } from '../../../contract/actions/expiryActions.js';
import { to18 } from '../../store/ids/recordIds.js';
import type { Store } from '../../store/store.js';
import { chosenCurrency } from '../engine/chosenCurrency.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import type { Member } from '../memberDirectory.js';
import { insertOrgJournal } from '../systemJournals.js';
import { ExtensionPeriods } from '../pointsJobs/extensionPeriods.js';
import { ProcessFailure } from '../processFailure.js';
import type { Program } from '../programDirectory.js';
import type { ProgramCurrency } from '../rules/reward.js';
import { programNamed } from './pointsMove.js';
import { serveAction } from './servedAction.js';
import type { ActionCall } from './servedAction.js';

const reinstatementType = 'Points Reinstatement';

/**
 * Credits what expired within the window and has not been reinstated. It also is an activity of the member: otherwise
 * the points would expire again at once. That, and the journal type, are inferred.
 */
export const reinstateExpired = serveAction(reinstatePoints, (loyalty, { writing, inputs }) => {
  const { store, userId } = writing;
  const program = programNamed(loyalty, inputs.text('loyaltyProgramName') ?? '');
  const currency = activityCurrency(store, program, inputs.text('loyaltyProgramCurrencyName') ?? '');
  const member = memberGiven(loyalty, program, inputs);
  const since = new ExtensionPeriods(store, currency.id, 'ReinstatementWindow').before(member.id, loyalty.today());
  if (since === undefined) throw new ProcessFailure(`${currency.name} has no reinstatement window for the member.`);
  const amount = expiredSince(store, { memberId: member.id, currencyId: currency.id, since });
  if (amount.isZero()) throw new ProcessFailure(`No ${currency.name} of the member have expired since ${since}.`);
  const journal = insertOrgJournal(loyalty, writing, {
    programId: program.id,
    memberId: member.id,
    type: reinstatementType,
  });
  const points = loyalty.engine.points.read(writing, [member.id]);
  points.enter(journal, { kind: 'points', currency, points: amount, escrowDate: null });
  points.save();
  store.update('LoyaltyProgramMember', member.id, { LastActivityDate: loyalty.today() }, { as: 'org', userId });
  return { pointsReinstated: amount.toNumber(), reinstatementTransactionJournalId: journal.id };
});

/** @throws {ProcessFailure} */
function activityCurrency(store: Store, program: Program, name: string): ProgramCurrency {
  const currency = chosenCurrency(store, program, name);
  if (currency.expiry?.model === 'Activity') return currency;
  throw new ProcessFailure(`${currency.name} does not expire by activity, so its points cannot be reinstated.`);
}

/** @throws {ProcessFailure} */
function memberGiven(
  { members }: LoyaltyOrg,
  program: Program,
  inputs: ActionCall<typeof reinstatePoints.inputs>['inputs'],
): Member {
  const id = to18(inputs.text('loyaltyProgramMemberId') ?? '');
  const number = inputs.text('loyaltyProgramMembershipNumber');
  const member =
    id === '' && number !== undefined ? members.numbered(program.id, number) : members.byId(program.id, [id]).get(id);
  if (member) return member;
  throw new ProcessFailure(`${program.name} has no member ${number ?? id}.`);
}

interface Window {
  readonly memberId: string;
  readonly currencyId: string;
  /** `yyyy-MM-dd` */
  readonly since: string;
}

/** What has expired since the day, and since the last reinstatement. */
function expiredSince(store: Store, { memberId, currencyId, since }: Window): Decimal {
  const journalTypes = store.find('JournalType', { Name: reinstatementType }).map(({ Id }) => Id);
  const journals = journalTypes.flatMap((JournalTypeId) =>
    store.find('TransactionJournal', { MemberId: memberId, JournalTypeId }).map(({ Id }) => Id),
  );
  const rows = store.find('LoyaltyLedger', {
    LoyaltyProgramMemberId: memberId,
    LoyaltyProgramCurrencyId: currencyId,
  });
  const last = rows.findLastIndex((row) => journals.includes(String(row['TransactionJournalId'])));
  return rows
    .slice(last + 1)
    .filter((row) => row['EventType'] === 'Expiry' && String(row['ActivityDate']).slice(0, 10) >= since)
    .reduce((sum, row) => sum.plus(decimalOf(Number(row['Points']))), decimalOf(0));
}
