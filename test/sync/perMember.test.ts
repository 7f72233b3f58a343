import { expect } from 'chai';
import { RealtimeResponse } from '../../src/contract/endpoints/realtimeEndpoints.js';
import { outcomesOfAnswer } from '../../src/sync/judgeAnswer.js';
import { failureOf } from '../client/loopback.js';
import { failure } from './org/answers.js';
import { purchases } from './org/arrayFeed.js';
import type { Fate } from './org/fakeOrg.js';
import { World } from './org/world.js';

const settle = 600_000;

describe('several transactions of a member in one request', () => {
  const keysOf = (world: World, member: string): string[] =>
    world.rows.flatMap((row) => (typeof row === 'object' && row.member === member ? row.key : []));

  it('a busy member needs that many times fewer requests, and keeps its order', async () => {
    await using world = new World(purchases(40, ['HOT', 'HOT', 'HOT', 'A1']), { perMember: 5 });
    const report = await world.start({ perMember: 5, batchSize: 20 });
    expect([report.ending, report.counts.items.done]).to.deep.equal(['complete', 40]);
    expect(world.org.executions).to.have.length(6);
    expect(world.order('hot')).to.deep.equal(keysOf(world, 'HOT'));
  });

  it('every journal Id is that of its own key, although an answer names the member several times', async () => {
    await using world = new World(purchases(12, ['HOT', 'A1']), { perMember: 6 });
    await world.start({ perMember: 6 });
    const ids = [...world.outbox.runs.items(world.lastRun, ['done'])].map(({ key, journalId }) => [key, journalId]);
    expect(ids).to.have.deep.members(world.org.tables.journals.map(({ number, id }) => [number, id]));
  });

  it('one bad transaction among several of its member: the others arrive in order, each once', async () => {
    await using world = new World(purchases(30, ['HOT', 'HOT', 'A1', 'B2']), { perMember: 8 });
    world.org.refused.add('till:6');
    const { counts } = await world.start({ perMember: 8, batchSize: 20 });
    expect(counts.items).to.include({ done: 29, refused: 1 });
    expect(world.order('hot')).to.deep.equal(keysOf(world, 'HOT').filter((key) => key !== 'till:6'));
  });

  for (const [what, trouble] of [
    ['is refused together because of a lock, and', { answersAt: 100, answer: failure(400, 'UNABLE_TO_LOCK_ROW') }],
    ['gets no answer, although it arrives, and', { storesAt: 100, answersAt: 200, answer: 'reset' }],
    ['gets no answer, and', { answersAt: 200, answer: 'reset' }],
  ] as const satisfies readonly (readonly [string, Fate])[]) {
    it(`a request that ${what} is settled by parts keeps the order`, async () => {
      await using world = new World(purchases(24, ['HOT', 'A1']), { perMember: 4 });
      const { org } = world;
      org.fate = (execution) => (org.executions.length % 3 === 1 ? trouble : org.honest(execution));
      const { counts } = await world.start({ perMember: 4, settle });
      expect(counts.items.done).to.equal(24);
      expect(world.order('hot')).to.deep.equal(keysOf(world, 'HOT'));
      expect(world.order('a1')).to.deep.equal(keysOf(world, 'A1'));
    });
  }

  it('a journal that the org has stored and not run is run before the later ones of its member are sent', async () => {
    await using world = new World(purchases(6, ['HOT']), { perMember: 6 });
    const { org } = world;
    org.fate = (execution) =>
      org.executions.length === 2
        ? {
            storesAt: 50,
            answersAt: 100,
            answer: failure(400, 'REQUIRED_FIELD_MISSING', 'Quantity is missing.'),
            share: (number) => (number === 'till:3' ? 'pending' : 'nothing'),
          }
        : org.honest(execution);
    await world.start({ perMember: 2, settle });
    expect(world.order('hot')).to.deep.equal(keysOf(world, 'HOT'));
  });

  it('a transaction that is sent alone and must wait is waited for by the later ones of its member', async () => {
    await using world = new World(purchases(9, ['HOT']), { perMember: 4 });
    const { org } = world;
    const answers = [undefined, failure(400, 'REQUIRED_FIELD_MISSING'), failure(400, 'UNABLE_TO_LOCK_ROW')];
    org.fate = (execution) => {
      const answer = answers[org.executions.length - 1];
      return answer ? { answersAt: 100, answer } : org.honest(execution);
    };
    await world.start({ perMember: 4 });
    expect(world.order('hot')).to.deep.equal(keysOf(world, 'HOT'));
  });

  it('an answer that names a member once for two transactions tells neither journal Id nor effect', () => {
    const item = {
      member: 'HOT',
      key: 'till:1',
      journal: {},
      seq: 1,
      state: 'sent',
      attempts: 1,
      mayMend: false,
    } as const;
    const items = [item, { ...item, key: 'till:2', seq: 2 }];
    const change = { memberShipNumber: 'HOT', changeInMemberCurrencies: [] };
    const transactionJournalResult = [{ id: 'a', changeInMemberPoints: [change] }, { id: 'b' }];
    const answer = RealtimeResponse.parse({ status: true, processResult: { transactionJournalResult } });
    const outcomes = outcomesOfAnswer(answer, items, () => true);
    for (const outcome of outcomes) expect(outcome).to.include({ to: 'done', journalId: undefined, effect: undefined });
  });

  for (const perMember of [0, 201, 1.5]) {
    it(`not ${perMember} of a member`, async () => {
      await using world = new World(purchases(1, ['A1']));
      expect(await failureOf(world.start({ perMember }))).to.be.instanceOf(RangeError);
    });
  }
});
