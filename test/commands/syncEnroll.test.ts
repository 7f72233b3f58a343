import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { Cli, errorOf } from '../support/cli.js';
import { csvRows, cups, feedOf, harbourMap, reportOf } from '../support/cliFeed.js';
import { openShop, writes } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';

describe('loyalty sync start --unknown-members enroll', function () {
  this.timeout(120_000);

  let shop: Shop;
  let cli: Cli;
  let map: string;

  before(async () => {
    shop = await openShop({ members: 2 });
    cli = await Cli.create();
    const text = await readFile(harbourMap, 'utf8');
    map = await cli.file('enroll.yml', `${text}\nenroll:\n  lastName: Store\n  firstName: Description\n`);
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  async function start(members: readonly string[], ...args: string[]) {
    const file = await cli.file('till.csv', feedOf(cups(members)));
    const shared = ['--file', file, '--outbox', cli.path('till.sqlite'), '--unknown-members', 'enroll'];
    return cli.run('sync start', [...shared, ...args], { org: shop.org, columns: 80 });
  }

  it('is an error before anything is sent if the mapping does not say with what', async () => {
    const { code, ...ended } = await start(['HR-9'], '--map', harbourMap, '--json');
    expect(code).to.equal(1);
    expect(errorOf({ code, ...ended }).message).to.match(
      /harbour-feed\.yml line \d+: members are to be enrolled, but the mapping does not say with what\.$/,
    );
    expect(writes(shop.org)).to.equal(0);
  });

  it('enrolls each member once; a dry run says how many, and the results say who', async () => {
    const members = ['HR-100001', 'HR-901', 'HR-901', 'HR-902'];
    const planned = await start(members, '--map', map, '--dry-run');
    expect([planned.code, writes(shop.org)]).to.deep.equal([0, 0]);
    expect(planned.stdout)
      .to.match(/^ +would be sent +4$/m)
      .and.to.match(/^ +Members who would be enrolled +2$/m);

    const report = reportOf(await start(members, '--map', map, '--json'));
    expect([report.ending, report.counts.items.done]).to.deep.equal(['complete', 4]);
    expect(report.members).to.include({ enrolled: 2, refused: 0, recordsLeftOut: 0 });
    const rows = csvRows(await readFile(`${report.results ?? ''}/members.csv`, 'utf8'));
    expect(rows.map(({ member, state }) => [member, state])).to.deep.equal([
      ['HR-901', 'enrolled'],
      ['HR-902', 'enrolled'],
    ]);
    const stored = shop.org.store.first('LoyaltyProgramMember', { MembershipNumber: 'HR-901' });
    expect(rows[0]?.['memberId']).to.equal(stored?.Id.slice(0, 15));
    const contact = shop.org.store.first('Contact', { Id: String(stored?.['ContactId']) });
    expect(contact).to.include({ LastName: 'Pier 4' });
    const shown = await cli.run('sync report', ['--outbox', cli.path('till.sqlite')], { org: shop.org });
    expect(shown.stdout).to.match(/^ +Members enrolled +2$/m);
  });
});
