import { expect } from 'chai';
import { systemClock } from '../../../src/base/clock.js';
import { ExampleOrg } from './exampleProgram.js';
import type { Answer } from '../restClient.js';

const start = Date.parse('2026-03-01T10:00:00Z');

describe('games of the local org', () => {
  let now = start;
  let org: ExampleOrg;
  let member: string;

  before(async () => {
    org = await ExampleOrg.start({ clock: { ...systemClock, now: () => now } });
    await org.withMembers('HR-1', 'HR-2');
    member = await org.memberId('HR-1');
  });

  beforeEach(() => {
    now = start;
  });

  after(() => org[Symbol.asyncDispose]());

  const add = (object: string, values: Record<string, unknown>): string => org.emulator.store.insert(object, values);

  /** A game with these rewards, of which the participant may play one. @returns the Id of the play */
  function assigned(
    rewards: readonly Record<string, unknown>[],
    { game = {}, participant = member }: { game?: Record<string, unknown>; participant?: string } = {},
  ): string {
    const values = { Name: 'Wheel', Type: 'SpintheWheel', Status: 'Active', StartDate: '2026-01-01T00:00:00Z' };
    const GameDefinitionId = add('GameDefinition', { ...values, ...game });
    for (const reward of rewards) add('GameReward', { Name: 'Prize', GameDefinitionId, ...reward });
    const GameParticipantId = add('GameParticipant', { GameDefinitionId, ParticipantId: participant });
    return add('GameParticipantReward', { GameParticipantId, Status: 'YetToReward' });
  }

  const points = (value = 25) => ({
    ...{ RewardType: 'LoyaltyPoints', RewardDefinitionId: org.program.stars, RewardValue: value },
  });
  const play = (id: string): Promise<Answer> => org.api.get(`/game/gameParticipantReward/${id}/game-reward`);
  const gamesOf = (id: string, query = ''): Promise<Answer> => org.api.get(`/game/participant/${id}/games${query}`);
  const playRow = async (id: string): Promise<Record<string, unknown>> => {
    const fields = 'Status, GameRewardId, IssuedRewardReferenceId, ExpirationDate';
    const [row] = await org.rows(`SELECT ${fields} FROM GameParticipantReward WHERE Id = '${id}'`);
    const { attributes: _, ...values } = row!;
    return values;
  };

  it('credits the points that were won, by a journal that the play then names', async () => {
    const id = assigned([{ ...points(), Color: '1B96FF' }]);
    const before = (await org.balances('HR-1'))['Stars'] ?? 0;
    const { body } = await play(id);
    const [reward] = body.gameReward;
    expect(body).to.deep.include({ status: true, errorMessage: null });
    expect(reward).to.include({ name: 'Prize', rewardType: 'LoyaltyPoints', rewardValue: '25.0', color: '1B96FF' });
    expect((await org.balances('HR-1'))['Stars']).to.equal(before + 25);
    const journal = reward.issuedRewardReference;
    expect(
      await org.count('LoyaltyLedger', `WHERE TransactionJournalId = '${journal}' AND Points = 25`),
      'a ledger of that journal',
    ).to.equal(1);
    expect(await playRow(id)).to.include({
      ...{ Status: 'Rewarded', GameRewardId: reward.gameRewardId, IssuedRewardReferenceId: journal },
    });
  });

  it('issues the voucher that was won to the member, or to a contact without a membership', async () => {
    const definition = add('VoucherDefinition', {
      ...{ Name: 'Cake', Type: 'FixedValue', FaceValue: 5, IsActive: true, EffectiveDate: '2026-01-01' },
      ...{ ExpirationType: 'Period', ExpirationPeriod: 10, ExpirationPeriodUnit: 'Days' },
    });
    const voucher = { RewardType: 'Voucher', RewardDefinitionId: definition };
    const contact = add('Contact', { LastName: 'Abe' });
    for (const [participant, field] of [
      [member, 'LoyaltyProgramMemberId'],
      [contact, 'ContactId'],
    ] as const) {
      const { body } = await play(assigned([voucher], { participant }));
      const [{ issuedRewardReference: issued, expirationDate }] = body.gameReward;
      expect(expirationDate).to.equal('2026-03-11');
      const where = `WHERE Id = '${issued}' AND Status = 'Issued' AND ${field} = '${participant}'`;
      expect(await org.count('Voucher', where)).to.equal(1);
    }
  });

  it('gives nothing, or something that is not of the org, and says so', async () => {
    for (const [RewardType, Status] of [
      ['NoReward', 'NoReward'],
      ['CustomReward', 'Rewarded'],
    ]) {
      const id = assigned([{ RewardType }]);
      expect((await play(id)).body.gameReward[0].issuedRewardReference).to.equal(null);
      expect(await playRow(id)).to.include({ Status, IssuedRewardReferenceId: null });
    }
  });

  const refused = async (id: string): Promise<string> => {
    const { status, body } = await play(id);
    expect([status, body.status, body.gameReward]).to.deep.equal([200, false, null]);
    return body.errorMessage;
  };

  it('plays a game once, and gives its reward once', async () => {
    const id = assigned([points()]);
    await play(id);
    const before = await org.balances('HR-1');
    expect(await refused(id)).to.equal(`The game of ${id} has been played: its status is Rewarded.`);
    expect(await org.balances('HR-1')).to.deep.equal(before);
  });

  it('does not play a game before its time, after it, or while it is not active', async () => {
    const game = (more: Record<string, unknown>): Promise<string> => refused(assigned([points()], { game: more }));
    expect(await game({ StartDate: '2026-03-01T10:00:01Z' })).to.equal('The game Wheel has not begun.');
    expect(await game({ EndDate: '2026-03-01T09:59:59Z' })).to.equal('The game Wheel is over.');
    expect(await game({ Status: 'Inactive' })).to.equal('The game Wheel is not active.');
  });

  it('gives a play the period of its game, and lets it expire', async () => {
    const id = assigned([points()], { game: { ExpirationPeriod: 10, ExpirationPeriodUnit: 'Days' } });
    expect((await playRow(id))['ExpirationDate']).to.equal('2026-03-11T10:00:00.000+0000');
    now = Date.parse('2026-03-11T10:00:01Z');
    const [game] = (await gamesOf(member, `?gameParticipantRewardId=${id}`)).body.gameDefinitions;
    expect(game.participantGameRewards[0].status).to.equal('Expired');
    expect(await refused(id)).to.equal(`The game of ${id} has expired.`);
    expect((await playRow(id))['Status']).to.equal('Expired');
  });

  it('gives a reward as often as it can be given, and then only the others', async () => {
    const rewards = [
      { ...points(), Name: 'Rare', MaximumRewardCount: 1, WinProbability: 100 },
      { Name: 'Common', RewardType: 'NoReward', WinProbability: 0 },
    ];
    const first = assigned(rewards);
    const GameParticipantId = org.emulator.store.get('GameParticipantReward', first)?.['GameParticipantId'];
    const second = add('GameParticipantReward', { GameParticipantId, Status: 'YetToReward' });
    expect((await play(first)).body.gameReward[0].name).to.equal('Rare');
    expect((await play(second)).body.gameReward[0].name).to.equal('Common');
    expect(await refused(assigned([{ ...points(), MaximumRewardCount: 0 }]))).to.equal(
      'The game Wheel has no reward left.',
    );
  });

  it('draws by the weights of the rewards', async () => {
    const rewards = [
      { Name: 'Often', RewardType: 'NoReward', WinProbability: 90 },
      { Name: 'Seldom', RewardType: 'NoReward', WinProbability: 10 },
    ];
    const first = assigned(rewards);
    const GameParticipantId = org.emulator.store.get('GameParticipantReward', first)?.['GameParticipantId'];
    const drawn: Record<string, number> = {};
    for (let plays = 0; plays < 200; plays += 1) {
      const { body } = await play(add('GameParticipantReward', { GameParticipantId, Status: 'YetToReward' }));
      const { name } = body.gameReward[0];
      drawn[name] = (drawn[name] ?? 0) + 1;
    }
    expect(drawn['Seldom']).to.be.within(5, 45);
    expect(await org.rows("SELECT Id FROM GameReward WHERE Name = 'Seldom' AND CurrentRewardCount > 0")).to.have.length(
      1,
    );
  });

  it('stores nothing of a reward that cannot be given', async () => {
    const contact = add('Contact', { LastName: 'Abe' });
    const reasons = [
      [assigned([points()], { participant: contact }), 'Points can be won only by a loyalty program member.'],
      [assigned([{ ...points(), RewardDefinitionId: null }]), 'Prize names no active currency'],
      [assigned([{ RewardType: 'Voucher' }]), 'Prize names no active voucher definition.'],
      [assigned([{ RewardType: 'Raffle' }]), 'Rewards of the type Raffle cannot be given.'],
    ] as const;
    const journals = await org.count('TransactionJournal');
    for (const [id, reason] of reasons) {
      expect(await refused(id)).to.include(reason);
      expect((await playRow(id))['Status']).to.equal('YetToReward');
    }
    expect(await org.count('TransactionJournal')).to.equal(journals);
  });

  it('lists the games of a member with their rewards and plays, in both spellings of keys', async () => {
    const other = await org.memberId('HR-2');
    const id = assigned([points()], {
      ...{ participant: other, game: { Name: 'Card', Type: 'Scratchcard', EndDate: '2026-12-31T00:00:00Z' } },
    });
    assigned([], { participant: other, game: { Name: 'Draft', Status: 'Draft' } });
    const { body } = await gamesOf(other);
    expect(body.gameDefinitions).to.have.length(1);
    const [{ gameRewards, participantGameRewards, ...game }] = body.gameDefinitions;
    expect(game).to.deep.include({
      ...{ name: 'Card', type: 'Scratchcard', status: 'Active', endDate: '2026-12-31T00:00:00.000Z' },
    });
    expect(gameRewards[0]).to.include({ gameRewardId: gameRewards[0].rewardId, rewardValue: '25.0' });
    expect(participantGameRewards).to.deep.equal([
      {
        ...{ gameParticipantRewardId: id, gameRewardId: null, issuedRewardReference: null, status: 'YetToReward' },
        ...{ sourceActivity: null, sourceActivityId: null, expirationDate: null },
      },
    ]);
    expect(
      (await gamesOf(other, `?definitionId=${game.gameDefinitionId.slice(0, 15)}`)).body.gameDefinitions,
    ).to.have.length(1);
    expect((await gamesOf(other, '?definitionId=3GD000000000001AAA')).body.gameDefinitions).to.deep.equal([]);
  });

  it('answers HTTP 200 with a reason for somebody or something that does not exist', async () => {
    for (const id of ['0lM9z0000000001AAA', 'nobody']) {
      const { status, body } = await gamesOf(id);
      expect([status, body]).to.deep.equal([
        200,
        { errorMessage: `No member, contact or account has the Id ${id}.`, gameDefinitions: null, status: false },
      ]);
    }
    expect(await refused('nothing')).to.equal('The game participant reward nothing does not exist.');
  });

  it("takes the guide's spelling of the path, and is not there before API 60", async () => {
    const id = assigned([points()]);
    const { body } = await org.api.get(`/game/gameparticipantreward/${id}/game-reward`);
    expect(body.status).to.equal(true);
    const old = await org.api.send('GET', `/services/data/v59.0/game/participant/${member}/games`);
    expect(old.status).to.equal(404);
  });
});
