/**
 * What a good engineer writes in an hour to bring a feed into an org: jsforce and p-queue, 200 journals in a request with
 * at most one of each member, 8 requests at a time, and after a failure the same again, later each time. It knows no
 * outbox. Its argument is a {@link LoopTask} as JSON; it sends a {@link LoopResult} to its parent.
 */
import { parse } from 'csv-parse';
import { Connection } from 'jsforce';
import { DateTime } from 'luxon';
import { createReadStream } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import { LoopBatches } from './loopBatches.js';
import { peakMegabytes } from './peakMemory.js';

export interface LoopTask {
  readonly url: string;
  readonly accessToken: string;
  readonly file: string;
}

export interface LoopResult {
  readonly seconds: number;
  readonly peakMegabytes: number;
  /** Requests that were given up. */
  readonly givenUp: number;
}

interface Journal {
  readonly MembershipNumber: string;
  readonly ExternalTransactionNumber: string;
}

const most = { tries: 6, atATime: 8, waiting: 16 };
const { url, accessToken, file } = JSON.parse(process.argv[2] ?? '') as LoopTask;
const connection = new Connection({ instanceUrl: url, accessToken, version: '66.0' });
const queue = new PQueue({ concurrency: most.atATime });
let givenUp = 0;

const startedAt = performance.now();
const batches = new LoopBatches<Journal>(200, ({ MembershipNumber }) => MembershipNumber);
for await (const journal of journals()) {
  for (const batch of batches.add(journal)) {
    await queue.onSizeLessThan(most.waiting);
    void queue.add(() => send(batch));
  }
}
for (const batch of batches.rest()) void queue.add(() => send(batch));
await queue.onIdle();
const seconds = (performance.now() - startedAt) / 1000;
process.send?.({ seconds, peakMegabytes: peakMegabytes(), givenUp } satisfies LoopResult);

async function* journals(): AsyncGenerator<Journal> {
  const times = new Map<string, number>();
  const rows = createReadStream(file).pipe(parse({ columns: true, bom: true }));
  for await (const row of rows as AsyncIterable<Record<string, string>>) {
    const natural = `${row['Receipt']}:${row['Product']}`;
    times.set(natural, (times.get(natural) ?? 0) + 1);
    yield {
      Status: 'Pending',
      ExternalTransactionNumber: `harbour:${natural}:${times.get(natural)}`,
      MembershipNumber: row['Member'] ?? '',
      JournalTypeName: 'Accrual',
      JournalSubTypeName: 'Purchase',
      ActivityDate: activityDate(row['Date'] ?? ''),
      TransactionAmount: Number((Number(row['Quantity']) * Number(row['UnitPrice'])).toFixed(2)),
      Quantity: Number(row['Quantity']),
      TransactionLocation: row['Store'],
      Comment: row['Description'],
    } as Journal;
  }
}

function activityDate(text: string): string | null {
  return DateTime.fromFormat(text, 'd/M/yyyy HH:mm', { zone: 'Europe/London' }).toUTC().toISO();
}

async function send(transactionJournals: readonly Journal[]): Promise<void> {
  for (let tries = 1; tries <= most.tries; tries++) {
    try {
      const answer = await connection.requestPost<{ status: boolean; message: string }>(
        '/connect/realtime/loyalty/programs/Harbour%20Rewards',
        { transactionJournals },
      );
      if (answer.status) return;
    } catch {
      // Whatever it was, the next try may succeed.
    }
    await sleep(250 * 2 ** tries * (0.5 + Math.random()));
  }
  givenUp += 1;
}
