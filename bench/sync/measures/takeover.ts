import { setTimeout } from 'node:timers/promises';
import { openInbox } from 'sf-plugin-loyalty/sync';
import { PostgresServer } from '../../../test/support/postgresServer.js';
import type { Measure } from '../measure.js';
import { runSync } from '../runSync.js';
import type { RunningServer } from '../serverProcess.js';
import { withServer } from '../serverProcess.js';
import { StartedWorker } from '../startedWorker.js';

const rows = 100_000;
/** Transactions that are handed in, of so many members. */
const handedIn = 20_000;
const members = 10_000;
const entrySize = 500;
/** How long the org takes for each request, in milliseconds. What was under way at the kill is answered by then. */
const latency = 400;
/** Answers after which the active worker is killed: it has several requests under way. */
const before = 4;
/** Most milliseconds to wait for the other one. */
const patience = 120_000;

const what = `two workers, ${rows.toLocaleString('en')} transactions in the log, the active one is killed with SIGKILL`;

/** One worker goes on after another one, with the default lease of 10 seconds. */
export const takeover: Measure = {
  lines: {
    seconds: {
      what: `${what}: until the other one sends journals`,
      ...{ unit: 's', digits: 1, better: 'less', must: 15 },
    },
    beyond: { what: '… of that after the end of the lease', unit: 's', digits: 1, better: 'less' },
    standby: { what: '… memory of the standby before', unit: 'MB', digits: 0, better: 'less' },
  },
  async round({ feeds, scale }) {
    const feed = await feeds.make('even', rows / scale);
    await using database = await PostgresServer.start();
    const outbox = await database.createDatabase();
    await withServer({}, ({ url }) => runSync(url, feed, { outbox }));
    return await withServer({ latency }, async (org) => {
      await using active = await StartedWorker.start(org.url, outbox);
      await active.active;
      await using other = await StartedWorker.start(org.url, outbox);
      await other.standsBy;
      const standby = await other.megabytes();
      await handIn(outbox);
      await answered(org, { count: before, after: 0 });
      const killedAt = active.kill();
      const [lease] = await database.query(
        new URL(outbox).pathname.slice(1),
        'SELECT extract(epoch FROM lease_until - clock_timestamp())::float8 AS left FROM loyalty_outbox.outbox',
      );
      const sentAt = (await answered(org, { count: 1, after: killedAt + 2 * latency })) - latency;
      const seconds = (sentAt - killedAt) / 1000;
      return { seconds, beyond: seconds - Number(lease?.['left']), ...(standby !== undefined && { standby }) };
    });
  },
};

async function handIn(outbox: string): Promise<void> {
  await using inbox = await openInbox(outbox);
  for (let number = 0; number < handedIn; number += entrySize)
    await inbox.add(Array.from({ length: entrySize }, (_, index) => sale(number + index)));
}

function sale(number: number): { key: string; member: string; journal: Record<string, string> } {
  return {
    key: `harbour:takeover-${number}`,
    member: `HR-${100_001 + (number % members)}`,
    journal: { ActivityDate: '2026-09-01T07:05:00Z', JournalTypeName: 'Accrual', TransactionAmount: '3.40' },
  };
}

/** Waits for so many answers after a time. Returns when the last of them was given. */
async function answered(org: RunningServer, { count, after }: { count: number; after: number }): Promise<number> {
  const until = performance.now() + patience;
  while (performance.now() < until) {
    const { answers } = await org.log();
    const at = answers.filter(([time]) => time > after)[count - 1]?.[0];
    if (at !== undefined) return at;
    await setTimeout(50);
  }
  throw new Error(`No journals were sent within ${patience / 1000} seconds.`);
}
