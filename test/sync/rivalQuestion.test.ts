import { expect } from 'chai';
import { purchases } from './org/arrayFeed.js';
import { World } from './org/world.js';

const members = Array.from({ length: 200 }, (_, index) => `M${index}`);

describe('the question whether somebody else sends', () => {
  it('is asked once in twenty requests, and no request waits for its answer', async () => {
    await using world = new World(purchases(200, members));
    const { org } = world;
    org.queriesTake = 300;
    await world.start({ batchSize: 2, concurrency: 4 });
    expect(org.executions).to.have.length(100);
    // One of them at the end.
    expect(org.queries.filter((soql) => soql.startsWith('SELECT COUNT()'))).to.have.length(5);
    // Beginning takes the first request, its control and two round trips with fewer requests.
    expect(org.effects.at(-1)!.at - org.executions[0]!.at).to.be.below((100 / 4 + 4) * 300);
  });

  it('is asked less often for requests that are not full, but once in two hundred at least', async () => {
    await using world = new World(purchases(404, members.slice(0, 1)));
    const { org } = world;
    await world.start({ batchSize: 20, concurrency: 4 });
    expect(org.executions).to.have.length(404);
    expect(org.queries.filter((soql) => soql.startsWith('SELECT COUNT()'))).to.have.length(3);
  });

  it('without an answer, nothing more leaves after forty requests', async () => {
    await using world = new World(purchases(200, members));
    const options = world.options({ batchSize: 2, concurrency: 4 });
    const { journals } = options.client;
    const count = journals.countOfSource.bind(journals);
    const answer = Promise.withResolvers<undefined>();
    journals.countOfSource = async (...values) => {
      await answer.promise;
      return count(...values);
    };
    const running = world.start(options);
    await world.clock.sleep(60_000);
    expect(world.org.executions).to.have.length(40);
    answer.resolve(undefined);
    const report = await running;
    expect([report.ending, report.counts.items.done]).to.deep.equal(['complete', 200]);
  });

  it('is asked at the end of a run too: once, for what came after the last request', async () => {
    await using world = new World(purchases(4, members));
    const { org } = world;
    org.fate = (execution) => {
      org.hold({ number: 'till:99', member: 'M9', status: 'Processed' });
      return org.honest(execution);
    };
    const report = await world.start();
    expect([report.ending, report.stopped?.code]).to.deep.equal(['stopped', 'ANOTHER_WRITER']);
    expect(report.counts.items.done).to.equal(4);
    expect(org.queries.filter((soql) => soql.startsWith('SELECT COUNT()'))).to.have.length(1);
  });

  it('is asked by the next run for what came after the end, before it sends anything', async () => {
    await using world = new World(purchases(4, members), { members });
    const { org, clock } = world;
    expect((await world.start()).ending).to.equal('complete');
    await clock.sleep(3_600_000);
    org.hold({ number: 'till:6', member: 'M5', status: 'Processed' });
    await clock.sleep(3_600_000);
    world.rows = purchases(8, members);
    const report = await world.start();
    expect([report.ending, report.stopped]).to.deep.equal(['complete', undefined]);
    expect(report.notes.map(({ code }) => code)).to.include('outbox-not-newest');
    const sent = org.executions.flatMap(({ journals }) => journals.map(({ number }) => number));
    expect(sent.sort()).to.deep.equal(['1', '2', '3', '4', '5', '7', '8'].map((key) => `till:${key}`));
  });
});
