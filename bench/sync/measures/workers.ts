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

const rows = 100_000;
/** How many workers are compared. */
const [few, many] = [1, 3];
/** Requests of each worker at a time: few, so that two cores are enough for all processes, and as many as usual. */
const [small, usual] = [4, 8];
/** Most milliseconds to wait for the delivery. */
const patience = 300_000;

/** Workers that share an outbox: the standbys send requests for the active one. */
export const workers: Measure = {
  lines: {
    ratio: {
      what: `org of ${latency} ms, shared outbox, even members, C=${small} each: rate of three workers divided by that of one`,
      ...{ unit: '×', digits: 2, better: 'more', must: 2.5 },
    },
    one: { what: '… one worker', unit: 'rows/s', digits: 0, better: 'more' },
    three: { what: '… three workers', unit: 'rows/s', digits: 0, better: 'more' },
    usual: { what: `… the same with C=${usual}`, unit: '×', digits: 2, better: 'more' },
  },
  async round({ feeds, scale }, number) {
    const feed = await feeds.make('even', rows / scale);
    await using database = await PostgresServer.start({ flushes: true });
    const ratesOf = async (concurrency: number): Promise<readonly number[]> => {
      const rates = new Map<number, number>();
      for (const count of number % 2 === 0 ? [many, few] : [few, many])
        rates.set(count, await rateOf({ count, concurrency }, feed, await database.createDatabase()));
      return [few, many].map((count) => rates.get(count) ?? NaN);
    };
    const [one = NaN, three = NaN] = await ratesOf(small);
    const [slow = NaN, fast = NaN] = await ratesOf(usual);
    return { ratio: three / one, one, three, usual: fast / slow };
  },
};

/** Returns the rows in a second, from the first request to the last answer. */
async function rateOf(
  { count, concurrency }: { readonly count: number; readonly concurrency: number },
  feed: FeedFile,
  outbox: string,
): Promise<number> {
  const flags = ['--concurrency', String(concurrency)];
  return withServer({ latency }, async (org) => {
    await using started = new AsyncDisposableStack();
    const active = started.use(await StartedWorker.start(org.url, outbox, flags));
    await active.active;
    for (let index = 1; index < count; index++)
      await started.use(await StartedWorker.start(org.url, outbox, flags)).standsBy;
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
