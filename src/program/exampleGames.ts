import type { LoyaltyClient } from '../client/index.js';
import { soqlText } from '../client/index.js';
import { firstRecordId } from './firstRecordId.js';

const gameName = 'Wheel of Stars';
const badgeName = 'First mate';

/** The member who gets something, and the program. */
interface Owner {
  readonly programId: string;
  readonly memberId: string;
}

/**
 * Creates a game with four rewards, and lets one member play it twice. Creates nothing if the game already exists.
 * @throws {LoyaltyApiError}
 */
export async function createGame({ query, sobjects }: LoyaltyClient, { programId, memberId }: Owner): Promise<void> {
  const existing = await query.all(`SELECT Id FROM GameDefinition WHERE Name = ${soqlText(gameName)}`);
  if (existing.length > 0) return;
  const ofProgram = `LoyaltyProgramId = ${soqlText(programId)}`;
  const stars = await firstRecordId(query, `LoyaltyProgramCurrency WHERE Name = 'Stars' AND ${ofProgram}`);
  const cake = await firstRecordId(query, `VoucherDefinition WHERE ${ofProgram} ORDER BY CreatedDate LIMIT 1`);
  const GameDefinitionId = await sobjects.create('GameDefinition', {
    ...{ Name: gameName, Description: 'Spin for Stars or a cake.', Type: 'SpintheWheel', Status: 'Active' },
    ...{ StartDate: '2026-01-01T00:00:00Z', EndDate: '2035-12-31T23:59:59Z', IsGameAssignmentRequired: true },
    ...{ ExpirationPeriod: 12, ExpirationPeriodUnit: 'Months', TimeoutDuration: 10 },
  });
  const points = { RewardType: 'LoyaltyPoints', RewardDefinitionId: stars };
  const rewards = [
    { Name: 'A handful of Stars', ...points, RewardValue: 25, WinProbability: 40, Color: '1B96FF' },
    { Name: 'A bucket of Stars', ...points, RewardValue: 250, WinProbability: 10, Color: 'FE9339' },
    { ...{ Name: 'Five off a cake', RewardType: 'Voucher', RewardDefinitionId: cake }, WinProbability: 10 },
    { Name: 'Calm sea', RewardType: 'NoReward', WinProbability: 40 },
  ];
  for (const reward of rewards) await sobjects.create('GameReward', { GameDefinitionId, ...reward });
  const GameParticipantId = await sobjects.create('GameParticipant', { GameDefinitionId, ParticipantId: memberId });
  for (let plays = 0; plays < 2; plays += 1) {
    await sobjects.create('GameParticipantReward', { GameParticipantId, Status: 'YetToReward' });
  }
}

/**
 * Creates a badge and gives it to one member. Creates nothing if the badge already exists.
 * @throws {LoyaltyApiError}
 */
export async function createBadge({ query, sobjects }: LoyaltyClient, { programId, memberId }: Owner): Promise<void> {
  const ofProgram = `LoyaltyProgramId = ${soqlText(programId)}`;
  const existing = await query.all(
    `SELECT Id FROM LoyaltyProgramBadge WHERE Name = ${soqlText(badgeName)} AND ${ofProgram}`,
  );
  if (existing.length > 0) return;
  const LoyaltyProgramBadgeId = await sobjects.create('LoyaltyProgramBadge', {
    ...{ Name: badgeName, Description: 'Among the first members of the harbour.', Status: 'Active' },
    ...{
      LoyaltyProgramId: programId,
      StartDate: '2026-01-01',
      ValidityType: 'FixedDate',
      ValidityEndDate: '2035-12-31',
    },
  });
  await sobjects.create('LoyaltyProgramMemberBadge', {
    ...{
      LoyaltyProgramBadgeId,
      LoyaltyProgramMemberId: memberId,
      Status: 'Active',
      Reason: 'Joined in the first year',
    },
    ...{ StartDate: '2026-01-15', EndDate: '2035-12-31' },
  });
}
