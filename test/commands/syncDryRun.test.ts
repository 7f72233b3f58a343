import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { Cli, errorOf, expectToFit } from '../support/cli.js';
import { cups, feedOf, harbourMap, reportOf } from '../support/cliFeed.js';
import { journalRequests, openShop, writes } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';

describe('loyalty sync start --dry-run', function () {
  this.timeout(120_000);

  let shop: Shop;
  let cli: Cli;

  beforeEach(async () => {
    shop = await openShop({ members: 3 });
    cli = await Cli.create();
  });

  afterEach(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  async function start(rows: readonly string[], ...args: string[]) {
    const file = await cli.file('till.csv', feedOf(rows));
    return cli.run('sync start', ['--file', file, '--map', harbourMap, ...args], { org: shop.org });
  }

  it('asks the org for members and keys, even with an empty outbox', async () => {
    await start(cups(['HR-100001']), '--outbox', cli.path('other.sqlite'));
    shop.org.requests.reset();
    const rows = cups(['HR-100001', 'HR-100002', 'HR-999']);
    const ended = await start(rows, '--outbox', cli.path('till.sqlite'), '--dry-run', '--json');
    expect(ended.code).to.equal(68);
    const { ending, counts, reasons, preview } = reportOf(ended);
    expect(ending).to.equal('planned');
    expect(counts.items).to.include({ new: 3, done: 1, found: 1, ready: 1, refused: 1 });
    expect(reasons.map(({ status, code }) => [status, code])).to.deep.equal([['refused', 'UNKNOWN_MEMBER']]);
    expect(preview?.map(({ key }) => key)).to.deep.equal(['harbour:700002:CUP-01:1']);
    expect([journalRequests(shop.org), writes(shop.org)]).to.deep.equal([0, 0]);
    expect(existsSync(cli.path('till.sqlite'))).to.equal(false);
  });

  it('knows what the outbox knows, and does not change its file', async () => {
    const outbox = cli.path('till.sqlite');
    await start(cups(['HR-100001', 'HR-100002']), '--outbox', outbox);
    const before = await fingerprint(outbox);
    const ended = await start(cups(['HR-100001', 'HR-100002', 'HR-100003']), '--outbox', outbox, '--dry-run');
    expect(ended.code).to.equal(0);
    expectToFit(ended);
    expect(ended.stdout)
      .to.match(/^ +known before +2$/m)
      .and.to.match(/^ +would be sent +1$/m)
      .and.to.match(/^What would be sent first:\n {2}harbour:700003:CUP-01:1 of HR-100003: /m);
    expect(await fingerprint(outbox)).to.deep.equal(before);
  });

  it('finds a mistyped field of the mapping before anything is read or sent, as a real run does', async () => {
    const typo = (await readFile(harbourMap, 'utf8')).replace('TransactionAmount:', 'TransactionAmout:');
    const map = await cli.file('typo.yml', typo);
    const file = await cli.file('till.csv', feedOf(cups(shop.members)));
    const line = typo.split('\n').findIndex((text) => text.includes('TransactionAmout')) + 1;
    for (const more of [['--dry-run'], []]) {
      const ended = await cli.run('sync start', ['--file', file, '--map', map, '--json', ...more], { org: shop.org });
      expect(ended.code).to.equal(1);
      expect(errorOf(ended).message).to.include(`${map} line ${line}: \`journal.TransactionAmout\``);
      expect(errorOf(ended).actions?.join(' ')).to.include('TransactionAmount');
    }
    expect(writes(shop.org)).to.equal(0);
  });

  async function fingerprint(file: string): Promise<readonly [number, string]> {
    const digest = createHash('sha256').update(await readFile(file));
    return [(await stat(file)).mtimeMs, digest.digest('hex')];
  }
});
