import { setTimeout } from 'node:timers/promises';
import { LoyaltyClient } from 'sf-plugin-loyalty';
import { handInFiles, loadMapping } from 'sf-plugin-loyalty/sync';
import { PostgresServer } from '../../../test/support/postgresServer.js';
import { harbourMapping } from '../feedFiles.js';
import type { FeedFile } from '../feedFiles.js';
import type { Measure } from '../measure.js';
import { withServer } from '../serverProcess.js';
import type { RunningServer } from '../serverProcess.js';
import { StartedWorker } from '../startedWorker.js';
import { latency } from './slowOrg.js';

const rows = 200_000;
/** How many workers are compared. */
const [few, many] = [1, 3];
/** Most milliseconds to wait for the delivery. */
const patience = 300_000;

/** Workers that share an outbox: the standbys send requests for the active one. */
export const workers: Measure = {
  lines: {
    ratio: {
      what: `org of ${latency} ms, shared outbox, even members, C=8 each: rate of three workers divided by that of one`,
      ...{ unit: '×', digits: 2, better: 'more', must: 2.5 },
    },
    one: { what: '… one worker', unit: 'rows/s', digits: 0, better: 'more' },
    three: { what: '… three workers', unit: 'rows/s', digits: 0, better: 'more' },
  },
  async round({ feeds, scale }, number) {
    const feed = await feeds.make('even', rows / scale);
    await using database = await PostgresServer.start({ flushes: true });
    const rates = new Map<number, number>();
    for (const count of number % 2 === 0 ? [many, few] : [few, many])
      rates.set(count, await rateOf(count, feed, await database.createDatabase()));
    const [slow = NaN, fast = NaN] = [few, many].map((count) => rates.get(count));
    return { ratio: fast / slow, one: slow, three: fast };
  },
};

/** Returns the rows in a second, from the first request to the last answer. */
async function rateOf(count: number, feed: FeedFile, outbox: string): Promise<number> {
  return withServer({ latency }, async (org) => {
    await using started = new AsyncDisposableStack();
    const active = started.use(await StartedWorker.start(org.url, outbox));
    await active.active;
    for (let index = 1; index < count; index++) await started.use(await StartedWorker.start(org.url, outbox)).standsBy;
    const client = await LoyaltyClient.connect({ instanceUrl: org.url, clientId: 'bench', clientSecret: 'none' });
    const mapping = await loadMapping(harbourMapping);
    await handInFiles({ client, program: 'Harbour Rewards', outbox, mapping, files: [feed.path] });
    return await allAnswered(org, feed.rows);
  });
}

async function allAnswered(org: RunningServer, count: number): Promise<number> {
  const until = performance.now() + patience;
  while (performance.now() < until) {
    const { answers, firstSentAt } = await org.log();
    const answered = answers.reduce((sum, [, journals]) => sum + journals, 0);
    const last = Math.max(...answers.map(([at]) => at));
    if (answered >= count) return (1000 * answered) / (last - firstSentAt);
    await setTimeout(500);
  }
  throw new Error(`The org has not answered all journals within ${patience / 1000} seconds.`);
}
