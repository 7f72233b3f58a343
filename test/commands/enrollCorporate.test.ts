import { expect } from 'chai';
import { EnrollCorporateResult } from '../../src/cli/results/memberResults.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import { openShop, seen } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { expectScreen, onlyProgram } from '../support/screen.js';

describe('loyalty enroll corporate', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;

  before(async () => {
    shop = await openShop({ members: 1 });
    cli = await Cli.create();
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const run = (...args: readonly string[]) => cli.run('enroll corporate', args, { org: shop.org, columns: 80 });
  const enrollments = (): number => seen(shop.org, 'POST', '/corporate-member-enrollments');

  it('enrolls a company with its fields, and recognizes it the second time', async () => {
    const company = [
      ...['--member', 'CO-1', '--name', 'Okafor Shipping', '--phone', '+15550100', '--referred-by', 'HR-100001'],
      ...['--field', 'Industry=Shipping', '--field', 'member.GroupName=Fleet', '--channel', 'partner'],
    ];
    const first = await run(...company);
    expectScreen('enroll corporate', first, [
      onlyProgram,
      'Harbour Rewards: 1 enrolled, 0 already enrolled, 0 failed, 0 unknown.',
    ]);
    const again = resultOf(await run(...company, '--json'), EnrollCorporateResult);
    expect(again.records.map(({ key, status }) => `${key} ${status}`)).to.deep.equal(['CO-1 exists']);
    expect(enrollments()).to.equal(1);
    const member = shop.org.store.first('LoyaltyProgramMember', { MembershipNumber: 'CO-1' });
    expect(member).to.include({ MemberType: 'Corporate', GroupName: 'Fleet', EnrollmentChannel: 'Partner' });
    expect(shop.org.store.get('Account', String(member?.['AccountId']))).to.include({
      Name: 'Okafor Shipping',
      Industry: 'Shipping',
    });
  });

  it('enrolls those of a file, and reports each line that cannot be used', async () => {
    const rows = ['C-1,Abebe Ltd,Energy', 'C-2,,Energy', ',Chen Inc,', 'c-1,Abebe Two,'];
    const file = await cli.file('companies.csv', ['MembershipNumber,NAME,account.Industry', ...rows, ''].join('\n'));
    const ended = await run('--file', file, '--json');
    expect(ended.code).to.equal(68);
    const { records, counts } = resultOf(ended, EnrollCorporateResult);
    expect(counts).to.include({ enrolled: 1, failed: 3 });
    const messages = records.flatMap(({ line, error }) => (error ? [[line, error.message]] : []));
    expect(messages).to.deep.equal([
      [3, `${file}, line 3: The line has no name.`],
      [4, `${file}, line 4: The line has no membershipNumber.`],
      [5, `${file}, line 5: membershipNumber "c-1" is in line 2, too.`],
    ]);
    expect(shop.org.store.first('Account', { Name: 'Abebe Ltd' })).to.include({ Industry: 'Energy' });
  });

  it('asks nothing of the org when a column is unknown, and names the near one', async () => {
    const before = enrollments();
    const file = await cli.file('typo.csv', 'membershipNumber,name,fone\nC-9,Nine,1\n');
    const { message } = errorOf(await run('--file', file, '--json'));
    expect(message).to.equal(`${file}, line 1: there is no column "fone". Do you mean phone?`);
    const twice = errorOf(
      await run('--member', 'C-9', '--name', 'X', '--field', 'Fax=1', '--field', 'account.Fax=2', '--json'),
    );
    expect(twice.message).to.equal('--field: account.Fax is given twice.');
    expect(enrollments()).to.equal(before);
  });
});
