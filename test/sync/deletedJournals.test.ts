import { expect } from 'chai';
import type { SyncReport } from '../../src/sync/index.js';
import { failure } from './org/answers.js';
import { purchase, purchases } from './org/arrayFeed.js';
import { deleteJournal, endingOf, failFirst } from './org/deletedJournal.js';
import { World } from './org/world.js';
import { openService } from './service/liveWorld.js';

const minutes = 60_000;
const hours = 60 * minutes;
const members = ['A1', 'B2', 'C3', 'D4', 'E5', 'F6'];
const rows = purchases(3, members);
const corrected = [purchase('1', 'A1', 'tea'), ...rows.slice(1)];

type Step = (world: World) => Promise<unknown>;
type History = readonly [name: string, begin: (world: World) => Promise<SyncReport>, ...Step[]];

/** The org stores a journal of `till:1` and fails to run it, so the purchase is refused. */
const refused = async (world: World): Promise<SyncReport> => {
  failFirst(world);
  const report = await world.start();
  expect(report.counts.items).to.include({ done: 2, refused: 1 });
  world.org.faulty.clear();
  return report;
};

const delivered = (world: World): Promise<SyncReport> => world.start();

/** Another system has stored a journal that it has not run. */
const pendingOfOthers = (world: World): Promise<SyncReport> => {
  world.org.hold({ number: 'till:1', member: 'A1', status: 'Pending' });
  return world.start();
};

const deletes =
  (number: string): Step =>
  async (world) => {
    deleteJournal(world, number);
  };

const setsPending: Step = async ({ org }) => void (org.tables.journals[0]!.status = 'Pending');

const reads =
  (given: World['rows']): Step =>
  async (world) => {
    world.rows = given;
    await runs(world.start());
  };

const retries: Step = (world) => runs(world.retry());

async function runs(running: Promise<SyncReport>): Promise<void> {
  expect(endingOf(await running)).to.deep.equal(['complete', undefined]);
}

const histories: readonly History[] = [
  ['a failed journal is deleted, and its purchase retried', refused, deletes('till:1'), retries],
  [
    'a failed journal is deleted, and its purchase retried after another run',
    refused,
    deletes('till:1'),
    reads(rows),
    retries,
  ],
  ['a failed journal is deleted, and its purchase corrected', refused, deletes('till:1'), reads(corrected)],
  ['a failed journal is deleted', refused, deletes('till:1'), reads(rows)],
  ['a failed journal is left, and its purchase retried', refused, retries],
  ['a failed journal is set to Pending, and its purchase retried', refused, setsPending, retries],
  ['a failed journal is given corrected content', refused, reads(corrected), retries],
  ['a journal that has run is deleted', delivered, deletes('till:2'), reads(rows)],
  ['a pending journal of others is run', pendingOfOthers, (world) => runs(world.retry({ runPending: true }))],
  [
    'the content of the org is kept',
    delivered,
    reads(corrected),
    (world) => runs(world.retry({ keepOrg: ['till:1'] })),
  ],
];

/** Somebody else sends `till:4`. It must not be sent again. */
async function expectOtherNoticed(world: World): Promise<void> {
  world.org.hold({ number: 'till:4', member: 'D4', status: 'Processed' });
  world.rows = purchases(5, members);
  const report = await world.start();
  expect(report.ending).to.equal('complete');
  expect(report.notes.map(({ code }) => code)).to.include('outbox-not-newest');
  expect(world.effects()).to.include({ 'till:5': 1 }).and.to.not.have.property('till:4');
}

/** Once something has run, the org no longer answers how many journals it has. */
async function withoutLastQuestion({ org }: World, run: () => Promise<SyncReport>): Promise<void> {
  const before = org.effects.length;
  org.queryFate = (soql) =>
    soql.startsWith('SELECT COUNT()') && org.effects.length > before ? failure(503, 'SERVER_UNAVAILABLE') : undefined;
  expect((await run()).stopped?.code).to.equal('END_NOT_PROVED');
  org.queryFate = () => undefined;
}

describe('the count of the journals in the org, when a person has changed them', () => {
  for (const [level, hasMarkers] of [
    [0, false],
    [1, true],
  ] as const)
    for (const [when, pause] of [
      ['within a window', minutes],
      ['hours later', 3 * hours],
    ] as const)
      for (const [what, begin, ...steps] of histories)
        it(`level ${level}, ${what}, ${when}: nobody is taken for another writer, and another writer is noticed`, async () => {
          await using world = new World(rows, { members, hasMarkers });
          await begin(world);
          for (const step of steps) {
            await world.clock.sleep(pause);
            await step(world);
          }
          await expectOtherNoticed(world);
        });

  it('journals that were run by their Ids are counted once, even if the org does not answer at the end', async () => {
    await using world = new World(rows, { members });
    await pendingOfOthers(world);
    await world.clock.sleep(hours);
    await withoutLastQuestion(world, () => world.retry({ runPending: true, wait: 0 }));
    expect(world.effects()).to.include({ 'till:1': 1 });
    await expectOtherNoticed(world);
  });

  it('a journal that is deleted hides nobody from a process that goes on', async () => {
    await using world = new World([], { members });
    const service = await openService(world);
    await service.push(purchase('1', 'A1'));
    await world.clock.sleep(2 * minutes);
    await deletes('till:1')(world);
    await service.push(purchase('2', 'B2'));
    await world.clock.sleep(2 * minutes);
    world.org.hold({ number: 'till:9', member: 'C3', status: 'Processed' });
    await service.push(purchase('3', 'C3'));
    expect(endingOf(await service.drain())).to.deep.equal(['stopped', 'ANOTHER_WRITER']);
  });

  it('a corrected purchase whose journal was deleted is no other writer to a process that goes on', async () => {
    await using world = new World([], { members });
    const { org } = world;
    failFirst(world);
    const service = await openService(world);
    await service.push(purchase('1', 'A1'));
    await world.clock.sleep(2 * minutes);
    expect(await service.outcome('till:1')).to.include({ is: 'refused' });
    await deletes('till:1')(world);
    org.faulty.clear();
    for (const key of ['2', '3', '4']) {
      await service.push(purchase(key, 'B2'));
      await world.clock.sleep(2 * minutes);
    }
    await service.push(purchase('1', 'A1', 'tea'));
    await world.clock.sleep(2 * minutes);
    await service.push(purchase('5', 'C3'));
    await world.clock.sleep(2 * minutes);
    expect(endingOf(await service.drain())).to.deep.equal(['complete', undefined]);
    expect(world.effects()).to.include({ 'till:1': 1, 'till:5': 1 });
  });
});
