import { expect } from 'chai';
import { appendFile, mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { Cli } from '../support/cli.js';
import type { Running } from '../support/cli.js';
import { cups, feedHeader, feedOf, harbourMap, reportOf } from '../support/cliFeed.js';
import { journalRequests, openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';

describe('loyalty sync start --watch', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;
  let relay: Relay;
  let answered: () => void;
  let outbox: string[];

  beforeEach(async () => {
    shop = await openShop({ members: 4 });
    cli = await Cli.create();
    answered = () => undefined;
    relay = await Relay.open(shop.org, { after: ({ isJournals }) => isJournals && answered() });
    outbox = ['--outbox', cli.path('till.sqlite')];
  });

  afterEach(async () => {
    await cli[Symbol.asyncDispose]();
    await relay[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const journals = (): string[] =>
    shop.org.store.find('TransactionJournal', {}).map((journal) => String(journal['ExternalTransactionNumber']));

  /** Resolves when the org has so many journals. Fails if the command ends before. */
  async function stored(count: number, running: Running): Promise<void> {
    while (journals().length < count) {
      const next = Promise.withResolvers<undefined>();
      answered = () => next.resolve(undefined);
      if (journals().length >= count) return;
      const end = await Promise.race([next.promise, running.ended]);
      if (end !== undefined) throw new Error(`It ended: ${end.stdout}${end.stderr}`);
    }
  }

  const watch = (path: string, args: readonly string[] = []): Running =>
    cli.start('sync start', ['--file', path, '--map', harbourMap, '--watch', ...outbox, ...args, '--json'], {
      org: relay,
    });

  const receipt = (number: number, member = shop.members[0]!): string => cups([member], number).join('');

  it('delivers rows as they are appended, and all that is there after SIGTERM', async () => {
    const path = await cli.file('till.csv', `${feedHeader}\n${receipt(700_001)}\n`);
    const running = watch(path);
    await stored(1, running);
    await appendFile(path, `${receipt(700_002)}\r`);
    await appendFile(path, `\n${receipt(700_003).slice(0, 20)}`);
    await stored(2, running);
    await appendFile(path, `${receipt(700_003).slice(20)}\n`);
    await stored(3, running);
    await appendFile(path, receipt(700_004));
    running.kill('SIGTERM');
    const ended = await running.ended;
    expect(ended.code).to.equal(0);
    const { ending, counts, notes } = reportOf(ended);
    expect(ending).to.equal('complete');
    expect(counts.items).to.include({ new: 4, done: 4 });
    expect(notes.map(({ code }) => code)).to.include('no-line-end');
  });

  it('goes on in another file that takes the place of the first, and names its rows', async () => {
    const path = await cli.file('till.csv', `${feedHeader}\n${receipt(700_001)}\n`);
    const running = watch(path);
    await stored(1, running);
    await rename(path, cli.path('till.csv.1'));
    await appendFile(cli.path('till.csv.1'), `${receipt(700_002)}\n`);
    await writeFile(path, `${feedHeader}\n${receipt(700_003)}\n`);
    await stored(3, running);
    await appendFile(path, 'not a row\n');
    running.kill('SIGINT');
    const ended = await running.ended;
    expect(ended.code).to.equal(68);
    const { counts, notes, records } = reportOf(ended);
    expect(counts.items.done).to.equal(3);
    expect(notes.map(({ code }) => code)).to.include('feed-replaced');
    expect(records).to.have.length(1);
    expect(records[0]).to.include({ feed: `${path} (2)`, line: 3, status: 'rejected' });
  });

  it('delivers what is open and fails by name when the file is truncated', async () => {
    const path = await cli.file('till.csv', `${feedHeader}\n${receipt(700_001)}\n`);
    const running = watch(path);
    await stored(1, running);
    await writeFile(path, `${feedHeader}\n`);
    const ended = await running.ended;
    expect(ended.code).to.equal(1);
    const { ending, stopped, counts } = reportOf(ended);
    expect(ending).to.equal('failed');
    expect(stopped?.message).to.include(path).and.include('was truncated while it was watched');
    expect(counts.items.done).to.equal(1);
  });

  it('reads the rest of a watched file after a kill, each row once', async () => {
    const path = await cli.file('till.csv', `${feedHeader}\n${receipt(700_001)}\n`);
    const running = watch(path);
    await stored(1, running);
    running.kill('SIGKILL');
    await running.ended;
    await appendFile(path, `${receipt(700_002)}\n`);
    const resumed = await cli.run('sync resume', [...outbox, '--settle', '1', '--json'], { org: shop.org });
    expect(resumed.code).to.equal(0);
    expect(reportOf(resumed).counts.rows.read).to.equal(2);
    expect(journals()).to.have.length(2);
    expect(new Set(journals()).size).to.equal(2);
  });

  it('refuses to read on in a file that was replaced while nobody watched', async () => {
    const path = await cli.file('till.csv', `${feedHeader}\n${receipt(700_001)}\n`);
    const running = watch(path);
    await stored(1, running);
    running.kill('SIGKILL');
    await running.ended;
    await writeFile(cli.path('new.csv'), `${feedHeader}\n${receipt(700_009)}\n${receipt(700_010)}\n`);
    await rename(cli.path('new.csv'), path);
    const resumed = await cli.run('sync resume', [...outbox, '--settle', '1', '--json'], { org: shop.org });
    expect(resumed.code).to.equal(1);
    expect(resumed.stdout).to.include('it was replaced');
    expect(journals()).to.have.length(1);
  });

  it('reads the files of a folder when their markers are there, and goes on after a bad one', async () => {
    const folder = cli.path('in');
    await mkdir(folder);
    await cli.file('in/b.csv', feedOf([receipt(700_002)]));
    await cli.file('in/b.csv.done', '');
    await cli.file('in/unfinished.csv', feedOf([receipt(700_009)]));
    const running = watch(folder);
    await stored(1, running);
    await cli.file('in/bad.csv', 'Other,Columns\n1,2\n');
    await cli.file('in/bad.csv.done', '');
    await cli.file('in/a.csv', feedOf([receipt(700_001)]));
    await cli.file('in/a.csv.done', '');
    await stored(2, running);
    running.kill('SIGTERM');
    const ended = await running.ended;
    expect(ended.code).to.equal(1);
    const { ending, stopped, counts } = reportOf(ended);
    expect(ending).to.equal('failed');
    expect(stopped?.message).to.include('bad.csv');
    expect(counts.items.done).to.equal(2);

    await cli.file('in/bad.csv', feedOf([receipt(700_003)]));
    await cli.file('in/bad.csv.done', '');
    await rm(cli.path('in/unfinished.csv'));
    const requests = journalRequests(shop.org);
    const resumed = await cli.run('sync resume', [...outbox, '--settle', '1', '--json'], { org: shop.org });
    expect(resumed.code, resumed.stdout).to.equal(0);
    expect(reportOf(resumed).counts.items.done).to.equal(3);
    expect(journalRequests(shop.org)).to.equal(requests + 1);
    expect(journals()).to.have.length(3);
  });

  it('is unfinished while a file is newer than its marker, and a resume reads it when the marker is written', async () => {
    const folder = cli.path('in');
    await mkdir(folder);
    await cli.file('in/a.csv', feedOf([receipt(700_001)]));
    await cli.file('in/a.csv.done', '');
    await utimes(cli.path('in/a.csv.done'), 0, 0);
    const ended = await watch(folder, ['--watch-until-idle', '1']).ended;
    expect([ended.code, reportOf(ended).ending]).to.deep.equal([69, 'unfinished']);
    expect(reportOf(ended).notes.map(({ code }) => code)).to.include.members(['marker-too-early', 'rest-unread']);
    await cli.file('in/a.csv.done', '');
    const resumed = await cli.run('sync resume', [...outbox, '--json'], { org: shop.org });
    expect([resumed.code, journals().length]).to.deep.equal([0, 1]);
  });

  it('reads a file again when it and its marker are written again, in the same run and in a resumed one', async () => {
    const folder = cli.path('in');
    await mkdir(folder);
    await cli.file('in/a.csv', feedOf([receipt(700_001)]));
    await cli.file('in/a.csv.done', '');
    const running = watch(folder);
    await stored(1, running);
    await cli.file('in/a.csv', feedOf([receipt(700_001), receipt(700_002)]));
    await cli.file('in/a.csv.done', 'again');
    await stored(2, running);
    await cli.file('in/a.csv', feedOf([receipt(700_001), receipt(700_002), receipt(700_003)]));
    await utimes(cli.path('in/a.csv.done'), 0, 0);
    running.kill('SIGTERM');
    const ended = await running.ended;
    expect([ended.code, reportOf(ended).ending]).to.deep.equal([69, 'unfinished']);
    const { notes } = reportOf(ended);
    expect(notes.map(({ code }) => code)).to.include.members(['feed-replaced', 'feed-changed', 'rest-unread']);
    await cli.file('in/a.csv.done', 'once more');
    const resumed = await cli.run('sync resume', [...outbox, '--json'], { org: shop.org });
    expect([resumed.code, journals().length], resumed.stdout).to.deep.equal([0, 3]);
    expect(reportOf(resumed).counts.rows.read).to.equal(6);
    expect(journalRequests(shop.org)).to.equal(3);
  });

  it('is unfinished and says so if a marker has a wrong name, and a resume reads the file when it has its own', async () => {
    const folder = cli.path('in');
    await mkdir(folder);
    await cli.file('in/b.csv', feedOf([receipt(700_001)]));
    await cli.file('in/b.done', '');
    const ended = await watch(folder, ['--watch-until-idle', '1']).ended;
    expect([ended.code, reportOf(ended).ending]).to.deep.equal([69, 'unfinished']);
    const { notes } = reportOf(ended);
    expect(notes.map(({ code }) => code)).to.include.members(['marker-missing', 'marker-alone', 'rest-unread']);
    await rename(cli.path('in/b.done'), cli.path('in/b.csv.done'));
    const resumed = await cli.run('sync resume', [...outbox, '--json'], { org: shop.org });
    expect([resumed.code, journals().length], resumed.stdout).to.deep.equal([0, 1]);
  });

  it('ends by itself when nothing comes, and reads nothing twice in a second watch', async () => {
    const folder = cli.path('in');
    await mkdir(folder);
    await cli.file('in/a.csv', feedOf([receipt(700_001)]));
    await cli.file('in/a.csv.ok', '');
    const args = ['--done-marker', '.ok', '--watch-until-idle', '1'];
    expect((await watch(folder, args).ended).code).to.equal(0);
    const again = await watch(folder, args).ended;
    expect(again.code).to.equal(0);
    expect(reportOf(again).counts.transactions).to.include({ made: 1, known: 1, new: 0 });
    expect(journalRequests(shop.org)).to.equal(1);
  });

  it('ends with 69 when only the reserve is left, and a resume reads what was not read', async () => {
    const path = await cli.file('till.csv', `${feedHeader}\n${receipt(700_001)}\n`);
    const ended = await watch(path, ['--reserve', '5000000']).ended;
    expect(ended.code).to.equal(69);
    const { ending, stopped, notes } = reportOf(ended);
    expect([ending, stopped?.code]).to.deep.equal(['stopped', 'RESERVE_REACHED']);
    expect(notes.map(({ code }) => code)).to.include('rest-unread');
    const resumed = await cli.run('sync resume', [...outbox, '--json'], { org: shop.org });
    expect([resumed.code, journals().length]).to.deep.equal([0, 1]);
  });

  it('ends with a report at the second signal, also while it waits for what an earlier process may have sent', async () => {
    const first = await cli.file('first.csv', feedOf([receipt(700_001)]));
    const start = ['--file', first, '--map', harbourMap, '--outbox', cli.path('other.sqlite')];
    expect((await cli.run('sync start', start, { org: shop.org })).code).to.equal(0);
    const path = await cli.file('till.csv', `${feedHeader}\n${receipt(700_002)}\n`);
    const running = cli.start('sync start', ['--file', path, '--map', harbourMap, '--watch', ...outbox], {
      org: relay,
    });
    let hasSaidSo = false;
    for await (const line of running.lines()) {
      if (line.includes('Watching ')) running.kill('SIGTERM');
      hasSaidSo ||= line.includes('still be under way is waited for');
      if (!line.includes('Waits until')) continue;
      running.kill('SIGTERM');
      break;
    }
    expect(hasSaidSo).to.equal(true);
    const ended = await running.ended;
    expect(ended.code).to.equal(130);
    const report = await cli.run('sync report', [...outbox, '--json'], { org: shop.org });
    expect(reportOf(report).ending).to.equal('interrupted');
    expect(reportOf(report).counts.items).to.include({ new: 1, unknown: 1 });
    expect(journals()).to.have.length(1);
  });

  it('is refused for an outbox from which another watch delivers', async () => {
    const path = await cli.file('till.csv', `${feedHeader}\n${receipt(700_001)}\n`);
    const running = watch(path);
    await stored(1, running);
    const second = await watch(path).ended;
    expect(second.code).to.equal(69);
    expect(second.stdout).to.include('OutboxBusyError');
    running.kill('SIGTERM');
    expect((await running.ended).code).to.equal(0);
  });

  for (const [what, args, told] of [
    ['standard input', ['--file', '-', '--watch'], 'Standard input cannot be watched'],
    ['several files', ['--file', 'a.csv', '--file', 'b.csv', '--watch'], 'one file or one folder'],
    ['gzip', ['--file', 'a.csv.gz', '--watch'], 'is compressed'],
    ['a JSON list', ['--file', 'a.json', '--watch'], 'is one JSON list'],
    ['a dry run', ['--file', 'a.csv', '--watch', '--dry-run'], '--dry-run'],
    ['a limit', ['--file', 'a.csv', '--watch', '--limit', '2'], '--limit'],
    ['a marker of a file', ['--file', 'a.csv', '--watch', '--done-marker', '.ok'], 'is not a folder'],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const ended = await cli.run('sync start', [...args, '--map', harbourMap, ...outbox, '--json'], { org: shop.org });
      expect(ended.code).to.be.oneOf([1, 2]);
      expect(ended.stdout + ended.stderr).to.include(told);
    });
  }
});
