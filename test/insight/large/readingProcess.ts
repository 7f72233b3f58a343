/** Reads a program into a cache, computes everything from it, and writes what it found into a folder, as `main.ts` asks. */
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { LoyaltyClient } from '../../../src/client/index.js';
import {
  builtInSegments,
  computeFeatures,
  openInsight,
  programReport,
  readPeriod,
  readProgramFacts,
  refreshCache,
  segmentMembers,
} from '../../../src/insight/index.js';
import type { FeatureWindows, InsightCache } from '../../../src/insight/index.js';
import { peakMegabytes } from '../../../bench/sync/peakMemory.js';
import type { LargeFound } from './largeFound.js';

const [url = '', programId = '', folder = '', today = '', period = ''] = process.argv.slice(2);

async function timed<T>(what: string, work: () => T | Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await work();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`  ${what}: ${seconds} s, peak so far ${Math.round(peakMegabytes())} MiB`);
  return result;
}

async function writeFeatures(cache: InsightCache, windows: FeatureWindows): Promise<void> {
  const everyone = { name: 'everyone', title: 'Everyone', all: [{ feature: 'pointsBalance' as const, known: true }] };
  const lines = segmentMembers(cache, everyone, windows).map((member) => `${JSON.stringify(member)}\n`);
  const file = Readable.from(lines).pipe(createWriteStream(join(folder, 'features.ndjson')));
  await once(file, 'finish');
}

const client = await LoyaltyClient.connect({ instanceUrl: url, clientId: 'app', clientSecret: 'secret' });
using cache = await openInsight({ client, programId, path: join(folder, 'cache.sqlite') });
const { rows } = await timed('reading', () => refreshCache({ client, cache }));
const facts = await readProgramFacts(client, programId);
const report = await timed('report', () => programReport(cache, facts, { period: readPeriod(period), by: 'channel' }));
const windows = await timed('features', () => computeFeatures(cache, facts, { segments: builtInSegments, today }));
const segments = await timed('segments', () =>
  builtInSegments.map(
    (segment) =>
      [
        segment.name,
        segmentMembers(cache, segment, windows)
          .map(({ memberId }) => memberId)
          .toArray(),
      ] as const,
  ),
);
await timed('features as a file', () => writeFeatures(cache, windows));
const found: LargeFound = {
  rows,
  measures: report.measures,
  groups: report.groups,
  segments: Object.fromEntries(segments),
};
await writeFile(join(folder, 'found.json'), JSON.stringify(found));
console.log(`  peak of memory: ${Math.round(peakMegabytes())} MiB`);
