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
});
