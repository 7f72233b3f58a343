/**
 * `npm run test:insight-large -- 50000 1000000`: the number of members, and of events in their lives. Compares measures,
 * features and segments of a large program with an independent calculation, before and after members were merged, and
 * prints the peak of memory of the process that computes them.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { isDeepStrictEqual } from 'node:util';
import { Emulator } from '../../../src/emulator/index.js';
import { periodBefore, readPeriod } from '../../../src/insight/index.js';
import type { ReportedMeasure, SegmentMember } from '../../../src/insight/index.js';
import { createProgram, harbourRewards } from '../../../src/program/index.js';
import { clientOf } from '../../program/localOrg.js';
import { immediateClock } from '../immediateClock.js';
import { independentFeatures } from '../independentFeatures.js';
import { independentMeasures } from '../independentMeasures.js';
import { independentSegments } from '../independentSegments.js';
import { mergeMembers } from '../modelledMergers.js';
import { modelProgram } from '../modelledProgram.js';
import type { ModelledProgram } from '../programModel.js';
import type { LargeFound } from './largeFound.js';
import { wholeNumbers } from '../../support/wholeNumbers.js';

const today = '2026-11-20';
const period = '2026-10';
const spans = [30, 365];
const [members = 50_000, events = 1_000_000] = wholeNumbers(process.argv.slice(2));

function differingMeasures(measures: readonly ReportedMeasure[], model: ModelledProgram, what: string): string[] {
  const expected = independentMeasures(model, readPeriod(period), periodBefore(readPeriod(period)));
  return measures
    .filter(({ key, value }) => !(Math.abs((value ?? 0) - (expected[key] ?? 0)) < 1e-6))
    .map(({ key, value }) => `${what}: ${key} is ${value} instead of ${expected[key]}`);
}

function ofChannel(model: ModelledProgram, channel: string): ModelledProgram {
  const isOf = ({ member }: { member: { channel: string } }): boolean => member.channel === channel;
  return {
    ...model,
    members: model.members.filter((member) => member.channel === channel),
    events: model.events.filter(isOf),
    vouchers: model.vouchers.filter(isOf),
  };
}

async function* differingFeatures(
  file: string,
  expected: ReturnType<typeof independentFeatures>,
): AsyncGenerator<string> {
  let seen = 0;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const { memberId, features } = JSON.parse(line) as SegmentMember;
    seen += 1;
    for (const [name, value] of Object.entries(features)) {
      const other = expected.get(memberId)?.[name];
      if (!isDeepStrictEqual(value, other)) yield `${memberId}: ${name} is ${value} instead of ${other}`;
    }
  }
  if (seen !== expected.size) yield `${seen} members instead of ${expected.size}`;
}

async function differences(folder: string, model: ModelledProgram): Promise<string[]> {
  const found = JSON.parse(await readFile(join(folder, 'found.json'), 'utf8')) as LargeFound;
  console.log(`  ${found.rows} records were read`);
  const features = independentFeatures(model, today, spans);
  const segments = Object.entries(independentSegments(features)).filter(
    ([name, ids]) => !isDeepStrictEqual(found.segments[name], ids.sort()),
  );
  return [
    ...differingMeasures(found.measures, model, 'all'),
    ...found.groups.flatMap(({ group, measures }) => differingMeasures(measures, ofChannel(model, group), group)),
    ...(await Array.fromAsync(differingFeatures(join(folder, 'features.ndjson'), features))),
    ...segments.map(([name, ids]) => `${name} has ${found.segments[name]?.length} members instead of ${ids.length}`),
  ];
}

async function readBy(org: Emulator, { programId }: ModelledProgram, folder: string): Promise<void> {
  const args = ['--import', 'tsx', join(import.meta.dirname, 'readingProcess.ts')];
  org.requests.reset();
  const child = spawn(process.execPath, [...args, org.url, programId, folder, today, period], { stdio: 'inherit' });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`The reading process ended with ${code}.`);
  const calls = Object.values(org.requests.toObject()).reduce((sum, count) => sum + count, 0);
  console.log(`  ${calls} API calls`);
}

let now = Date.parse(`${today}T08:00:00Z`);
const folder = await mkdtemp(join(tmpdir(), 'insight-large-'));
const org = await Emulator.start({ clock: { ...immediateClock, now: () => now } });
try {
  const client = await clientOf(org);
  await createProgram(client, harbourRewards);
  console.log(`${members} members and ${events} events`);
  const first = modelProgram(org, { members, events });
  now += 3_600_000;
  await readBy(org, first, folder);
  const before = await differences(folder, first);
  now += 3_600_000;
  console.log('after mergers');
  const merged = await mergeMembers(client, first, 50);
  await readBy(org, merged, folder);
  const failures = [...before, ...(await differences(folder, merged))];
  console.log(
    failures.length === 0
      ? 'no difference'
      : `${failures.length} differences, such as:\n  ${failures.slice(0, 20).join('\n  ')}`,
  );
  process.exitCode = failures.length === 0 ? 0 : 1;
} finally {
  await org.stop();
  await rm(folder, { recursive: true });
}
