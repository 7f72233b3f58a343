import { expect } from 'chai';
import { lstat, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { Cli, errorOf } from '../support/cli.js';
import { cups, feedOf, harbourMap, reportOf } from '../support/cliFeed.js';
import { openShop, writes } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';

describe('loyalty sync, on a failing disk', function () {
  this.timeout(120_000);

  let shop: Shop;
  let cli: Cli;

  before(function () {
    if (process.platform !== 'linux') this.skip();
  });

  beforeEach(async () => {
    shop = await openShop({ members: 20 });
    cli = await Cli.create();
  });

  afterEach(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const outbox = (): string[] => ['--outbox', cli.path('till.sqlite')];

  async function start(args: readonly string[], { rows = 20, shell }: { rows?: number; shell?: string } = {}) {
    const members = Array.from({ length: rows }, (_, index) => shop.members[index % 20] ?? '');
    const file = await cli.file('till.csv', feedOf(cups(members)));
    const all = ['--file', file, '--map', harbourMap, '--settle', '1', ...args];
    return cli.run('sync start', all, { org: shop.org, shell });
  }

  const journals = async (): Promise<number> =>
    (await shop.client.query.all('SELECT Id FROM TransactionJournal')).length;

  // Maximum size of a file in blocks of 512 bytes. The log of the outbox reaches it.
  for (const [when, blocks] of [
    ['while it reads', 900],
    ['while it delivers', 2600],
  ] as const) {
    it(`says where and what to do, and continues without losing or doubling anything: ${when}`, async () => {
      const rows = 1000;
      const shell = `ulimit -f ${blocks}; exec "$@"`;
      const failed = errorOf(await start([...outbox(), '--json'], { rows, shell }));
      expect(failed.name).to.equal('OutboxDiskError');
      expect(failed.message).to.include(cli.path('till.sqlite'));
      expect(failed.actions?.join(' ')).to.include('sf loyalty sync resume');
      const sent = await journals();
      if (when === 'while it reads') expect(sent).to.equal(0);
      else expect(sent).to.be.above(0).and.below(rows);

      const args = [...outbox(), '--settle', '1', '--json'];
      const resumed = await cli.run('sync resume', args, { org: shop.org });
      expect(resumed.code).to.equal(0);
      expect(reportOf(resumed).counts.items.done).to.equal(rows);
      expect(await journals()).to.equal(rows);
    });
  }

  it('refuses a folder that is not writable before it sends anything', async () => {
    await writeFile(cli.path('file'), '');
    const refused = await Promise.all([
      start([...outbox(), '--results-dir', '/proc/nope', '--json']),
      start([...outbox(), '--results-dir', cli.path('file'), '--json']),
      start(['--outbox', '/proc/nope/till.sqlite', '--json']),
      start(['--outbox', '/dev/null', '--json']),
    ]);
    const [proc, file, noFolder, device] = refused.map((ended) => errorOf(ended).message);
    expect(proc).to.equal('/proc/nope cannot be used: no folder can be made there.');
    expect(file).to.equal(`${cli.path('file')} cannot be used: a file is where a folder should be.`);
    expect(noFolder).to.equal('/proc/nope cannot be used: no folder can be made there.');
    expect(device).to.include('/dev/null is not an outbox');
    expect(refused.map(({ code }) => code)).to.deep.equal([1, 1, 1, 1]);
    expect(writes(shop.org)).to.equal(0);
  });

  it('replaces a link by its results, which are private, and leaves nothing else there', async () => {
    const victim = await cli.file('victim.txt', 'mine');
    await cli.run('sync start', [], {});
    const folder = cli.path('results');
    await start([...outbox(), '--results-dir', folder]);
    await symlink(victim, `${folder}-link`);
    const report = ['--results-dir', folder, ...outbox()];
    const [run = ''] = await readdir(folder);
    const results = cli.path('results', run);
    await writeFile(`${results}/rejects.csv`, 'old');
    await cli.run('sync report', report, { org: shop.org, shell: `ln -sf ${victim} ${results}/rejects.csv; "$@"` });
    expect(await readFile(victim, 'utf8')).to.equal('mine');
    expect((await lstat(`${results}/rejects.csv`)).mode & 0o170777).to.equal(0o100600);
    expect((await readdir(results)).sort()).to.deep.equal(['rejects.csv', 'summary.md', 'transactions.csv']);
  });

  it('keeps the results of each run when runs are given the same folder', async () => {
    const folder = cli.path('results');
    const runs = ['a', 'b'].map((name) => ['--outbox', cli.path(`${name}.sqlite`), '--source', name, '--json']);
    const ended = await Promise.all(runs.map((args) => start([...args, '--results-dir', folder])));
    ended.push(await start([...(runs[0] ?? []), '--results-dir', folder]));
    const reports = ended.map((each) => reportOf(each));
    expect((await readdir(folder)).sort()).to.deep.equal(reports.map(({ run }) => run).sort());
    for (const { results, counts } of reports) {
      const transactions = await readFile(`${String(results)}/transactions.csv`, 'utf8');
      expect(transactions.split('\n').length - 2).to.equal(counts.transactions.made - counts.transactions.known);
    }
  });

  it('names an outbox that no run has used before, because its path may be mistyped', async () => {
    const said = `This is the first run with the outbox ${cli.path('till.sqlite')}.`;
    const starts = [[...outbox(), '--dry-run'], outbox(), outbox()];
    const saidBy: boolean[] = [];
    for (const args of starts) saidBy.push((await start(args)).stderr.replaceAll(/\s+/g, ' ').includes(said));
    expect(saidBy).to.deep.equal([false, true, false]);
  });

  it('says in one line that its output was lost, and where the result is', async () => {
    for (const json of [[], ['--json']]) {
      const shell = '"$@" > /dev/full';
      const { code, stderr } = await start([...outbox(), ...json], { shell });
      expect(code).to.equal(1);
      const [said, ...more] = saidIn(stderr);
      expect(more).to.deep.equal([]);
      expect(said).to.match(/^Standard output cannot be written: the disk is full\. .+: sf loyalty sync report --run /);
      const [, words = ''] = /sf loyalty (.+) --target-org TARGET_ORG$/.exec(said ?? '') ?? [];
      const reported = await cli.run('sync report', [...words.split(' ').slice(2), '--json'], { org: shop.org });
      expect(reportOf(reported).ending).to.equal('complete');
    }
    expect(await journals()).to.equal(20);
  });

  it('continues quietly if nobody reads its output', async () => {
    for (const json of [[], ['--json']]) {
      const shell = `{ "$@"; echo $? > ${cli.path('code')}; } | true`;
      const { stderr } = await start([...outbox(), ...json], { shell });
      expect(saidIn(stderr)).to.deep.equal([]);
      expect(await readFile(cli.path('code'), 'utf8')).to.equal('0\n');
    }
    expect(await journals()).to.equal(20);
  });
});

/** Lines without what every first run says. */
function saidIn(stderr: string): string[] {
  return stderr.split('\n').filter((line) => line !== '' && !/^(Warning: |This is the first run)/.test(line));
}
