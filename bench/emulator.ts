import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bareInserts } from './bareTable.js';
import { OrgLoad } from './orgLoad.js';
import type { Row } from './orgLoad.js';
import { message, say, secondsOf, start, whole } from './processes.js';

const run = promisify(execFile);
const memberCount = 100_000;
const jobs = 10;
const rowsPerJob = 100_000;
const executedPerRound = 8000;

/**
 * Measures how fast a local org starts, stores rows and answers, depending on how many rows are in memory. Needs a
 * build in lib/.
 */
export async function benchEmulator(): Promise<void> {
  await startUp();
  const org = start('localOrg.ts');
  const { url, accessToken } = await message<{ url: string; accessToken: string }>(org);
  await using load = new OrgLoad(url, accessToken);
  try {
    const { programId, journalTypeId } = await load.program();
    const memberIds = await members(load, programId);
    await executed(load);
    await journals(load, (index) => ({
      LoyaltyProgramId: programId,
      MemberId: memberIds[index % memberCount] ?? '',
      JournalTypeId: journalTypeId,
      ActivityDate: '2026-05-01T10:00:00.000Z',
      ExternalTransactionNumber: `till:${index}`,
      TransactionAmount: (index % 9000) / 100,
      Status: 'Pending',
    }));
    org.send('memory');
    say(`  held in ${whole(await message<number>(org))} MB`);
    await queries(load, memberIds);
  } finally {
    org.disconnect();
  }
}

async function startUp(): Promise<void> {
  say('\nStart-up, beside a Node process that does nothing');
  for (const round of [1, 2, 3]) {
    const bare = await secondsOf(() => run(process.execPath, ['-e', '0']));
    const listening = await secondsOf(listen);
    say(`  round ${round}: ${milliseconds(listening)} until it listens, Node ${milliseconds(bare)}`);
  }
}

/** Starts the same process as `sf loyalty emulator start --detach`, from the build. */
async function listen(): Promise<void> {
  const child = fork(join(import.meta.dirname, '../lib/emulator/detached/detachedMain.js'), ['{"port":0}'], {
    execArgv: [],
  });
  await message(child);
  child.kill();
  await once(child, 'exit');
}

async function members(load: OrgLoad, programId: string): Promise<string[]> {
  say('\nsObject Collections, 200 rows in a request, 4 at a time, beside SQLite alone with the same tables');
  const rows: Row[] = Array.from({ length: memberCount }, (_, index) => ({
    ProgramId: programId,
    MembershipNumber: `M-${index}`,
    MemberStatus: 'Active',
    MemberType: 'Individual',
    EnrollmentDate: '2026-01-01',
  }));
  const startedAt = performance.now();
  const ids = await load.collections('LoyaltyProgramMember', rows);
  const perSecond = memberCount / ((performance.now() - startedAt) / 1000);
  say(`  ${whole(memberCount)} members: ${compared(perSecond, bareInserts('LoyaltyProgramMember', rows))}`);
  return ids;
}

/** With points, progress and tiers of the example program. */
async function executed(load: OrgLoad): Promise<void> {
  say('\nReal-time journals through the built-in rules, 200 in a request, one request after the other');
  for (const round of [1, 2, 3]) {
    const rows = Array.from({ length: executedPerRound }, (_, index) => ({
      ActivityDate: '2026-05-01T10:00:00Z',
      JournalTypeName: 'Accrual',
      MembershipNumber: `M-${index % 500}`,
      ExternalTransactionNumber: `rule:${round}:${index}`,
      TransactionAmount: (index % 9000) / 100 + 1,
    }));
    const seconds = await secondsOf(() => load.execute(rows));
    say(`  round ${round}: ${whole(executedPerRound / seconds)} journals/s`);
  }
}

async function journals(load: OrgLoad, journal: (index: number) => Row): Promise<void> {
  say(`\nBulk API 2.0, ${whole(rowsPerJob)} rows in a job, from its creation to its end`);
  for (let job = 0; job < jobs; job++) {
    const rows = Array.from({ length: rowsPerJob }, (_, index) => journal(job * rowsPerJob + index));
    const csv = csvOf(rows);
    const pauses = new Pauses(load);
    const seconds = await secondsOf(() => load.bulk('TransactionJournal', csv));
    const longest = await pauses.end();
    const perSecond = compared(rowsPerJob / seconds, bareInserts('TransactionJournal', rows));
    say(
      `  ${whole((job + 1) * rowsPerJob).padStart(9)} journals: ${perSecond}; other callers waited up to ${longest.toFixed(0)} ms`,
    );
  }
}

/** Sends a trivial request again and again, and remembers the slowest answer. */
class Pauses {
  #longest = 0;
  #isOver = false;
  readonly #asking: Promise<void>;

  constructor(load: OrgLoad) {
    this.#asking = this.#ask(load);
  }

  async end(): Promise<number> {
    this.#isOver = true;
    await this.#asking;
    return this.#longest;
  }

  async #ask(load: OrgLoad): Promise<void> {
    while (!this.#isOver) {
      const seconds = await secondsOf(() => load.nothing());
      this.#longest = Math.max(this.#longest, seconds * 1000);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

async function queries(load: OrgLoad, memberIds: readonly string[]): Promise<void> {
  const held = jobs * rowsPerJob;
  say(`\nQueries over ${whole(held)} journals and ${whole(memberCount)} members, one after the other`);
  const any = (round: number): number => (round * 7919) % held;
  const numbers = (round: number): string =>
    Array.from({ length: 200 }, (_, index) => `'till:${any(round * 200 + index)}'`).join(', ');
  const asked: Record<string, (round: number) => Promise<unknown>> = {
    'nothing, for comparison': () => load.nothing(),
    'a journal by its number': (round) =>
      load.query(`SELECT Id, Status FROM TransactionJournal WHERE ExternalTransactionNumber = 'till:${any(round)}'`),
    '200 journals by their numbers': (round) =>
      load.query(`SELECT Id, Status FROM TransactionJournal WHERE ExternalTransactionNumber IN (${numbers(round)})`),
    "a member's journals, latest first": (round) =>
      load.query(
        `SELECT Id, TransactionAmount FROM TransactionJournal WHERE MemberId = '${memberIds[any(round) % memberCount]}' ORDER BY ActivityDate DESC`,
      ),
    'journals by the number of their member': (round) =>
      load.query(
        `SELECT Id, Member.MemberStatus FROM TransactionJournal WHERE Member.MembershipNumber = 'M-${any(round) % memberCount}'`,
      ),
    'a member by its number': (round) =>
      load.query(
        `SELECT Id, ProgramId FROM LoyaltyProgramMember WHERE MembershipNumber = 'M-${any(round) % memberCount}'`,
      ),
  };
  for (const [what, ask] of Object.entries(asked)) {
    const times: number[] = [];
    for (let round = 0; round < 500; round++) times.push((await secondsOf(() => ask(round))) * 1000);
    times.sort((one, other) => one - other);
    say(`  ${what}: median ${times[250]?.toFixed(2)} ms, 99 of 100 within ${times[494]?.toFixed(2)} ms`);
  }
}

function compared(ours: number, bare: number): string {
  return `${whole(ours)} rows/s, SQLite ${whole(bare)} rows/s, ratio ${(ours / bare).toFixed(2)}`;
}

function csvOf(rows: readonly Row[]): string {
  const header = Object.keys(rows[0] ?? {}).join(',');
  return `${[header, ...rows.map((row) => Object.values(row).join(','))].join('\n')}\n`;
}

function milliseconds(seconds: number): string {
  return `${(seconds * 1000).toFixed(0)} ms`;
}
