import { expect } from 'chai';
import { seededRandom } from '../../src/base/random.js';
import type { Random } from '../../src/base/random.js';
import { exitCode, planSync, SqliteOutbox } from '../../src/sync/index.js';
import type { SyncReport } from '../../src/sync/index.js';
import { purchases } from './org/arrayFeed.js';
import { manyMembers } from './org/fates.js';
import type { Execution, FakeOrg, Fate } from './org/fakeOrg.js';
import { failure } from './org/answers.js';
import { World } from './org/world.js';

interface Lie {
  readonly says: string;
  /** What the org does in this history. */
  readonly lies: (world: World, random: Random) => void;
  /**
   * Who must name the difference between what the outbox says and what the org has: the run itself, or a dry run that
   * knows only what the org knows. `nobody`: the lie has no consequence.
   */
  readonly namedBy: 'run' | 'dryRun' | 'nobody';
}

const often = 0.4;

/**
 * What an org can do that no protocol prevents. A process checks what its first answered request has stored, and stops
 * if the org does not show it. An org that starts to lie later is found out by the next look-up.
 */
const table: readonly Lie[] = [
  { says: 'always answers "done" and stores nothing', lies: lying('storesNothing', 1), namedBy: 'run' },
  { says: 'stores every journal twice', lies: lying('storesTwice', 1), namedBy: 'run' },
  { says: 'shows nothing of what it stores', lies: hidingAll, namedBy: 'run' },
  { says: 'now and then answers "done" and stores nothing', lies: lying('storesNothing'), namedBy: 'dryRun' },
  { says: 'now and then stores journals twice', lies: lying('storesTwice'), namedBy: 'dryRun' },
  { says: 'answers with the results of another request', lies: lying('answersAnother'), namedBy: 'nobody' },
  { says: 'hides in look-ups what it has stored', lies: hiding, namedBy: 'dryRun' },
  { says: 'has stored twice what it shows after a lost answer', lies: losingTwice, namedBy: 'run' },
  { says: 'shows other content than was sent, after a lost answer', lies: changing, namedBy: 'run' },
];

function loseLookUps({ org }: World, count: number): void {
  let left = count;
  org.queryFate = (soql) =>
    soql.includes('ExternalTransactionNumber IN') && left-- > 0 ? failure(502, null) : undefined;
}

function lying(lie: NonNullable<Fate['lie']>, share = often): Lie['lies'] {
  return ({ org }, random) => {
    org.fate = (execution) => ({ ...org.honest(execution), ...(random.next() < share && { lie }) });
  };
}

function hidingAll({ org }: World): void {
  org.fate = (execution) => {
    for (const { number } of execution.journals) org.hidden.add(number);
    return org.honest(execution);
  };
}

/** Loses answers, and hides what was stored then. */
function hiding({ org }: World, random: Random): void {
  org.fate = (execution) => {
    if (random.next() >= often) return org.honest(execution);
    if (isFirst(org, execution)) for (const { number } of execution.journals) org.hidden.add(number);
    return { ...org.honest(execution), answer: 'reset' };
  };
}

function losingTwice({ org }: World, random: Random): void {
  org.fate = (execution) => {
    if (random.next() >= often) return org.honest(execution);
    return { ...org.honest(execution), answer: 'reset', lie: 'storesTwice' };
  };
}

/** Changes the amount of what was just stored, as a trigger can. */
function changing({ org, clock }: World, random: Random): void {
  org.fate = (execution) => {
    const honest = org.honest(execution);
    if (random.next() >= often) return honest;
    clock.after((honest.storesAt ?? 0) + 1, () => {
      for (const journal of org.tables.journals) {
        if (execution.journals.some(({ number }) => number === journal.number)) {
          journal.content = { ...journal.content, TransactionAmount: 1 };
        }
      }
    });
    return { ...honest, answer: 'reset' };
  };
}

function isFirst(org: FakeOrg, { journals }: Execution): boolean {
  return journals.every(({ number }) => !org.tables.journals.some((journal) => journal.number === number));
}

/** Returns the keys whose purchase the org does not have exactly once, as it was sent. */
function wrongIn({ org, rows }: World): string[] {
  return rows.flatMap((row) => {
    if (typeof row !== 'object') return [];
    const [journal, ...others] = org.tables.journals.filter(({ number }) => number === row.key);
    const isRight = others.length === 0 && journal?.content.TransactionAmount === 3;
    return isRight ? [] : row.key;
  });
}

/** Returns what a dry run reports that knows only what the org knows. */
async function dryRun(world: World): Promise<ReadonlySet<string>> {
  world.org.fate = (execution) => world.org.honest(execution);
  world.org.hidden.clear();
  await using outbox = SqliteOutbox.inMemory({ clock: world.clock });
  const plan = await planSync({ ...world.options({ outbox }), preview: 1000 });
  const missing = plan.preview.map(({ sent }) => String(sent['ExternalTransactionNumber']));
  return new Set([...namedIn(plan.report), ...missing]);
}

function namedIn({ records }: SyncReport): string[] {
  return records.flatMap(({ status, key }) => (status === 'detailsDiffer' || key === undefined ? [] : key));
}

describe('an org that lies', () => {
  for (const { says, lies } of table.slice(0, 3)) {
    it(`${says}: no second request leaves`, async () => {
      await using world = new World(purchases(40, manyMembers(8)));
      lies(world, seededRandom(1));
      const report = await world.start({ batchSize: 5 });
      expect(world.org.executions.length).to.equal(1);
      expect(report.stopped?.code).to.equal('CONTROL_FAILED');
    });
  }

  for (const { says, lies } of table.slice(0, 3)) {
    it(`${says}, and does not answer the first look-up: no second request leaves`, async () => {
      await using world = new World(purchases(40, manyMembers(8)));
      lies(world, seededRandom(1));
      loseLookUps(world, 2);
      const report = await world.start({ batchSize: 5 });
      expect(world.org.executions.length).to.equal(1);
      expect(report.stopped?.code).to.equal('CONTROL_FAILED');
    });
  }

  it('is detected at the end of a run whose only request it confirmed, although the first look-up had no answer', async () => {
    await using world = new World(purchases(5, manyMembers(5)));
    lying('storesNothing', 1)(world, seededRandom(1));
    loseLookUps(world, 1);
    const report = await world.start({ batchSize: 5 });
    expect([report.stopped?.code, exitCode(report)]).to.deep.equal(['CONTROL_FAILED', 69]);
  });

  it('is described by what it did: missing journals, or journals that exist twice', async () => {
    for (const [lies, says] of [
      [lying('storesNothing', 1), /does not show .* a look-up does not find it\. The same holds for 4 more\.$/],
      [lying('storesTwice', 1), /more journals than this process has sent: .* The same holds for 4 more\.$/],
    ] as const) {
      await using world = new World(purchases(5, manyMembers(5)));
      lies(world, seededRandom(1));
      expect((await world.start({ batchSize: 5 })).stopped?.message).to.match(says);
    }
  });

  it('that shows nothing and answers no look-up is sent nothing twice, not even by the next process', async () => {
    await using world = new World(purchases(40, manyMembers(8)));
    hidingAll(world);
    loseLookUps(world, Infinity);
    expect((await world.start({ batchSize: 8 })).ending).to.equal('unfinished');
    loseLookUps(world, 0);
    await world.resume({ batchSize: 8 });
    const sent = world.org.executions.flatMap(({ journals }) => journals.map(({ number }) => number));
    expect(sent.length).to.equal(new Set(sent).size);
  });

  for (const { says, lies, namedBy } of table) {
    const who = { run: 'the run names', dryRun: 'a dry run names', nobody: 'nothing is wrong' }[namedBy];
    it(`${says}: ${who}`, async () => {
      let wrong = 0;
      for (let seed = 1; seed <= 10; seed++) {
        await using world = new World(purchases(40, manyMembers(8)));
        lies(world, seededRandom(seed));
        const report = await world.start({ batchSize: 5 });
        const differences = wrongIn(world);
        wrong += differences.length;
        const byRun = new Set(namedIn(report));
        const hidden = new Set(world.org.hidden);
        const byDryRun = await dryRun(world);
        const named = namedBy === 'run' ? byRun : byDryRun;
        expect(
          differences.filter((key) => !named.has(key)),
          `seed ${seed}: nobody names`,
        ).to.deep.equal([]);
        const isTold = namedBy === 'run' ? hidden : new Set<string>();
        const told = [...named].filter((key) => !differences.includes(key) && !isTold.has(key));
        expect(told, `seed ${seed}: named although the org shows it`).to.deep.equal([]);
      }
      if (namedBy === 'nobody') expect(wrong).to.equal(0);
      else expect(wrong, 'differences').to.be.greaterThan(0);
    });
  }
});
