import { expect } from 'chai';
import nock from 'nock';
import { playGame } from '../../src/client/index.js';
import { failureOf } from './loopback.js';
import { clientOnTheWire, contentType, origin } from './wire.js';

const member = '0lMAb0000004T7uAAE';
const wheel = '3PRSB0000000hjJ4AQ';

/** The exact requests, and answers as in the guide and in fixtures of the SDKs. */
describe('requests about games', () => {
  const client = clientOnTheWire();
  const { games } = client;

  const getting = (path: string, answer: nock.Body) =>
    nock(origin).get(`/services/data/v66.0${path}`).reply(200, answer, contentType);

  /** The guide's sample: a wheel that can be played. */
  const game = (play: object, more: object = {}) => ({
    errorMessage: null,
    gameDefinitions: [
      {
        description: 'Play Spin The Wheel to get amazing rewards',
        endDate: '2024-07-31T19:00:00.000Z',
        gameRewards: [
          {
            ...{ color: 'FF5733', description: 'Get 10% Off Voucher', imageUrl: null, name: '10 % Off' },
            ...{ rewardType: 'Voucher', rewardValue: null },
          },
          {
            ...{ color: '000000', description: 'Loyalty Points', imageUrl: null, name: '1000 Reward Points' },
            ...{ rewardType: 'LoyaltyPoints', rewardValue: '100.0', rewardId: '3GRSB0000000Caf4AE' },
          },
        ],
        participantGameRewards: [
          {
            ...{ expirationDate: '2024-01-04T20:00:00.000Z', gameParticipantRewardId: wheel, gameRewardId: null },
            ...{ issuedRewardReference: null, sourceActivity: null, status: 'YetToReward', ...play },
          },
        ],
        ...{ name: 'Spin The Wheel', startDate: '2023-10-01T19:00:00.000Z', timeoutDuration: 10 },
        ...{ type: 'SpintheWheel', ...more },
      },
    ],
    status: true,
  });
  const won = {
    ...{ color: '01CD6C', description: 'Loyalty Points', gameRewardId: '3GRSB0000000Caf4AE', imageUrl: null },
    ...{ issuedRewardReference: '0lVSB000000032j2AA', name: '1000 Reward Points' },
    ...{ rewardType: 'LoyaltyPoints', rewardValue: '100.0' },
  };
  const points = {
    ...{ id: '3GRSB0000000Caf4AE', name: '1000 Reward Points', description: 'Loyalty Points' },
    ...{ type: 'LoyaltyPoints', value: 100, definitionId: null, imageUrl: null },
  };

  it('the games of a participant, as in the sample of the guide', async () => {
    getting('/game/participant/0lMAb0000004T7uAAE/games', game({}));
    const [found] = await games.ofParticipant(member);
    const { rewards, plays, ...facts } = found!;
    expect(facts).to.deep.equal({
      id: null,
      name: 'Spin The Wheel',
      description: 'Play Spin The Wheel to get amazing rewards',
      type: 'SpintheWheel',
      startDate: '2023-10-01T19:00:00.000Z',
      endDate: '2024-07-31T19:00:00.000Z',
      timeoutSeconds: 10,
    });
    expect(rewards.map(({ id, name, type, value }) => [id, name, type, value])).to.deep.equal([
      [null, '10 % Off', 'Voucher', null],
      ['3GRSB0000000Caf4AE', '1000 Reward Points', 'LoyaltyPoints', 100],
    ]);
    expect(plays).to.deep.equal([
      {
        ...{ id: wheel, status: 'YetToReward', expirationDate: '2024-01-04T20:00:00.000Z' },
        ...{ rewardId: null, issuedReferenceId: null, sourceActivityId: null },
      },
    ]);
  });

  it('the games with the keys of the SDKs, of one definition and one play', async () => {
    const definition = '3GDSB0000000001AAA';
    const path =
      '/game/participant/0lMAb0000004T7uAAE/games?definitionId=3GDSB0000000001AAA&gameParticipantRewardId=3PRSB0000000hjJ4AQ';
    getting(path, game({ sourceActivityId: '0c8SB0000000001AAA' }, { gameDefinitionId: definition, status: 'Active' }));
    const filter = { gameDefinitionId: definition, gameParticipantRewardId: wheel };
    const [found] = await games.ofParticipant(member, filter);
    expect([found?.id, found?.plays[0]?.sourceActivityId]).to.deep.equal([definition, '0c8SB0000000001AAA']);
  });

  it('a play, as in the sample of the guide', async () => {
    getting('/game/gameParticipantReward/3PRSB0000000hjJ4AQ/game-reward', {
      ...{ errorMessage: null, gameReward: [won], status: true },
    });
    expect(await games.play(wheel)).to.deep.equal({
      ...{ ...points, color: '01CD6C', issuedReferenceId: '0lVSB000000032j2AA' },
    });
  });

  it('a failure with HTTP 200, under the key of the guide or of the SDK for iOS', async () => {
    const path = '/game/gameParticipantReward/3PRSB0000000hjJ4AQ/game-reward';
    for (const key of ['errorMessage', 'message']) {
      getting(path, { [key]: 'No longer.', gameReward: null, status: false });
      const error = await failureOf(games.play(wheel));
      expect(error).to.include({ name: 'LoyaltyProcessError', message: 'No longer.' });
    }
    getting('/game/participant/0lMAb0000004T7uAAE/games', {
      errorMessage: 'Nobody.',
      gameDefinitions: null,
      status: false,
    });
    expect(await failureOf(games.ofParticipant(member))).to.include({ message: 'Nobody.' });
  });

  it('a success without a reward is an answer that says nothing of the write', async () => {
    getting('/game/gameParticipantReward/3PRSB0000000hjJ4AQ/game-reward', { gameReward: [], status: true });
    const error = await failureOf(games.play(wheel));
    expect(error).to.include({ name: 'LostAnswerError', kind: 'unreadable', isRead: false });
  });

  const played = {
    status: 'Rewarded',
    gameRewardId: '3GRSB0000000Caf4AE',
    issuedRewardReference: '0lVSB000000032j2AA',
  };

  const losing = (): void => {
    nock(origin).get(`/services/data/v66.0/game/gameParticipantReward/${wheel}/game-reward`).replyWithError('reset');
  };

  it('a play whose answer is lost is read back, and not sent again', async () => {
    getting('/game/participant/0lMAb0000004T7uAAE/games', game({}));
    losing();
    getting('/game/participant/0lMAb0000004T7uAAE/games?gameParticipantRewardId=3PRSB0000000hjJ4AQ', game(played));
    const { status, reward, play } = await playGame(client, { participantId: member });
    expect([status, reward, play.issuedReferenceId]).to.deep.equal([
      'played',
      { ...points, color: '000000' },
      '0lVSB000000032j2AA',
    ]);
  });

  it('a play whose answer is lost, and that is still open, is not known', async () => {
    getting('/game/participant/0lMAb0000004T7uAAE/games', game({}));
    losing();
    getting('/game/participant/0lMAb0000004T7uAAE/games?gameParticipantRewardId=3PRSB0000000hjJ4AQ', game({}));
    const error = await failureOf(playGame(client, { participantId: member }));
    expect(error).to.include({ name: 'LostAnswerError', isRead: false });
  });
});
