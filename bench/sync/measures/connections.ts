import { PostgresServer } from '../../../test/support/postgresServer.js';
import type { Measure } from '../measure.js';
import { runSync } from '../runSync.js';
import { withServer } from '../serverProcess.js';
import { latency } from './slowOrg.js';

const rows = 200_000;
const [few, many] = [8, 24];

/**
 * What three machines would add that deliver side by side: three times the connections. One process on a shared outbox
 * has them all.
 */
export const connections: Measure = {
  lines: {
    ratio: {
      what: `org of ${latency} ms, shared outbox, even members, C=${many} beside C=${few}: rate`,
      ...{ unit: '×', digits: 2, better: 'more', must: 2.5 },
    },
    few: { what: `… C=${few}`, unit: 'rows/s', digits: 0, better: 'more' },
    many: { what: `… C=${many}`, unit: 'rows/s', digits: 0, better: 'more' },
  },
  async round({ feeds, scale }, number) {
    const feed = await feeds.make('even', rows / scale);
    await using server = await PostgresServer.start({ flushes: true });
    const rate = async (concurrency: number): Promise<number> =>
      withServer({ latency }, async (org) => {
        const outbox = await server.createDatabase();
        const { lastSettledAt } = await runSync(org.url, feed, { outbox, concurrency });
        return (1000 * feed.rows) / (lastSettledAt - (await org.log()).firstSentAt);
      });
    const rates = new Map<number, number>();
    for (const each of number % 2 === 0 ? [many, few] : [few, many]) rates.set(each, await rate(each));
    const [slow = NaN, fast = NaN] = [few, many].map((each) => rates.get(each));
    return { ratio: fast / slow, few: slow, many: fast };
  },
};
