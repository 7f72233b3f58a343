import { expect } from 'chai';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkRejectLimit } from '../../src/sync/rejectLimit.js';
import { csvFeed, parseMapping, TooManyRejectsError, watchFile, watchSync } from '../../src/sync/index.js';
import type { Feed, SyncReport } from '../../src/sync/index.js';
import { expectToAddUp } from './org/counts.js';
import { Life } from './org/life.js';
import { receiptMapping } from './org/receiptMapping.js';
import { World } from './org/world.js';

const mapping = parseMapping(receiptMapping, 'map.yml');

const lines = [
  'Receipt,Card,Amount,Date',
  ...['1,A1,3', '1,A1,4', '2,B2,5', '3,A1,1', '3,A1,x', '4,A1,2', '5,x', '5,B2,1', '6,B2,1'].map(
    (row) => `${row},2026-04-03T08:00:00Z`,
  ),
];
const members = ['A1', 'B2'];

/** Each line arrives by itself, so that a group can be cut anywhere. */
async function* bytes(rows: readonly string[] = lines): AsyncGenerator<Uint8Array> {
  for (const line of rows) yield Buffer.from(`${line}\n`);
}

const feeds = (rows?: readonly string[]): Feed[] => [csvFeed(bytes(rows), mapping)];

describe('rows that are grouped, in a run', () => {
  it('become each transaction once if the run was killed before or after any of its rows were stored', async () => {
    let stored = 0;
    const undisturbed = await run(new Life((moment) => moment.endsWith(' accept') && ++stored < 0));
    // The text of line 8 may be of receipt 4, or of 5.
    expect(undisturbed.content).to.deep.equal(['A1 till:1 7', 'B2 till:2 5', 'B2 till:6 1']);
    expect(undisturbed.report.counts.rows).to.deep.equal({ read: 9, used: 4, skipped: 0, rejected: 5 });
    expectToAddUp(undisturbed.report.counts, { several: true });
    for (let instant = 1; instant <= stored; instant++) {
      let left = instant;
      const { content, report } = await run(new Life((moment) => moment.endsWith(' accept') && --left === 0));
      expect(content, `killed at ${instant}`).to.deep.equal(undisturbed.content);
      expect(report.counts, `killed at ${instant}`).to.deep.equal(undisturbed.report.counts);
    }
  });

  it('are known again, and a group that comes back with other lines is a conflict', async () => {
    await using world = new World([], { members });
    await world.start({ feeds: feeds(lines.slice(0, 4)) });
    const again = await world.start({ feeds: feeds([...lines.slice(0, 4), '1,A1,9,2026-04-03T08:00:00Z']) });
    expect(again.counts.rows).to.deep.equal({ read: 4, used: 4, skipped: 0, rejected: 0 });
    expect(again.counts.transactions).to.include({ made: 3, known: 2, conflict: 1 });
  });

  it('count by line for the limit of rejected rows, and for the limit of rows that are read', async () => {
    await using world = new World([], { members });
    const target = { field: () => undefined, writableNames: [], isRecord: false };
    const limit = (rows: number): Promise<void> =>
      checkRejectLimit(feeds(), {
        outbox: world.outbox,
        limit: { rows },
        target,
        mostRows: undefined,
        signal: undefined,
      });
    await limit(5);
    const error = await limit(4).catch((each: unknown) => each);
    expect(error).to.be.instanceOf(TooManyRejectsError);
    const { counts, notes } = await world.start({ feeds: feeds(), limit: 4 });
    expect(counts.rows, 'the receipt of the fourth row is read to its end').to.include({ read: 5 });
    expect(notes.map(({ message }) => message).join()).to.include('ended after 5 rows, because of the limit');
  });

  it('wait in a watched file, and are left, told and read later if the watch is ended before they are complete', async () => {
    await using world = new World([], { members });
    const folder = await mkdtemp(join(tmpdir(), 'groups-'));
    try {
      const path = join(folder, 'till.csv');
      await writeFile(path, `${lines.slice(0, 4).join('\n')}\n`);
      const watched = await watchFile(path, mapping, { until: AbortSignal.abort() });
      const { feeds: _, ...options } = world.options();
      const report = await watchSync({ ...options, watched });
      expect(report.ending).to.equal('unfinished');
      expect(report.counts.rows).to.include({ read: 2, used: 2 });
      expect(report.notes.find(({ code }) => code === 'group-open')?.message).to.include('lines 4 to 4, was not read');
      const resumed = await world.resume({ feeds: [csvFeed(path, mapping)] });
      expect(resumed.ending).to.equal('complete');
      expect(contentOf(world)).to.deep.equal(['A1 till:1 7', 'B2 till:2 5']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  async function run(life: Life): Promise<{ content: string[]; report: SyncReport }> {
    await using world = new World([], { members });
    let report = await Promise.race([world.start({ feeds: feeds() }, life), life.death]);
    while (report === 'died')
      report = await ((await world.outbox.runs.find())
        ? world.resume({ feeds: feeds() })
        : world.start({ feeds: feeds() }));
    return { content: contentOf(world), report };
  }
});

function contentOf({ org }: World): string[] {
  return org.tables.journals
    .map(({ member, number, content }) => `${member} ${number} ${content.TransactionAmount}`)
    .sort();
}
