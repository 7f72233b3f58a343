import { expect } from 'chai';
import { askEarly } from '../../src/sync/index.js';
import type { StartOptions } from '../../src/sync/index.js';
import { failure } from './org/answers.js';
import { arrayFeed, purchase, purchases } from './org/arrayFeed.js';
import { World } from './org/world.js';

const members = Array.from({ length: 12 }, (_, index) => `M${index}`);

/** A file: its beginning can be read before the run reads it. */
function fileOf({ rows }: World): Pick<StartOptions, 'feeds'> {
  return { feeds: [{ ...arrayFeed(rows), canBeReadAgain: true }] };
}

function memberQueries({ org }: World): string[] {
  return org.queries.filter((soql) => soql.includes(' FROM LoyaltyProgramMember '));
}

describe('the first members of a new source', () => {
  it('are looked for beside the question who else sends, so that the first request leaves one round trip earlier', async () => {
    await using world = new World(purchases(12, members));
    await using other = new World(purchases(12, members));
    for (const { org } of [world, other]) org.queriesTake = 500;
    const report = await world.start({ ...fileOf(world), batchSize: 12 });
    await other.start({ batchSize: 12 });
    expect(report.counts.items.done).to.equal(12);
    expect(other.org.executions[0]!.at - world.org.executions[0]!.at).to.equal(500);
    expect(memberQueries(world)).to.have.length(1);
  });

  it('are refused if the program does not have them', async () => {
    await using world = new World(purchases(12, members), { strangers: ['M3', 'M7'] });
    const report = await world.start({ ...fileOf(world), batchSize: 12 });
    expect(report.records.map(({ key, error }) => [key, error?.code])).to.deep.equal([
      ['till:4', 'UNKNOWN_MEMBER'],
      ['till:8', 'UNKNOWN_MEMBER'],
    ]);
    expect(report.counts.items.done).to.equal(10);
  });

  it('are looked for once more if the org did not answer', async () => {
    await using world = new World(purchases(12, members));
    let asked = 0;
    world.org.queryFate = (soql) => {
      if (!soql.includes(' FROM LoyaltyProgramMember ')) return undefined;
      asked += 1;
      return asked === 1 ? failure(503, 'SERVER_UNAVAILABLE') : undefined;
    };
    const report = await world.start({ ...fileOf(world), batchSize: 12 });
    expect([report.ending, report.counts.items.done, asked]).to.deep.equal(['complete', 12, 2]);
  });

  it('say nothing about the members behind them', async () => {
    await using world = new World(purchases(12, members), { strangers: ['M11'] });
    const report = await world.start({ ...fileOf(world), batchSize: 5 });
    expect(report.records.map(({ key }) => key)).to.deep.equal(['till:12']);
    expect(world.effects()).to.have.all.keys(purchases(11, members).map(({ key }) => key));
  });

  it('say nothing about members of another source whose transactions are open', async () => {
    await using world = new World(purchases(12, members));
    const interrupt = new AbortController();
    world.org.queryFate = (soql) => {
      if (interrupt.signal.aborted || !soql.includes(' FROM LoyaltyProgramMember ')) return undefined;
      interrupt.abort();
      return failure(503, 'SERVER_UNAVAILABLE');
    };
    expect((await world.start({ signal: interrupt.signal })).counts.items.ready).to.equal(12);
    const shop = members.slice(0, 3).map((member) => ({ ...purchase('1', member), key: `shop:${member}` }));
    const feeds = [{ ...arrayFeed(shop, { name: 'shop.csv' }), canBeReadAgain: true }];
    const report = await world.start({ source: 'shop', feeds, batchSize: 15 });
    expect(report.counts.items).to.deep.include({ done: 15, refused: 0 });
  });

  it('are not looked for if the outbox knows the source, because nothing may have to be sent', async () => {
    await using world = new World(purchases(12, members));
    await world.start(fileOf(world));
    const asked = memberQueries(world).length;
    await world.start(fileOf(world));
    expect(memberQueries(world)).to.have.length(asked);
  });
});

describe('what is asked about an org before its program is known', () => {
  it('is not asked again', async () => {
    await using world = new World(purchases(12, members));
    const options = world.options();
    const { sobjects } = options.client;
    const describe = sobjects.describe.bind(sobjects);
    const described: string[] = [];
    sobjects.describe = (name) => {
      described.push(name);
      return describe(name);
    };
    const report = await world.start({ client: options.client, asked: askEarly(options.client) });
    expect(report.counts.items.done).to.equal(12);
    expect(described).to.deep.equal(['TransactionJournal', 'Loyalty_Sync_Source__c']);
    expect(world.org.queries.filter((soql) => soql.includes(' FROM Organization'))).to.have.length(1);
  });

  it('is asked again if the org did not answer', async () => {
    await using world = new World(purchases(12, members));
    let asked = 0;
    world.org.queryFate = (soql) => {
      if (!soql.includes(' FROM Organization')) return undefined;
      asked += 1;
      return asked === 1 ? failure(503, 'SERVER_UNAVAILABLE') : undefined;
    };
    const { client } = world.options();
    const report = await world.start({ client, asked: askEarly(client) });
    expect([report.ending, report.counts.items.done, asked]).to.deep.equal(['complete', 12, 2]);
  });
});
