import { expect } from 'chai';
import { parseMapping, readyTransactionFeed, rowFeed } from '../../src/sync/index.js';
import { failureOf } from '../client/loopback.js';
import { purchase, purchases, source } from './org/arrayFeed.js';
import { World } from './org/world.js';

const mapping = parseMapping(
  `
source: ${source}
key: id
member: member
journal:
  ActivityDate: { date: at }
  JournalTypeName: { value: Accrual }
`,
  'map.yml',
);

const rowOf = (id: number) => ({ id, member: 'M1', at: new Date('2026-04-03T08:00:00Z') });

describe('a run that reads rows from code', () => {
  it('names the error of a sequence that fails, and goes on when the rows are given again', async () => {
    await using world = new World([], { members: ['M1'] });
    const failing = (async function* () {
      yield* [rowOf(1), rowOf(2)];
      throw new TypeError('the cursor is gone');
    })();
    const feed = (rows: AsyncIterable<object>) => rowFeed({ name: 'cursor', rows, mapping });
    const failure = await failureOf(world.start({ feeds: [feed(failing)] }));
    expect(failure).to.have.property('message').that.includes('cursor').and.includes('TypeError: the cursor is gone');
    const run = await world.outbox.runs.find();
    expect(run?.stopped).to.include({ code: 'FeedError', startAgain: false });
    const again = (async function* () {
      yield* [rowOf(1), rowOf(2), rowOf(3)];
    })();
    const report = await world.resume({ feeds: [feed(again)] });
    expect(report.ending).to.equal('complete');
    expect(report.counts.rows.read).to.equal(3);
    expect(Object.values(world.effects())).to.deep.equal([1, 1, 1]);
  });

  it('sends what a slow sequence has given before it gives more', async () => {
    await using world = new World([], { members: ['M1', 'M2'] });
    const sentBefore: number[] = [];
    const transactions = (async function* () {
      for (const each of purchases(3, ['M1', 'M2'])) {
        yield each;
        await world.clock.sleep(5000);
        sentBefore.push(world.org.effects.length);
      }
    })();
    const report = await world.start({ feeds: [readyTransactionFeed({ name: 'queue', transactions })] });
    expect(report.ending).to.equal('complete');
    expect(sentBefore).to.deep.equal([1, 2, 3]);
  });

  it('refuses a transaction of another source, by its row', async () => {
    await using world = new World([], { members: ['M1'] });
    const foreign = { ...purchase('1', 'M1'), key: 'shop:1' };
    const feeds = [readyTransactionFeed({ name: 'queue', transactions: [foreign] })];
    expect(await failureOf(world.start({ feeds })))
      .to.have.property('message')
      .that.includes('queue, line 1: the key shop:1 is not one of the source till');
  });
});
