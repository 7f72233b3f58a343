import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { message, start } from '../../processes.js';
import type { ServerLog } from '../answeringServer.js';
import type { FeedFile } from '../feedFiles.js';
import type { Measure } from '../measure.js';
import { runSync } from '../runSync.js';
import { withServer } from '../serverProcess.js';

const rows = 20_000;
const connections = 16;

/**
 * One journal in a request, beside an undici Pool in a process of its own that posts the same bodies. Both are timed by
 * the server: from the first request's arrival to the last answer.
 */
export const single: Measure = {
  lines: {
    ratio: {
      what: 'K=1, 16 at a time, rate of requests beside an undici Pool',
      ...{ unit: '', digits: 2, better: 'more', must: 0.45, aim: 0.6 },
    },
    sync: { what: '… the sync', unit: 'requests/s', digits: 0, better: 'more' },
    pool: { what: '… the Pool', unit: 'requests/s', digits: 0, better: 'more' },
    processor: { what: '… processor time of the sync', unit: 'µs a row', digits: 0, better: 'less' },
  },
  async round({ feeds, scale }, number) {
    const feed = await feeds.make('even', rows / scale);
    const bodies = join(feeds.folder, 'bodies.ndjson');
    const turns = [() => ofSync(feed, bodies), () => ofPool(bodies)];
    // The Pool needs the bodies of an earlier sync.
    if (number === 1) await ofSync(feed, bodies);
    const values: Record<string, number>[] = [];
    for (const turn of number % 2 === 1 ? turns : turns.toReversed()) values.push(await turn());
    const all = Object.assign({}, ...values) as { sync: number; pool: number; processor: number };
    return { ...all, ratio: all.sync / all.pool };
  },
};

async function ofSync(feed: FeedFile, bodies: string): Promise<Record<string, number>> {
  return withServer({ bodies: feed.rows }, async (server) => {
    const { processorSeconds } = await runSync(server.url, feed, { batchSize: 1, concurrency: connections });
    const rate = requestsPerSecond(await server.log());
    await writeFile(bodies, await server.bodies());
    return { sync: rate, processor: (processorSeconds / feed.rows) * 1e6 };
  });
}

async function ofPool(bodies: string): Promise<Record<string, number>> {
  return withServer({}, async (server) => {
    await message(start('sync/poolPosts.ts', [server.url, bodies, String(connections)]));
    return { pool: requestsPerSecond(await server.log()) };
  });
}

function requestsPerSecond({ firstSentAt, answers }: ServerLog): number {
  const [lastAt = NaN] = answers.at(-1) ?? [];
  return answers.length / ((lastAt - firstSentAt) / 1000);
}
