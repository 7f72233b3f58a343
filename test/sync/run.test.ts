import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  defaults,
  exitCode,
  OtherOwnerError,
  planSync,
  SqliteOutbox,
  UnknownProgramError,
  UnreadableKeyError,
  writeResults,
} from '../../src/sync/index.js';
import type { StartOptions, SyncProgress } from '../../src/sync/index.js';
import { failureOf } from '../client/loopback.js';
import { arrayFeed, purchase, purchases } from './org/arrayFeed.js';
import { failure } from './org/answers.js';
import { Life } from './org/life.js';
import { otherProgramId } from './org/tables.js';
import { World } from './org/world.js';

const minutes = 60_000;
const members = ['A1', 'B2', 'C3'];

describe('a run', () => {
  describe('starts', () => {
    it('with a program that the org has, in any case', async () => {
      await using world = new World(purchases(1, members));
      expect((await world.start({ program: 'harbour rewards' })).program).to.equal('Harbour Rewards');
    });

    it('not in a program that the org does not have: nothing is stored, read or sent', async () => {
      await using world = new World(purchases(1, members));
      const error = await failureOf(world.start({ program: 'Harbor' }));
      expect(error).to.be.instanceOf(UnknownProgramError);
      expect((error as Error).message)
        .to.include('Harbor')
        .and.to.include('Harbour Rewards');
      expect(await world.outbox.runs.find()).to.equal(undefined);
    });

    it('not with an outbox of another program: nothing is stored, read or sent', async () => {
      await using world = new World(purchases(1, members));
      const owner = { orgId: '00D000000000001', program: 'Gold Club', programId: '0lp000000000009AAA' };
      await world.outbox.claim({ ...owner, numberLength: 255 });
      const error = await failureOf(world.start());
      expect(error).to.be.instanceOf(OtherOwnerError);
      expect((error as Error).message).to.include('Gold Club');
      expect(world.org.executions).to.be.empty;
    });

    it('not with the outbox of an org that this sandbox was copied from: the Ids are the same, but the org is not', async () => {
      await using world = new World(purchases(1, members));
      await world.start();
      const owner = await world.outbox.owner();
      await using copied = new World(purchases(1, members));
      if (!owner) throw new Error('The outbox has no owner.');
      await copied.outbox.claim({ ...owner, orgId: '00D000000000009' });
      expect(await failureOf(copied.start())).to.be.instanceOf(OtherOwnerError);
      expect(copied.org.executions).to.be.empty;
    });

    const wrong: Record<string, Partial<StartOptions>> = {
      'a batch of none': { batchSize: 0 },
      'a batch of more than the org takes': { batchSize: 1001 },
      'no requests at a time': { concurrency: 0 },
      'a window that is no number': { settle: Number.NaN },
      'a negative wait': { wait: -1 },
      'a reserve of half a call': { reserve: 0.5 },
      'a feed given twice': { feeds: [arrayFeed([], { name: 'a.csv' }), arrayFeed([], { name: 'a.csv' })] },
    };
    for (const [what, options] of Object.entries(wrong)) {
      it(`not with ${what}`, async () => {
        await using world = new World(purchases(1, members));
        expect(await failureOf(world.start(options))).to.be.instanceOf(RangeError);
        expect(world.org.queries).to.be.empty;
      });
    }

    it('fails at a feed whose keys do not begin with the source, because they could not be found again in the org', async () => {
      await using world = new World(purchases(1, members));
      const error = await failureOf(world.start({ source: 'web' }));
      expect((error as Error).message).to.equal(
        'till.csv, line 2: the key till:1 is not one of the source web. Name the source that the mapping of the feed names.',
      );
      expect((await world.outbox.runs.find())?.ending).to.equal('failed');
    });
  });

  describe('reads', () => {
    it('several feeds one after the other', async () => {
      await using world = new World(purchases(4, members));
      const feeds = [arrayFeed([purchase('1', 'A1')], { name: 'a' }), arrayFeed([purchase('2', 'A1')], { name: 'b' })];
      expect((await world.start({ feeds })).counts.rows.read).to.equal(2);
      expect(world.order('A1')).to.deep.equal(['till:1', 'till:2']);
    });

    it('no more rows than the limit; a resume reads the rest', async () => {
      await using world = new World(purchases(120, members));
      const report = await world.start({ limit: 70 });
      expect(report.counts.rows.read).to.equal(70);
      expect(report.ending).to.equal('complete');
      const resumed = await world.resume();
      expect(resumed.counts.rows.read).to.equal(120);
      expect(resumed.counts.items.done).to.equal(120);
    });

    it('on after a feed that broke off: the run has failed, and nothing that was read is lost', async () => {
      await using world = new World(purchases(120, members));
      const whole = arrayFeed(world.rows);
      const broken = {
        ...whole,
        async *read(options: Parameters<typeof whole.read>[0]) {
          yield* whole.read({ ...options, limit: 50 });
          throw new Error('The disk is gone.');
        },
      };
      expect(await failureOf(world.start({ feeds: [broken] }))).to.have.property('message', 'The disk is gone.');
      expect((await world.outbox.runs.find())?.ending).to.equal('failed');
      expect(world.org.executions).to.be.empty;
      expect((await world.resume()).counts).to.deep.include({
        rows: { read: 120, used: 120, skipped: 0, rejected: 0 },
      });
      expect(Object.keys(world.effects())).to.have.length(120);
    });

    it('no feed twice that it has read to its end', async () => {
      await using world = new World(purchases(3, members));
      await world.start();
      const untouchable = { ...arrayFeed(world.rows), read: () => expect.fail('It was read.') };
      expect((await world.resume({ feeds: [untouchable] })).counts.rows.read).to.equal(3);
    });

    it('with the groups that ended before, including those of another process, and stores new ones with their rows', async () => {
      await using world = new World(purchases(6, members));
      const whole = arrayFeed(world.rows, { stretch: 2 });
      const known: string[][] = [];
      const grouped = (last: number): typeof whole => ({
        ...whole,
        async *read(options) {
          for await (const stretch of whole.read(options)) {
            const { rows } = stretch.position;
            known.push(['2', '4', '6'].filter((group) => options.endedGroups.has(group)));
            options.endedGroups.add(String(rows));
            // Even before it is on disk.
            expect(options.endedGroups.has(String(rows))).to.equal(true);
            if (rows > last) throw new Error('The disk is gone.');
            yield stretch;
          }
        },
      });
      await failureOf(world.start({ feeds: [grouped(2)] }));
      const { lastRun } = world;
      expect(world.outbox.intake.hasEndedGroup(lastRun, 'till.csv', '2')).to.equal(true);
      // Its rows were never delivered, so the group has not ended.
      expect(world.outbox.intake.hasEndedGroup(lastRun, 'till.csv', '4')).to.equal(false);
      await world.resume({ feeds: [grouped(6)] });
      expect(known).to.deep.equal([[], ['2'], ['2'], ['2', '4']]);
    });

    it('what another process of the same run has read is not read again', async () => {
      await using world = new World(purchases(120, members));
      let chunks = 0;
      const life = new Life((moment) => moment === 'before accept' && ++chunks === 2);
      await Promise.race([world.start({}, life), life.death]);
      const run = await world.outbox.runs.find();
      const before = await world.outbox.runs.counts(run!.id);
      expect(before.rows.read).to.equal(50);
      expect((await world.resume()).counts.transactions).to.include({ made: 120, new: 120 });
    });
  });

  describe('keys', () => {
    it("longer than the org's field become a prefix and a digest, and are told apart and found again", async () => {
      const long = (end: string) => purchase(`${'shop-4711/'.repeat(6)}${end}`, 'A1');
      const rows = [long('1'), long('2'), purchase('short', 'A1')];
      await using world = new World(rows, { numberLength: 40 });
      const report = await world.start();
      const numbers = world.org.tables.journals.map(({ number }) => number);
      expect(new Set(numbers).size).to.equal(3);
      for (const number of numbers) expect(number.length).to.be.at.most(40);
      expect(numbers[0]).to.match(/^till:shop-4711/);
      const keys = [...world.outbox.runs.items(report.run, ['done'])].map(({ key }) => key);
      expect(keys).to.deep.equal(rows.map(({ key }) => key));
      await world.freshOutbox();
      await world.start();
      expect(world.org.tables.journals).to.have.length(3);
    });

    it('cannot be found again if the org does not show their field: nothing is sent', async () => {
      await using world = new World([purchase('1', 'A1')], { numberLength: null });
      const startedAt = world.clock.monotonic();
      expect(await failureOf(world.start())).to.be.instanceOf(UnreadableKeyError);
      expect(world.org.executions).to.be.empty;
      // There is no wait for what asking again cannot change.
      expect(world.clock.monotonic() - startedAt).to.be.below(1000);
    });

    it("of another program of the org do not count as this program's", async () => {
      await using world = new World(purchases(1, ['A1']));
      world.org.hold({ number: 'till:1', member: 'A1', status: 'Processed', program: otherProgramId });
      await world.start();
      expect(world.effects()).to.deep.equal({ 'till:1': 1 });
    });

    it('that differ only in case are different transactions, even after a look-up', async () => {
      await using world = new World([purchase('a', 'A1'), purchase('A', 'B2')]);
      world.org.hold({ number: 'till:A', member: 'B2', status: 'Processed' });
      expect((await world.start()).counts.items.done).to.equal(2);
      expect(world.effects()).to.deep.equal({ 'till:a': 1 });
    });
  });

  describe('an outbox without history', () => {
    const like = (world: World): number =>
      world.org.queries.filter((soql) => soql.includes(' LIKE ') && !soql.includes('CreatedDate >=')).length;
    const lookUps = (world: World): number =>
      world.org.queries.filter((soql) => soql.includes('ExternalTransactionNumber IN')).length;

    it('asks the org once whether it knows the source, and looks nothing up if it does not', async () => {
      await using world = new World(purchases(6, members));
      await world.start();
      await world.start();
      expect(like(world)).to.equal(1);
      // The one look-up is the positive control of the first request.
      expect(lookUps(world)).to.equal(1);
    });

    it('remembers the answer, even if the first run is killed before it has read a row', async () => {
      const rows = purchases(6, members);
      await using world = new World(rows);
      for (const { key, member } of rows) world.org.hold({ number: key, member, status: 'Processed' });
      const life = new Life((moment) => moment === 'before accept');
      await Promise.race([world.start({}, life), life.death]);
      await world.start();
      expect(like(world)).to.equal(1);
      expect(world.org.executions).to.be.empty;
    });

    it('remembers it if the first run is killed after it has sent something', async () => {
      await using world = new World(purchases(6, members));
      const life = new Life((moment) => moment === 'before a call' && world.org.effects.length > 0);
      await Promise.race([world.start({ batchSize: 1, concurrency: 1 }, life), life.death]);
      await world.resume();
      expect(like(world)).to.equal(1);
      expect(Object.values(world.effects())).to.deep.equal([1, 1, 1, 1, 1, 1]);
    });

    it('also looks up what a resume reads', async () => {
      const rows = purchases(6, members);
      await using world = new World(rows);
      for (const { key, member } of rows) world.org.hold({ number: key, member, status: 'Processed' });
      await world.start({ limit: 2 });
      await world.resume();
      expect(world.org.executions).to.be.empty;
    });

    it('is trusted on request', async () => {
      await using world = new World(purchases(2, members));
      await world.start({ emptyOutbox: 'trust' });
      expect(like(world)).to.equal(0);
    });
  });

  describe('a dry run', () => {
    it('counts what would be accepted, and sends nothing', async () => {
      const rows = [...purchases(5, members), 'rejected' as const, purchase('1', 'A1'), purchase('2', 'B2', 'tea')];
      await using world = new World(rows);
      await using outbox = SqliteOutbox.inMemory({ clock: world.clock });
      const { report, preview } = await planSync(world.options({ outbox }));
      expect(report.ending).to.equal('planned');
      expect(report.counts.rows).to.deep.equal({ read: 8, used: 7, skipped: 0, rejected: 1 });
      expect(report.counts.transactions).to.include({ made: 7, new: 5, repeated: 1, conflict: 1 });
      expect(report.counts.items).to.include({ ready: 5 });
      expect(preview[0]?.sent).to.include({
        ExternalTransactionNumber: 'till:1',
        MembershipNumber: 'A1',
        Status: 'Pending',
      });
      expect(report.records.map(({ status }) => status)).to.deep.equal(['rejected', 'repeated', 'conflict']);
      expect(exitCode(report)).to.equal(68);
      expect(world.org.executions).to.be.empty;
      expect(await world.outbox.runs.find()).to.equal(undefined);
    });

    it('does not wait, even after a run whose answers were lost', async () => {
      await using world = new World(purchases(5, members));
      world.org.fate = () => ({ answersAt: 1000, answer: 'reset' });
      await world.start({ wait: 1000 });
      const before = world.clock.monotonic();
      const { report } = await planSync(world.options());
      expect(report.counts.items.ready).to.equal(5);
      expect(world.clock.monotonic() - before).to.be.lessThan(60_000);
    });

    it('without problems ends with 0, and an interrupted one with 130', async () => {
      await using world = new World(purchases(5, members));
      await using outbox = SqliteOutbox.inMemory({ clock: world.clock });
      expect(exitCode((await planSync(world.options({ outbox }))).report)).to.equal(0);
      const signal = AbortSignal.abort();
      await using other = SqliteOutbox.inMemory({ clock: world.clock });
      expect(exitCode((await planSync(world.options({ outbox: other, signal }))).report)).to.equal(130);
    });
  });

  it('a dry run says that the org does not honor the unique field, as the run would', async () => {
    await using world = new World(purchases(2, members), { uniqueField: 'ignored' });
    const probedField = { honored: false, at: '2026-04-01T08:00:00.000Z' };
    const { report } = await planSync(world.options({ uniqueField: 'Unique__c', probedField }));
    expect(report.notes.map(({ code }) => code)).to.include.members(['unique-field-not-honored', 'level-0']);
  });

  describe('a dry run that could not ask the org everything', () => {
    const answers = {
      'that refuses a question': failure(400, 'MALFORMED_QUERY'),
      'that cannot be reached': 'reset',
    } as const;
    for (const [org, answer] of Object.entries(answers)) {
      it(`of an org ${org} says so, and does not end with 0`, async () => {
        await using world = new World(purchases(5, members));
        world.org.queryFate = (soql) => (soql.includes('LoyaltyProgramMember') ? answer : undefined);
        const { report } = await planSync(world.options());
        expect(report.stopped?.message).to.be.a('string');
        expect(exitCode(report)).to.equal(69);
      });
    }
  });

  describe('reports progress:', () => {
    it('how far it is, in separate messages', async () => {
      await using world = new World(purchases(60, members));
      world.org.refused.add('till:1');
      const told: SyncProgress[] = [];
      await world.start({ batchSize: 3, onProgress: (progress) => told.push(progress) });
      expect(told[0]).to.deep.include({ phase: 'intake', read: 50, settled: 0, requests: 0 });
      expect(told.at(-1)).to.deep.include({ phase: 'delivery', read: 60, settled: 60, open: 0 });
      expect(told.at(-1)!.requests).to.equal(world.org.executions.length);
    });

    it('until when it waits', async () => {
      await using world = new World(purchases(1, members));
      world.org.fate = (execution) =>
        world.org.executions.length === 1 ? { answersAt: 1000, answer: 'reset' } : world.org.honest(execution);
      const told: SyncProgress[] = [];
      await world.start({ onProgress: (progress) => told.push(progress) });
      const waiting = told.filter(({ phase }) => phase === 'waiting');
      expect(waiting[0]!.waitingFor).to.equal('underWay');
      const lost = world.org.executions[0]!.at + 1000;
      expect(waiting.map(({ waitingUntil = 0 }) => waitingUntil - lost)).to.deep.equal(
        [1 / 32, 1 / 8, 1 / 2, 1].map((share) => share * defaults.settle),
      );
    });

    it('a listener that throws fails the run, but the transactions are settled', async () => {
      await using world = new World(purchases(3, members));
      const onProgress = ({ phase }: SyncProgress): void => {
        if (phase === 'delivery') throw new Error('The screen is gone.');
      };
      expect(await failureOf(world.start({ onProgress }))).to.have.property('message', 'The screen is gone.');
      const run = await world.outbox.runs.find();
      expect(run?.ending).to.equal('failed');
      expect((await world.outbox.runs.counts(run!.id)).items).to.include({ sent: 0 });
    });
  });

  describe('reports', () => {
    it('what needs attention, and how many more there are', async () => {
      await using world = new World(
        [...Array.from({ length: 1100 }, () => 'rejected' as const), ...purchases(4, ['nobody'])],
        { members: [] },
      );
      const report = await world.start();
      expect(report.records).to.have.length(1000);
      expect(report.recordsLeftOut).to.equal(104);
      expect(report.records[0]).to.deep.equal({
        status: 'rejected',
        feed: 'till.csv',
        line: 2,
        error: { code: 'missing-member', message: 'till.csv, line 2: no member.' },
      });
    });

    it('what an earlier run has left as carried over', async () => {
      await using world = new World(purchases(2, ['A1', 'B2']));
      world.org.fate = () => ({ answersAt: 300, answer: 'reset' });
      await world.start({ wait: 1 * minutes, batchSize: 1, concurrency: 1 });
      world.org.fate = (execution) => world.org.honest(execution);
      const next = await world.start({ feeds: [arrayFeed([purchase('3', 'B2')], { name: 'next.csv' })] });
      expect(next.ending).to.equal('complete');
      expect(next.counts.items).to.include({ new: 1, carriedOver: 2, done: 3 });
      expect(Object.values(world.effects())).to.deep.equal([1, 1, 1]);
    });

    it('every row and transaction in files that only their owner can read', async () => {
      const rows = [...purchases(2, ['A1', 'B2']), 'rejected' as const, purchase('1', 'A1', 'tea, "green"')];
      await using world = new World(rows);
      world.org.fate = (execution) =>
        execution.journals.some(({ member }) => member === 'B2')
          ? { answersAt: 300, answer: failure(400, 'FIELD_INTEGRITY_EXCEPTION', 'No,\nnever.') }
          : world.org.honest(execution);
      const report = await world.start();
      const folder = await mkdtemp(join(tmpdir(), 'loyalty-results-'));
      try {
        const results = join(folder, 'deep', 'results');
        await writeResults(world.outbox, report.run, results);
        expect(await readFile(join(results, 'rejects.csv'), 'utf8')).to.equal(
          '"kind","feed","line","key","member","column","value","code","message","raw"\n' +
            '"rejection","till.csv","4","","","","","missing-member","till.csv, line 4: no member.","x,y"\n' +
            '"conflict","till.csv","5","till:1","A1","","","conflict","till.csv line 5 has member A1, ActivityDate ' +
            '2026-04-03T08:00:00Z, JournalTypeName Accrual, TransactionAmount 1.00, but for the key till:1 another line ' +
            'of this run has other content. Nothing was sent for this line. If it is another purchase, its key must ' +
            'differ; if the org is right, run ""sync retry"" with --keep-org and this key.",""\n',
        );
        const id = world.org.tables.journals[0]!.id;
        expect(await readFile(join(results, 'transactions.csv'), 'utf8')).to.equal(
          '"key","member","state","origin","journalId","found","effect","attempts","tries","retries","waitsFor","code","message","feed","line"\n' +
            `"till:1","A1","done","new","${id}","false","true","2","0","0","","","","till.csv","2"\n` +
            '"till:2","B2","refused","new","","false","","2","0","0","","FIELD_INTEGRITY_EXCEPTION","No,\nnever.","till.csv","3"\n',
        );
        expect((await stat(join(results, 'transactions.csv'))).mode & 0o777).to.equal(0o600);
        expect((await stat(results)).mode & 0o777).to.equal(0o700);
      } finally {
        await rm(folder, { recursive: true });
      }
    });
  });
});
