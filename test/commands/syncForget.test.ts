import { expect } from 'chai';
import { readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { SyncForgetResult } from '../../src/cli/sync/forgetResult.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import type { Ended } from '../support/cli.js';
import { cups, feedOf, harbourMap, reportOf } from '../support/cliFeed.js';
import { journalRequests, openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';

/** The warnings of a document. */
function warningsOf({ stdout }: Ended): string[] {
  return z.object({ warnings: z.array(z.string()) }).parse(JSON.parse(stdout)).warnings;
}

describe('loyalty sync forget', function () {
  this.timeout(120_000);

  let shop: Shop;
  let cli: Cli;
  let outbox: readonly string[];

  beforeEach(async () => {
    shop = await openShop({ members: 2 });
    cli = await Cli.create();
    outbox = ['--outbox', cli.path('till.sqlite')];
  });

  afterEach(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const forget = (...args: string[]) => cli.run('sync forget', [...outbox, ...args], { org: shop.org });

  async function start(...args: string[]) {
    const file = await cli.file('till.csv', feedOf(cups(shop.members)));
    return cli.run('sync start', ['--file', file, '--map', harbourMap, ...outbox, ...args], { org: shop.org });
  }

  it('erases a member and never sends the purchases again', async () => {
    await start();
    const ended = await forget('--member', 'hr-100002', '--no-prompt', '--json');
    expect(ended.code).to.equal(0);
    const erased = { member: 'hr-100002', status: 'erased', forgotten: true, transactions: 1 };
    const { files, ...result } = resultOf(ended, SyncForgetResult);
    expect(result).to.include({ ...erased, results: cli.path('till-results'), filesLeftOut: 0 });
    expect(files).to.have.length(1);
    expect(files[0]).to.match(/till-results.*transactions\.csv$/);
    expect(warningsOf(ended).join()).to.match(/name the member in 1 file, .* Delete them/);
    expect((await readFile(cli.path('till.sqlite'))).includes('HR-100002')).to.equal(false);
    const shown = await cli.run('sync report', [...outbox, '--results-dir', cli.path('anew')], { org: shop.org });
    expect(shown.code).to.equal(0);
    const [run = ''] = await readdir(cli.path('anew'));
    const transactions = await readFile(cli.path('anew', run, 'transactions.csv'), 'utf8');
    expect(transactions)
      .to.match(/^"erased [\w-]{43}","","done"/m)
      .and.not.to.include('HR-100002');

    const again = await start('--json');
    expect(again.code).to.equal(0);
    expect(reportOf(again).counts.transactions).to.include({ made: 2, known: 1, forgotten: 1, new: 0 });
  });

  it('tells a number that nothing names from a success', async () => {
    await start();
    const [shown, json] = [
      await forget('--member', 'HR-10002', '--no-prompt'),
      await forget('--member', 'HR-10002', '--no-prompt', '--json'),
    ];
    expect([shown.code, json.code]).to.deep.equal([1, 1]);
    expect(resultOf(json, SyncForgetResult)).to.include({ status: 'unknownMember', forgotten: false, transactions: 0 });
    for (const text of [shown.stderr.replaceAll(/\s+/g, ' '), warningsOf(json).join()])
      expect(text).to.include('names the member HR-10002').and.include('upper and lower case are the same');
  });

  it('writes no row of an erased member anew, also where only a results file still has its text', async () => {
    const bad = ['Pier 4', 'Pier 5'].map(
      (store, index) => `${index},CUP-01,Flat white,1,someday,3.4,HR-10000${index + 1},${store}`,
    );
    const file = await cli.file('till.csv', feedOf(bad));
    await cli.run('sync start', ['--file', file, '--map', harbourMap, ...outbox], { org: shop.org });
    const ended = resultOf(await forget('--member', 'HR-100002', '--no-prompt', '--json'), SyncForgetResult);
    expect(ended).to.include({ status: 'erased', transactions: 0, texts: 1 });
    await cli.run('sync report', [...outbox, '--results-dir', cli.path('anew')], { org: shop.org });
    const [run = ''] = await readdir(cli.path('anew'));
    const rejects = await readFile(cli.path('anew', run, 'rejects.csv'), 'utf8');
    expect(rejects).to.include('HR-100001').and.not.include('HR-100002').and.not.include('Pier 5');
  });

  it('says of a key of an erased member that a new one would count again', async () => {
    const credit = [...outbox, '--member', 'HR-100001', '--points', '5', '--key', 'gift-1', '--json'];
    expect(await cli.run('credit points', credit, { org: shop.org })).to.include({ code: 0 });
    expect((await forget('--member', 'HR-100001', '--no-prompt')).code).to.equal(0);
    const again = await cli.run('credit points', credit, { org: shop.org });
    expect(again.code).to.equal(68);
    expect(errorOf(again).message).to.include('whose data were erased');
    expect(errorOf(again).actions?.join()).to.include('would count again');
  });

  it('prints commands that deliver what is open, as the run did', async () => {
    shop.org.faults.replace({ rules: [{ fault: 'error', status: 503, match: { path: '/composite/sobjects*' } }] });
    await start('--route', 'records', '--wait', '1', '--settle', '1');
    shop.org.faults.replace({ rules: [] });
    const refused = await forget('--member', 'HR-100001', '--no-prompt', '--json');
    const [resume = ''] = (errorOf(refused).actions ?? []).flatMap((action) => /sync resume .*$/.exec(action) ?? []);
    expect(resume).to.include('--route records --settle 1 --wait 1');
    shop.org.requests.reset();
    const [, , ...flags] = resume.split(' ');
    const resumed = await cli.run('sync resume', [...flags.slice(0, flags.indexOf('--target-org')), '--json'], {
      org: shop.org,
    });
    expect(resumed.code).to.equal(0);
    expect(journalRequests(shop.org), 'real-time requests').to.equal(0);
    expect(await forget('--member', 'HR-100001', '--no-prompt', '--json')).to.include({ code: 0 });
  });

  it('asks first, and refuses if nobody can answer or a transaction is still open', async () => {
    shop.org.faults.replace({ rules: [{ fault: 'error', status: 503, match: { path: '/connect/realtime/*' } }] });
    await start('--wait', '1', '--settle', '1');
    const [unasked, open] = await Promise.all([
      forget('--member', 'HR-100001', '--json'),
      forget('--member', 'HR-100001', '--no-prompt', '--json'),
    ]);
    expect(errorOf(unasked).message).to.equal(
      'Erasing a member needs confirmation, but nobody can answer the prompt here.',
    );
    expect(errorOf(open).name).to.equal('OpenItemsError');
    expect(errorOf(open).message).to.include('1 transaction of the member HR-100001. Nothing was erased.');
    expect([unasked.code, open.code]).to.deep.equal([1, 1]);
  });
});
