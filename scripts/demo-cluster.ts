/**
 * `npm run demo:cluster`: an outbox that machines share, on this machine. Starts a database and a local org, three workers,
 * of which two send requests for the active one, and two doors that hand 3,000 purchases in. Kills the active worker on
 * the way, and counts what is in the org.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { printable } from '../src/base/text/printable.js';
import { SyncWorkerResult } from '../src/cli/sync/syncWorkerResult.js';
import { Emulator } from '../src/emulator/index.js';
import { LoyaltyClient } from '../src/index.js';
import { createProgram, harbourRewards } from '../src/program/index.js';
import { openInbox } from '../src/sync/index.js';
import type { Transaction } from '../src/sync/index.js';
import { PostgresServer } from '../test/support/postgresServer.js';

const purchases = 3000;
const members = 100;
/** Purchases in an entry, and entries of each door. */
const entrySize = 50;
const entries = purchases / entrySize / 2;

/** How long the org takes for a request with purchases, in milliseconds. */
const answerTime = 100;

const startedAt = Date.now();
const say = (line: string): void =>
  console.log(printable(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(5)} s  ${line}`));

interface Worker {
  readonly name: string;
  readonly process: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<unknown>;
  /** Resolves when it is active. */
  readonly active: Promise<unknown>;
  /** Resolves when it is a standby. */
  readonly knowsHolder: Promise<unknown>;
}

const home = await mkdtemp(join(tmpdir(), 'loyalty-cluster-'));
const workers: Worker[] = [];
try {
  await using server = await PostgresServer.start();
  await using org = await Emulator.start({ settings: { allowNegativeBalance: true } });
  const address = `${await server.createDatabase()}?outbox=shop&lease=5`;
  say(`A database is at ${address}, and a local org at ${org.url}.`);
  await fillOrg(org);
  const match = { method: 'POST', path: '/connect/realtime/*' } as const;
  org.faults.replace({ seed: 1, rules: [{ fault: 'latency', milliseconds: answerTime, match }] });
  say(
    `The org has the program "${harbourRewards.name}" with ${members} members, and takes ${answerTime} ms for a request with purchases.`,
  );
  const first = startWorker('A', org, address);
  workers.push(first);
  await first.active;
  workers.push(startWorker('B', org, address), startWorker('C', org, address));
  await Promise.all(workers.slice(1).map(({ knowsHolder }) => knowsHolder));

  const handedIn = Promise.all([handIn('door 1', address, 0), handIn('door 2', address, purchases / 2)]);
  while (journalsIn(org).length < purchases / 3) await setTimeout(20);
  first.process.kill('SIGKILL');
  say(`Killed worker ${first.name} with SIGKILL when ${journalsIn(org).length} purchases were in the org.`);
  const rest = workers.filter((worker) => worker !== first);
  const second = await Promise.race(rest.map(async (worker) => worker.active.then(() => worker)));
  await handedIn;
  while (new Set(journalsIn(org)).size < purchases) await setTimeout(50);
  say('Every purchase is in the org. Telling the other workers to end, with SIGTERM.');
  for (const { process } of rest) process.kill('SIGTERM');
  await Promise.all(rest.map(({ ended }) => ended));
  for (const worker of rest) showHelp(worker);
  showReport(second);
  check(journalsIn(org));
} finally {
  for (const { process } of workers) process.kill('SIGKILL');
  await Promise.all(workers.map(({ ended }) => ended));
  await rm(home, { recursive: true, force: true });
}

async function fillOrg(org: Emulator): Promise<void> {
  const client = await LoyaltyClient.connect({ instanceUrl: org.url, clientId: 'demo', clientSecret: 'none' });
  await createProgram(client, harbourRewards);
  for (let number = 0; number < members; number++)
    await client.members.enroll(harbourRewards.name, {
      enrollmentDate: '2026-01-01T00:00:00',
      membershipNumber: memberOf(number),
      associatedContactDetails: { lastName: 'Member' },
      memberStatus: 'Active',
    });
}

function memberOf(number: number): string {
  return `HR-${100_001 + (number % members)}`;
}

function startWorker(name: string, { url, accessToken }: Emulator, outbox: string): Worker {
  const delivery = ['--batch-size', '10', '--concurrency', '2', '--settle', '2', '--results-dir', join(home, name)];
  const args = ['--source', 'till', '--outbox', outbox, '--target-org', accessToken, ...delivery, '--json'];
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../bin/run.js'), 'loyalty', 'sync', 'worker', ...args],
    {
      env: {
        ...{ PATH: process.env['PATH'], HOME: home, USERPROFILE: home, LOCALAPPDATA: home },
        // The later ones start faster.
        NODE_COMPILE_CACHE: join(home, 'compiled'),
        ...{ SF_ORG_INSTANCE_URL: url, SF_USE_GENERIC_UNIX_KEYCHAIN: 'true', SF_DISABLE_TELEMETRY: 'true' },
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const active = Promise.withResolvers<undefined>();
  const standby = Promise.withResolvers<undefined>();
  createInterface({ input: child.stderr }).on('line', (line) => {
    say(`Worker ${name}: ${line}`);
    if (line.startsWith('Active:')) active.resolve(undefined);
    if (line.startsWith('Standby:')) standby.resolve(undefined);
  });
  const ended = once(child, 'close');
  return { name, process: child, output: () => output, ended, active: active.promise, knowsHolder: standby.promise };
}

/** Hands its half of the purchases in, a few at a time, as a till or a shop would. */
async function handIn(name: string, address: string, from: number): Promise<void> {
  await using inbox = await openInbox(address);
  for (let entry = 0; entry < entries; entry++) {
    await inbox.add(Array.from({ length: entrySize }, (_, index) => purchase(from + entry * entrySize + index)));
    await setTimeout(100);
  }
  say(`The ${name} has handed in ${purchases / 2} purchases.`);
}

function purchase(number: number): Transaction {
  return {
    key: `till:${number + 1}`,
    member: memberOf(number),
    journal: { ActivityDate: '2026-09-01T07:05:00Z', JournalTypeName: 'Accrual', TransactionAmount: '3.40' },
  };
}

function journalsIn({ store }: Emulator): string[] {
  return store.find('TransactionJournal', {}).map((row) => String(row['ExternalTransactionNumber']));
}

function showHelp(worker: Worker): void {
  say(`Worker ${worker.name} has sent ${resultOf(worker).sentForOthers} requests for the others.`);
}

function resultOf({ output }: Worker): SyncWorkerResult {
  return SyncWorkerResult.parse((JSON.parse(output()) as { result: unknown }).result);
}

function showReport(worker: Worker): void {
  const { name, output } = worker;
  const { report } = resultOf(worker);
  if (!report) throw new Error(`Worker ${name} has no report: ${output()}`);
  const { transactions, items } = report.counts;
  say(`The run of worker ${name} is ${report.ending}:`);
  say(
    `  handed in      ${transactions.made} = ${transactions.new} new + ${transactions.made - transactions.new} known`,
  );
  say(`  to deliver     ${items.new + items.carriedOver} = ${items.new} new + ${items.carriedOver} carried over`);
  say(`  in the org     ${items.done} = ${items.sentNow} sent from this outbox + ${items.found} found`);
}

function check(journals: readonly string[]): void {
  const isRight = journals.length === purchases && new Set(journals).size === purchases;
  say(
    `The org has ${journals.length} journals, ${new Set(journals).size} of them different, of ${purchases} purchases.`,
  );
  if (!isRight) throw new Error('Purchases are missing or doubled.');
}
