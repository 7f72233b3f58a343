import { expect } from 'chai';
import { exitCode, startSync } from '../../src/sync/index.js';
import { failure, ok } from './org/answers.js';
import { purchase, purchases } from './org/arrayFeed.js';
import { deleteJournal, endingOf, failFirst } from './org/deletedJournal.js';
import { World } from './org/world.js';
import { openService } from './service/liveWorld.js';

const minutes = 60_000;
const members = ['A1', 'B2', 'C3', 'D4', 'E5', 'F6'];
const complete = ['complete', undefined];

describe('the count of journals, which counts each of them once', () => {
  for (const deletion of [true, false])
    it(`failed journals that a person runs ${deletion ? 'and one that is deleted ' : ''}hide no doubled purchase`, async () => {
      const rows = purchases(
        12,
        Array.from({ length: 12 }, (_, index) => `M${index}`),
      );
      const bad = rows.slice(0, 3);
      await using world = new World(rows);
      const { org } = world;
      for (const { key } of bad) org.faulty.add(key);
      org.fate = (execution) => {
        // One request is sent, and nobody hears of it. It stays in doubt, so that the count goes on in the next run.
        if (execution.journals.some(({ number }) => number === 'till:12')) return { answersAt: 300, answer: 'timeout' };
        const isBad = execution.journals.some(({ number }) => org.faulty.has(number));
        return { ...org.honest(execution), ...(isBad && { answer: ok({ status: false, message: 'RULE_FAILED' }) }) };
      };
      const first = await world.start({ wait: 1, batchSize: 1 });
      expect(first.counts.items).to.include({ done: 8, refused: 3, unknown: 1 });
      await world.clock.sleep(30 * minutes);
      org.faulty.clear();
      org.fate = (execution) => org.honest(execution);
      if (deletion) deleteJournal(world, 'till:11');
      for (const journal of org.tables.journals) if (journal.status === 'Error') journal.status = 'Pending';
      // While the run waits for what is in doubt, another outbox sends purchases again that are done.
      world.clock.after(minutes, () => {
        for (const { key: number, member } of rows.slice(5, 8)) org.hold({ number, member, status: 'Processed' });
      });
      const { stopped } = await world.retry();
      expect(stopped?.code).to.equal('ANOTHER_WRITER');
      expect(stopped?.message).to.contain('Twice in the org: till:6, till:7, till:8.');
    });

  it('a count that is answered later than a purchase is sent again stops nobody', async () => {
    await using world = new World([], { members });
    const { org, clock } = world;
    failFirst(world);
    const service = await openService(world);
    await service.push(purchase('1', 'A1'));
    await clock.sleep(2 * minutes);
    expect(await service.outcome('till:1')).to.include({ is: 'refused' });
    for (const key of ['2', '3']) {
      await service.push(purchase(key, 'B2'));
      await clock.sleep(90_000);
    }
    deleteJournal(world, 'till:1');
    org.faulty.clear();
    // The org counts before it inserts the journal, and answers after that.
    const take = org.take.bind(org);
    org.take = async (call) => {
      const answer = await take(call);
      if (decodeURIComponent(call.path).includes('SELECT COUNT()')) await clock.sleep(2_000);
      return answer;
    };
    await service.push(purchase('1', 'A1', 'tea'));
    await clock.sleep(2 * minutes);
    await service.push(purchase('5', 'C3'));
    await clock.sleep(2 * minutes);
    expect(endingOf(await service.drain())).to.deep.equal(complete);
    expect(world.effects()).to.include({ 'till:1': 1, 'till:5': 1 });
  });

  it('a question that is answered after its run does not change the count of the next one', async () => {
    const many = Array.from({ length: 200 }, (_, index) => `M${index}`);
    await using world = new World(purchases(60, many), { members: many });
    const options = world.options({ batchSize: 2, concurrency: 1 });
    const { journals } = options.client;
    const count = journals.countOfSource.bind(journals);
    let asked = 0;
    journals.countOfSource = async (...values) => {
      const isFirst = asked++ === 0;
      const found = await count(...values);
      if (isFirst) await world.clock.sleep(6_000);
      return found;
    };
    expect(endingOf(await startSync(options))).to.deep.equal(complete);
    world.rows = purchases(180, many);
    expect(endingOf(await world.start({ batchSize: 2, concurrency: 1 }))).to.deep.equal(complete);
  });

  for (const hasMarkers of [false, true])
    it(`a purchase that the org refuses alone and has stored is no other writer, level ${+hasMarkers}`, async () => {
      await using world = new World([purchase('1', 'A1')], { members, hasMarkers });
      const { org } = world;
      org.faulty.add('till:1');
      org.fate = (execution) => ({ ...org.honest(execution), answer: failure(400, 'RULE_FAILED') });
      const report = await world.start();
      expect(endingOf(report)).to.deep.equal(complete);
      expect(report.counts.items).to.include({ refused: 1 });
      expect(exitCode(report)).to.equal(68);
    });
});
