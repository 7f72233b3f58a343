/** Entry point of a process that is one machine of a story. Reports when it sends, and how it ended. */
import { LoyaltyClient } from '../../../src/client/index.js';
import { harbourRewards } from '../../../src/program/index.js';
import * as sync from '../../../src/sync/index.js';
import { FastClock } from '../fastClock.js';
import { Job } from './job.js';
import type { Ending, News } from './job.js';
import { storyMapping } from './storyMapping.js';

const job = Job.parse(JSON.parse(process.argv[2] ?? '{}'));

function say(news: News): Promise<void> {
  return new Promise((resolve) => process.send?.(news, () => resolve()));
}

let hasSent = false;
function onProgress({ requests }: sync.SyncProgress): void {
  if (requests === 0 || hasSent) return;
  hasSent = true;
  void say('sending');
}

async function work(): Promise<sync.SyncReport> {
  const clock = new FastClock(job.speed, job);
  const client = await LoyaltyClient.connect({
    ...{ instanceUrl: job.orgUrl, clientId: 'machine', clientSecret: 'none', timeout: 1000 },
  });
  await using outbox = await sync.SqliteOutbox.open(job.outbox, { clock });
  const mapping = await storyMapping();
  const latest = job.resumes ? await outbox.runs.find() : undefined;
  // Resuming a complete run would not read rows that the feed has gained since, but only report them.
  const run = latest?.ending === 'complete' ? undefined : latest;
  const options: sync.StartOptions = {
    ...{ client, outbox, clock, program: harbourRewards.name, source: mapping.source, batchSize: 10, concurrency: 4 },
    ...{ settle: job.settle, uniqueField: job.uniqueField, takeOver: job.takeOver },
    feeds: [await sync.openFeed(job.feed, mapping)],
    onProgress,
  };
  return await (run ? sync.resumeSync({ ...options, run: run.id }) : sync.startSync(options));
}

function endingOf({ ending, stopped, notes, records }: sync.SyncReport): Ending {
  return {
    how: ending,
    ...(stopped && { code: stopped.code, message: stopped.message }),
    notes: notes.map(({ code }) => code),
    doubled: records.flatMap(({ status, key }) => (status === 'doubled' && key !== undefined ? key : [])),
  };
}

function failureOf(error: unknown): Ending {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const code = error instanceof sync.StoppedError ? error.reason.code : undefined;
  return { how: name, message, ...(code !== undefined && { code }), notes: [], doubled: [] };
}

await say(await work().then(endingOf, failureOf));
process.disconnect();
