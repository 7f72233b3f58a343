import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Emulator } from '../src/emulator/index.js';
import { createProgram, harbourRewards } from '../src/program/index.js';
import { immediateClock } from '../test/insight/immediateClock.js';
import { modelProgram } from '../test/insight/modelledProgram.js';
import { clientOf } from '../test/program/localOrg.js';
import type { InsightReading } from './insightReading.js';
import { message, say, start, whole } from './processes.js';

const sizes = [10_000, 100_000, 1_000_000];
/** Purchases, returns and other events in the life of a member, on average. */
const eventsOfMember = 2;
/** Of so many members, one changes until the second reading. */
const oneChangesOf = 1000;

/**
 * Reads a program of the size into an empty cache and makes a report, and does both again after some members have
 * changed. The org is a local one in this process, the reader a process of its own for each reading.
 * @param args numbers of members. Default: ten thousand, a hundred thousand and a million
 */
export async function benchInsight(args: readonly string[]): Promise<void> {
  say('\n| members | reading | records | API calls | reading, s | report, s | peak memory, MB |');
  say('|---|---|---|---|---|---|---|');
  for (const members of args.length === 0 ? sizes : args.map(Number)) await readTwice(members);
}

async function readTwice(members: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-insight-'));
  let now = Date.parse('2026-11-20T08:00:00Z');
  const org = await Emulator.start({ clock: { ...immediateClock, now: () => now } });
  try {
    await createProgram(await clientOf(org), harbourRewards);
    const { programId, members: all } = modelProgram(org, { members, events: members * eventsOfMember });
    now += 3_600_000;
    row(members, 'the first', await reading(org, programId, folder));
    now += 3_600_000;
    org.store.transaction(() => {
      for (let index = 0; index < members; index += oneChangesOf) {
        org.store.update('LoyaltyProgramMember', all[index]?.id ?? '', { EnrollmentChannel: 'Partner' }, { as: 'org' });
      }
    });
    now += 3_600_000;
    row(members, 'the second', await reading(org, programId, folder));
  } finally {
    await org.stop();
    await rm(folder, { recursive: true });
  }
}

async function reading(org: Emulator, programId: string, folder: string): Promise<InsightReading & { calls: number }> {
  org.requests.reset();
  const result = await message<InsightReading>(start('insightReading.ts', [org.url, programId, folder]));
  const calls = Object.values(org.requests.toObject()).reduce((sum, count) => sum + count, 0);
  return { ...result, calls };
}

function row(members: number, which: string, measured: InsightReading & { calls: number }): void {
  const { records, calls, readingSeconds, reportSeconds, peakMegabytes } = measured;
  const times = `${readingSeconds.toFixed(1)} | ${reportSeconds.toFixed(1)} | ${whole(peakMegabytes)}`;
  say(`| ${whole(members)} | ${which} | ${whole(records)} | ${calls} | ${times} |`);
}
