import { expect } from 'chai';
import { LostAnswerError, LoyaltyApiError } from '../../../src/client/index.js';
import { creditPoints, enrollMembers, SqliteOutbox } from '../../../src/sync/index.js';
import { once } from '../../../src/sync/keyed/keyedCall.js';
import { failureOf } from '../../client/loopback.js';
import { VirtualClock } from '../../support/virtualClock.js';
import { failure, ok, truncated } from '../org/answers.js';
import { clientOf } from '../org/fakeClient.js';
import { World } from '../org/world.js';

const credited = ok({ status: true, outputParameters: { outputParameters: { results: [{ PointsCredited: 25 }] } } });
const person = {
  enrollmentDate: '2026-04-03T08:00:00',
  membershipNumber: 'M7',
  associatedContactDetails: { lastName: 'Okafor' },
  memberStatus: 'Active',
};

/** Loses each question once before it is answered. */
function loseOnce({ org }: World): void {
  const asked = new Set<string>();
  org.queryFate = (soql) => {
    if (asked.has(soql)) return undefined;
    asked.add(soql);
    return asked.size % 2 === 0 ? 'reset' : failure(503, 'SERVER_UNAVAILABLE');
  };
}

describe('a lost question of a single call', () => {
  it('is asked again, and the call is made', async () => {
    await using world = new World([], { members: ['A1'] });
    loseOnce(world);
    world.org.other = () => credited;
    const credit = { program: 'Harbour Rewards', member: 'A1', points: 25, activityDate: '2026-04-03T08:00:00Z' };
    const { outbox, clock } = world;
    expect(await creditPoints(clientOf(world.org), credit, { key: 'k', calls: outbox.calls, clock })).to.include({
      status: 'done',
    });

    world.org.other = () => ok({ loyaltyProgramMemberId: '0lM1', loyaltyProgramName: 'H', membershipNumber: 'M7' });
    const records = enrollMembers(clientOf(world.org), 'Harbour Rewards', [person], { clock });
    expect(await Array.fromAsync(records)).to.deep.include({
      membershipNumber: 'M7',
      status: 'enrolled',
      memberId: '0lM1',
    });
  });

  it('becomes a typed error at the end, and nothing was sent', async () => {
    await using world = new World([], { members: ['A1'] });
    world.org.queryFate = () => truncated;
    const startedAt = world.clock.monotonic();
    const records = enrollMembers(clientOf(world.org), 'Harbour Rewards', [person], { clock: world.clock });
    expect(await failureOf(Array.fromAsync(records))).to.be.instanceOf(LostAnswerError);
    expect(world.org.calls).to.be.empty;
    expect(world.clock.monotonic() - startedAt).to.be.within(5000, 20_000);
  });

  it('after the call may have been carried out leaves it unknown', async () => {
    const clock = new VirtualClock();
    await using outbox = SqliteOutbox.inMemory({ clock });
    let sent = 0;
    const call = {
      send: async () => {
        sent += 1;
        throw new LoyaltyApiError(failure(400, 'REQUEST_RUNNING_TOO_LONG', 'Too long.'));
      },
      check: async () => {
        if (sent === 0) return 'absent' as const;
        throw new LostAnswerError('reset', 'Lost.', true, { isRead: true });
      },
    };
    const result = await once({ calls: outbox.calls, key: 'k', content: 'x', clock }, call);
    expect(result).to.include({ status: 'unknown', why: 'lost', message: 'Too long.' });
    expect(await outbox.calls.find('k')).to.include({ state: 'sent' });
    expect(sent).to.equal(1);
  });
});
