import type { Measure } from '../measure.js';
import { runSync } from '../runSync.js';
import { withServer } from '../serverProcess.js';
import { syncCommand } from '../syncCommand.js';

/** How long the org takes for each request, whatever the request, in milliseconds. */
export const latency = 400;
const batchSize = 200;

/** The whole command, beside the rows that 8 connections can carry in the time from its start to its end. */
export const slowOrg: Measure = {
  lines: { share: line('C=8, 200,000 rows, share of C·K/latency from the start of the process', 0.93, 0.96) },
  async round({ feeds, scale }) {
    const feed = await feeds.make('even', 200_000 / scale);
    const { seconds } = await withServer({ latency }, ({ url }) => syncCommand(url, feed, ['--concurrency', '8']));
    return { share: shortestSeconds(feed.rows, 8) / seconds };
  },
};

/** From the first request with journals to the last settled row, with 16 connections. */
export const slowOrgWide: Measure = {
  lines: { share: line('C=16, 1,000,000 rows, share of C·K/latency from the first send', 0.95, 0.98) },
  async round({ feeds, scale }) {
    const feed = await feeds.make('even', 1_000_000 / scale);
    const seconds = await withServer({ latency }, async (server) => {
      const { lastSettledAt } = await runSync(server.url, feed, { concurrency: 16, batchSize });
      return (lastSettledAt - (await server.log()).firstSentAt) / 1000;
    });
    return { share: shortestSeconds(feed.rows, 16) / seconds };
  },
};

function line(what: string, must: number, aim: number) {
  return {
    what: `org of ${latency} ms, even members, ${what}`,
    unit: '',
    digits: 3,
    better: 'more',
    must,
    aim,
  } as const;
}

/** The time that these rows take if each connection always waits for an answer to a full request. */
function shortestSeconds(rows: number, concurrency: number): number {
  return ((rows / (concurrency * batchSize)) * latency) / 1000;
}
