/**
 * A process that delivers a feed. Node runs it without a loader and from the compiled package, because hundreds of them
 * are started. It says that it is ready, waits for its job, and tells what it is doing.
 */
import { flushCompileCache } from 'node:module';
import { DatabaseSync } from 'node:sqlite';
import type { MonotonicClock } from '../../../src/base/clock.js';
import type { Feed, Outbox, SyncReport } from '../../../src/sync/index.js';
import type { FeedJob, FeedNews } from './feedJob.js';

const lib = new URL('../../../lib/', import.meta.url);
const load = async (path: string): Promise<unknown> => import(new URL(path, lib).href);
const sync = (await load('sync/index.js')) as typeof import('../../../src/sync/index.js');
const { LoyaltyClient } = (await load('client/index.js')) as typeof import('../../../src/client/index.js');
const { systemClock } = (await load('base/clock.js')) as typeof import('../../../src/base/clock.js');

function say(news: FeedNews): Promise<void> {
  return new Promise((resolve) => void process.send?.(news, () => resolve()));
}

/** As FastClock, which this process cannot load. */
function clockOf({ speed, origin }: FeedJob): MonotonicClock {
  return {
    now: () => origin + (Date.now() - origin) * speed,
    monotonic: () => systemClock.monotonic() * speed,
    sleep: (ms, signal) => systemClock.sleep(Math.ceil(ms / speed) + 1, signal),
  };
}

/** Kills the process at a commit, in the middle of whatever it does. */
function dieAt({ at, when }: NonNullable<FeedJob['dies']>): void {
  const die = (): void => {
    process.kill(process.pid, 'SIGKILL');
    // The signal arrives a moment later.
    for (;;);
  };
  let commits = 0;
  const exec = Object.getOwnPropertyDescriptor(DatabaseSync.prototype, 'exec')
    ?.value as typeof DatabaseSync.prototype.exec;
  DatabaseSync.prototype.exec = function (sql) {
    const isIt = sql === 'COMMIT' && ++commits === at;
    if (isIt && when === 'before') die();
    exec.call(this, sql);
    if (isIt) die();
  };
}

const state = { reads: false, requests: 0 };

function tell(): void {
  void say({ is: 'state', reads: state.reads, sends: state.requests > 0 });
}

/** Cuts the stretches of a feed into smaller ones, so that a short feed has many commits. */
function inStretches(feed: Feed, rows: number): Feed {
  return {
    ...feed,
    read: async function* ({ limit = Infinity, ...options }) {
      state.reads = true;
      tell();
      let { from } = options;
      for (let left = limit; left > 0;) {
        let hasRead = false;
        for await (const stretch of feed.read({ ...options, from, limit: Math.min(rows, left) })) {
          hasRead = true;
          left -= stretch.entries.length;
          from = stretch.position;
          yield stretch;
        }
        if (!hasRead) return;
      }
    },
  };
}

/** Sees what the process is doing. */
function watched(outbox: Outbox): Outbox {
  const { intake, delivery } = outbox;
  return instead(outbox, {
    intake: instead(intake, {
      accept: async (chunk) => {
        const decisions = await intake.accept(chunk);
        if (chunk.complete) state.reads = false;
        tell();
        return decisions;
      },
    }),
    delivery: instead(delivery, {
      pack: async (options) => {
        const batches = await delivery.pack(options);
        state.requests += batches.length;
        if (batches.length > 0) tell();
        return batches;
      },
      settle: async (outcomes) => {
        await delivery.settle(outcomes);
        state.requests = Math.max(0, state.requests - 1);
        tell();
      },
    }),
  });
}

/** Returns the object with other members. */
function instead<T extends object>(target: T, others: Partial<T>): T {
  return new Proxy(target, {
    get(_, name) {
      if (Object.hasOwn(others, name)) return Reflect.get(others, name);
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}

async function work(job: FeedJob): Promise<SyncReport> {
  const clock = clockOf(job);
  if (job.dies) dieAt(job.dies);
  const client = await LoyaltyClient.connect({
    ...{ instanceUrl: job.orgUrl, clientId: 'feed', clientSecret: 'none', timeout: job.timeout },
  });
  await using outbox = await sync.SqliteOutbox.open(job.outbox, { clock });
  const mapping = await sync.loadMapping(job.mapping);
  const latest = job.resumes ? await outbox.runs.find() : undefined;
  // Resuming a complete run would not read rows that the feed has gained since.
  const run = latest?.ending === 'complete' ? undefined : latest;
  const { program, settle, uniqueField, takeOver, batchSize } = job;
  const feeds = [inStretches(await sync.openFeed(job.feed, mapping), job.stretch)];
  const shared = { client, clock, program, settle, uniqueField, takeOver, batchSize, feeds };
  const options = { ...shared, outbox: watched(outbox), source: mapping.source, concurrency: 4 };
  return await (run ? sync.resumeSync({ ...options, run: run.id }) : sync.startSync(options));
}

process.once('message', (job: FeedJob) => {
  void work(job)
    .then(
      ({ ending, notes, stopped }): FeedNews => ({
        ...{ is: 'ended', how: ending, notes: notes.map(({ code }) => code) },
        ...(stopped && { message: stopped.message }),
      }),
      (error: unknown): FeedNews => ({
        ...{ is: 'ended', how: 'error', notes: [], message: error instanceof Error ? String(error.stack) : '' },
      }),
    )
    .then(say)
    .then(() => process.disconnect());
});
// Nobody is left to be told anything.
process.once('disconnect', () => process.exit());
flushCompileCache();
await say({ is: 'ready' });
