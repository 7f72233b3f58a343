import { decimalOf } from '../../../base/decimal.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { enterMoves, roundedPoints } from '../actions/pointsMove.js';
import { programCurrencies } from '../engine/programSetup.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { ProcessFailure } from '../processFailure.js';
import { numberOf, parentOf, textOrNull } from '../rowValues.js';
import { insertOrgJournal } from '../systemJournals.js';
import { insertVoucher } from '../vouchers/insertVoucher.js';
import type { WriteContext } from '../writeContext.js';

interface WonReward {
  readonly game: SObjectRow;
  /** The GameParticipant. */
  readonly participant: SObjectRow;
  readonly reward: SObjectRow;
}

/**
 * Gives what was won: points by a journal of their own, or a voucher.
 *
 * @returns the Id of journal or voucher. Null for a reward that the org does not issue itself
 * @throws {ProcessFailure} when it cannot be given
 */
export function issueGameReward(loyalty: LoyaltyOrg, writing: WriteContext, won: WonReward): string | null {
  const type = won.reward['RewardType'];
  if (type === 'NoReward' || type === 'CustomReward') return null;
  if (type === 'LoyaltyPoints') return creditWon(loyalty, writing, won);
  if (type === 'Voucher') return issueWon(loyalty, writing, won);
  throw new ProcessFailure(`Rewards of the type ${String(type)} cannot be given.`);
}

function creditWon(loyalty: LoyaltyOrg, writing: WriteContext, { game, participant, reward }: WonReward): string {
  const { store } = writing;
  const member = parentOf(store, participant, 'ParticipantId', 'LoyaltyProgramMember');
  const programId = textOrNull(member, 'ProgramId');
  if (!member || programId === null) throw new ProcessFailure('Points can be won only by a loyalty program member.');
  const currency = programCurrencies(store, programId).find(({ id }) => id === reward['RewardDefinitionId']);
  if (!currency) throw new ProcessFailure(`${nameOf(reward)} names no active currency of the member's program.`);
  const points = roundedPoints(decimalOf(numberOf(reward, 'RewardValue')));
  const journal = insertOrgJournal(loyalty, writing, { programId, memberId: member.Id, type: 'Accrual' });
  enterMoves(loyalty, writing, [{ journal, currency, points, notes: { AdditionalNotes: nameOf(game) } }]);
  return journal.id;
}

function issueWon(loyalty: LoyaltyOrg, writing: WriteContext, { participant, reward }: WonReward): string {
  const definition = parentOf(writing.store, reward, 'RewardDefinitionId', 'VoucherDefinition');
  if (definition?.['IsActive'] !== true)
    throw new ProcessFailure(`${nameOf(reward)} names no active voucher definition.`);
  const reference = (field: string): string | undefined => textOrNull(participant, field) ?? undefined;
  const references = {
    LoyaltyProgramMemberId: reference('LoyaltyProgramMemberId'),
    ContactId: reference('ContactId'),
    AccountId: reference('AccountId'),
  };
  return insertVoucher(loyalty, writing, { definition, given: { references } });
}

function nameOf(row: SObjectRow): string {
  return textOrNull(row, 'Name') ?? row.Id;
}
