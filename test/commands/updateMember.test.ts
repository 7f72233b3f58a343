import { expect } from 'chai';
import { UnenrollMemberResult, UpdateMemberResult } from '../../src/cli/results/membershipResults.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import { openShop, writes } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';
import { expectScreen, onlyProgram } from '../support/screen.js';

describe('loyalty update member and unenroll member', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;

  before(async () => {
    shop = await openShop({ members: 3 });
    const [program] = shop.org.store.find('LoyaltyProgram', {});
    for (const ProcessType of ['UpdateMemberDetails', 'UnenrollMember']) {
      const values = { Name: `Our ${ProcessType}`, ProcessType, Status: 'Active', LoyaltyProgramId: program?.Id };
      shop.org.store.insert('LoyaltyProgramProcess', values);
    }
    cli = await Cli.create();
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const run = (words: string, args: readonly string[]) => cli.run(words, args, { org: shop.org, columns: 80 });
  const update = (...args: string[]) => run('update member', ['--member', 'HR-100001', ...args]);
  const unenroll = (member: string, ...args: string[]) => run('unenroll member', ['--member', member, ...args]);

  it('changes the person by the process, and fields by their records', async () => {
    const given = ['--process', 'Our UpdateMemberDetails', '--email', 'ines@example.com', '--last-name', 'Okafor'];
    const { records, counts } = resultOf(
      await update(...given, '--field', 'Phone=+15550100', '--field', 'CanReceivePromotions=false', '--json'),
      UpdateMemberResult,
    );
    expect(records).to.have.length(1);
    expect(records[0]).to.deep.include({ key: 'HR-100001', status: 'updated', differences: [] });
    expect(counts).to.deep.equal({ updated: 1, different: 0, unchecked: 0 });
    const [account] = shop.org.store.find('Account', { LastName: 'Okafor' });
    expect(account).to.include({ PersonEmail: 'ines@example.com', Phone: '+15550100' });
    const shown = await update(...given, '--field', 'Phone=+15550101');
    expectScreen('update member', shown, [onlyProgram, 'Updated the member HR-100001.']);
    const [row] = shop.org.store.find('LoyaltyProgramMember', { MembershipNumber: 'HR-100001' });
    expect(row).to.include({ CanReceivePromotions: false });
  });

  it('says that a process is missing, and what is wrong with a value, before anything is written', async () => {
    shop.org.requests.reset();
    const [process, field, nothing] = await Promise.all([
      update('--email', 'a@example.com', '--json'),
      update('--field', 'Shoe=1', '--json'),
      update('--json'),
    ]);
    expect(errorOf(process).message).to.include('Our UpdateMemberDetails');
    expect(errorOf(process).actions?.join()).to.include('--records');
    expect(errorOf(field).message).to.include('"Shoe" is not a column of members');
    expect([process.code, field.code, nothing.code]).to.deep.equal([1, 1, 2]);
    expect(writes(shop.org)).to.equal(1);
  });

  it('ends a membership after asking, once', async () => {
    const unasked = await unenroll('HR-100002', '--json');
    expect(errorOf(unasked).actions?.join()).to.include('--no-prompt');
    const first = await unenroll('HR-100002', '--no-prompt', '--process', 'Our UnenrollMember');
    expectScreen('unenroll member', first, [
      onlyProgram,
      'Ended the membership of HR-100002. Its status was Active, and is Inactive now.',
    ]);
    const again = resultOf(await unenroll('HR-100002', '--json'), UnenrollMemberResult);
    expect(again.records[0]).to.include({ key: 'HR-100002', status: 'already', before: 'Inactive' });
    const byRecord = resultOf(await unenroll('HR-100003', '--records', '--no-prompt', '--json'), UnenrollMemberResult);
    expect(byRecord.records[0]).to.include({ status: 'unenrolled', before: 'Active', after: 'Inactive' });
  });

  it('says after a lost answer that the membership has ended, but not by whom', async () => {
    await using relay = await Relay.open(shop.org, { after: ({ method }) => method === 'PATCH' && 'cut' });
    const args = ['--member', 'HR-100001', '--records', '--no-prompt'];
    const ended = await cli.run('unenroll member', args, { org: relay });
    expect(ended.code).to.equal(69);
    const said = ended.stderr.replaceAll(/\s+/g, ' ');
    expect(said).to.include('was Active before, and is Inactive now. This command may have ended the membership');
  });
});
