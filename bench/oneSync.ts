/**
 * Runs one sync from a CSV file until all is settled, in a separate process, so that its peak memory can be measured.
 * Arguments: URL of the org, rows, members, batch size, concurrency. Sends rows, seconds and peak memory to its parent.
 */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { LoyaltyClient } from '../src/index.js';
import { harbourFeed } from '../src/program/index.js';
import { loadMapping, openFeed, SqliteOutbox, startSync } from '../src/sync/index.js';

const [url = '', ...numbers] = process.argv.slice(2);
const [rows = 0, members = 0, batchSize = 200, concurrency = 8] = numbers.map(Number);

const folder = await mkdtemp(join(tmpdir(), 'loyalty-bench-'));
try {
  const file = join(folder, 'feed.csv');
  await pipeline(Readable.from(harbourFeed({ seed: 1, rows, members })), createWriteStream(file));
  const mapping = await loadMapping(join(import.meta.dirname, '../examples/harbour-feed.yml'));
  const client = await LoyaltyClient.connect({ instanceUrl: url, clientId: 'bench', clientSecret: 'none' });
  await using outbox = await SqliteOutbox.open(join(folder, 'outbox.sqlite'));

  const startedAt = performance.now();
  let readAt = startedAt;
  const { counts } = await startSync({
    client,
    program: 'Harbour Rewards',
    outbox,
    feeds: [await openFeed(file, mapping)],
    source: mapping.source,
    batchSize,
    concurrency,
    onProgress: ({ phase }) => {
      if (phase === 'intake') readAt = performance.now();
    },
  });
  const endedAt = performance.now();
  process.send?.({
    rows: counts.rows.read,
    done: counts.items.done,
    intakeSeconds: (readAt - startedAt) / 1000,
    seconds: (endedAt - startedAt) / 1000,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  });
} finally {
  await rm(folder, { recursive: true });
}
