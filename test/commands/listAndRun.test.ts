import { expect } from 'chai';
import {
  ListMembersResult,
  ListProcessesResult,
  ListProgramsResult,
  RunActionResult,
  RunProcessResult,
} from '../../src/cli/results/listResults.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import { openShop, seen } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { expectScreen } from '../support/screen.js';

describe('commands that list what an org has, and run it by name', function () {
  this.timeout(90_000);

  let shop: Shop;
  let cli: Cli;

  before(async () => {
    shop = await openShop({ members: 3 });
    const { store } = shop.org;
    store.insert('LoyaltyProgram', { Name: 'Before', Status: 'Inactive' });
    const [process] = store.find('LoyaltyProgramProcess', { ProcessType: 'CreditPointsToMembers' });
    for (const [Name, IsInput] of [
      ['PointsToCredit', true],
      ['PointsCredited', false],
    ] as const) {
      const flags = { IsInput, IsOutput: !IsInput, DataType: 'Numeric' };
      store.insert('LoyaltyProgramProcessParameter', { Name, LoyaltyProgramProcessId: process?.Id, ...flags });
    }
    const [last] = store.find('LoyaltyProgramMember', { MembershipNumber: 'HR-100003' });
    store.update('LoyaltyProgramMember', last?.Id ?? '', { EnrollmentDate: '2026-02-01', MemberStatus: 'Inactive' });
    cli = await Cli.create();
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const run = (words: string, ...args: string[]) => cli.run(words, args, { org: shop.org, columns: 80 });
  const program = ['--program', 'Harbour Rewards'];

  it('list programs and processes, with status and parameters', async () => {
    const [programs, allPrograms, processes, shown] = await Promise.all([
      run('list programs', '--json'),
      run('list programs'),
      run('list processes', ...program, '--json'),
      run('list processes', ...program),
    ]);
    const { records } = resultOf(programs, ListProgramsResult);
    expect(records.map(({ key, status }) => `${key} ${status}`)).to.deep.equal([
      'Before Inactive',
      'Harbour Rewards Active',
    ]);
    const credit = resultOf(processes, ListProcessesResult).records.find(
      ({ type }) => type === 'CreditPointsToMembers',
    );
    expect(credit).to.deep.include({
      status: 'Active',
      inputs: [{ name: 'PointsToCredit', type: 'Numeric' }],
      outputs: [{ name: 'PointsCredited', type: 'Numeric' }],
    });
    expectScreen('list programs', allPrograms, [
      '┌─────────────────┬──────────┐',
      '│ Program         │ Status   │',
      '├─────────────────┼──────────┤',
      '│ Before          │ inactive │',
      '│ Harbour Rewards │ active   │',
      '└─────────────────┴──────────┘',
      '',
    ]);
    expectScreen('list processes', shown, [
      '┌────────────────────────┬───────────────────────────┬────────┐',
      '│ Process                │ Type                      │ Status │',
      '├────────────────────────┼───────────────────────────┼────────┤',
      '│ Accrual                │ transaction journal       │ active │',
      '│ CancelVoucher          │ cancel voucher            │ active │',
      '│ CreditPointsToMembers  │ credit points to members  │ active │',
      '│ DebitPointsFromMembers │ debit points from members │ active │',
      '│ EnrollInPromotion      │ enroll in promotion       │ active │',
      '│ GetMemberPromotions    │ get member promotions     │ active │',
      '│ OptOutOfPromotion      │ opt out promotion         │ active │',
      '│ Redemption             │ transaction journal       │ active │',
      '│ TierProcessing         │ tier processing           │ active │',
      '└────────────────────────┴───────────────────────────┴────────┘',
      '',
      'CreditPointsToMembers takes PointsToCredit, and answers PointsCredited.',
    ]);
  });

  it('list members by status and day of enrollment, those who enrolled last first, and say that there are more', async () => {
    const [all, some] = await Promise.all([
      run('list members', ...program, '--limit', '2'),
      run('list members', ...program, '--enrolled-from', '2026-02-01', '--status', 'inactive', '--json'),
    ]);
    expectScreen('list members', all, [
      '┌───────────┬────────┬────────┬──────────┬──────────┐',
      '│ Member    │ Name   │ E-mail │ Status   │ Enrolled │',
      '├───────────┼────────┼────────┼──────────┼──────────┤',
      '│ HR-100003 │ Member │ –      │ inactive │ 2/1/2026 │',
      '│ HR-100001 │ Member │ –      │ active   │ 1/1/2026 │',
      '└───────────┴────────┴────────┴──────────┴──────────┘',
      '',
      '2 of 3 members. For more, give a higher --limit.',
    ]);
    const { records, counts } = resultOf(some, ListMembersResult);
    expect(records).to.have.length(1);
    expect(records[0]).to.deep.include({ key: 'HR-100003', enrollmentDate: '2026-02-01', name: 'Member' });
    expect(counts).to.deep.equal({ total: 1, matching: 1 });
  });

  it('run a process once for a key, with parameters from flags and a file', async () => {
    const journal = { ActivityDate: '2026-03-01T10:00:00Z', JournalTypeName: 'Accrual', MembershipNumber: 'HR-100001' };
    const file = await cli.file('credit.json', JSON.stringify({ TransactionJournal: journal, PointsToCredit: 1 }));
    const args = [...program, '--process', 'CreditPointsToMembers', '--file', file, '--parameter', 'PointsToCredit=7'];
    const first = resultOf(await run('run process', ...args, '--key', 'k', '--json'), RunProcessResult);
    expect(first.records[0]).to.deep.include({ key: 'k', status: 'done', results: [{ PointsCredited: 7 }] });
    const again = await run('run process', ...args, '--key', 'k');
    expectScreen('run process', again, [
      'The call with this key was made before. Nothing was sent. This was the answer:',
      'CreditPointsToMembers answered:',
      '  PointsCredited: 7',
      'Key: k',
    ]);
    expect(seen(shop.org, 'POST', '/program-processes/')).to.equal(1);
  });

  it('run a process that is not active: says so, with those that are', async () => {
    const process = shop.org.store.first('LoyaltyProgramProcess', { Name: 'TierProcessing' });
    const set = (Status: string) => shop.client.sobjects.update('LoyaltyProgramProcess', process?.Id ?? '', { Status });
    await set('Inactive');
    const idle = await run('run process', ...program, '--process', 'TierProcessing', '--json').finally(() =>
      set('Active'),
    );
    expect(errorOf(idle).message).to.match(
      /^Harbour Rewards has no active process "TierProcessing"\. Active processes: .*Credit/,
    );
    expect(idle.code).to.equal(1);
  });

  it('run a process whose answer says that it failed, and show what the org said', async () => {
    const args = [...program, '--process', 'DebitPointsFromMembers', '--parameter', 'PointsToDebit=abc', '--json'];
    const failed = await run('run process', ...args);
    const [record] = resultOf(failed, RunProcessResult).records;
    expect(record).to.deep.include({ status: 'unclear', results: null });
    expect(record?.error?.message).to.match(
      /^PointsToDebit has to be a number above zero, not abc\. The org does not show/,
    );
    expect(failed.code).to.equal(68);
  });

  it('run an action by its name, with the inputs that the org describes', async () => {
    const [member] = await shop.client.members.find('Harbour Rewards', ['HR-100002']);
    const [promotion] = shop.org.store.find('Promotion', { LoyaltyPromotionType: 'Cumulative' });
    const args = [...program, '--action', 'updateProgressForCumulativePromotionUsage'];
    const inputs = ['--input', `LOYALTYProgramMemberId=${member?.Id}`, '--input', `promotionId=${promotion?.Id}`];
    const uses = ['--input', 'usageIncrementForCumulativePromotion=2'];
    const done = resultOf(
      await run('run action', ...args, ...inputs, ...uses, '--key', 'a', '--json'),
      RunActionResult,
    );
    expect(done.records[0]?.outputs).to.include({ updatedCumulativeUsageCompleted: 2 });
    expectScreen('run action', await run('run action', ...args, ...inputs, ...uses, '--key', 'a'), [
      'The call with this key was made before. Nothing was sent. This was the answer:',
      'updateProgressForCumulativePromotionUsage answered:',
      '  cumulativeUsageTarget: 10',
      '  updatedCumulativeUsageCompleted: 2',
      'Key: a',
    ]);
    const [unknown, incomplete, nothing] = await Promise.all([
      run('run action', ...args, ...inputs, '--input', 'promotionIds=1', '--json'),
      run('run action', ...args, ...inputs, '--json'),
      run('run action', ...program, '--action', 'flyToTheMoon', '--json'),
    ]);
    expect(errorOf(unknown).message).to.include('has no input "promotionIds". Did you mean promotionId?');
    expect(errorOf(unknown).actions?.join()).to.include('usageIncrementForCumulativePromotion');
    expect(errorOf(incomplete).message).to.include('needs the inputs usageIncrementForCumulativePromotion.');
    expect(errorOf(nothing).message).to.include('The org has no action "flyToTheMoon"');
    expect([unknown.code, incomplete.code, nothing.code]).to.deep.equal([1, 1, 1]);
  });

  it('run an action and a process with no input that is there twice, or is rounded', async () => {
    const action = [...program, '--action', 'ASSIGNTierBenefits', '--json'];
    const process = [...program, '--process', 'GetMemberPromotions', '--json'];
    const long = await cli.file('long.json', '{"MembershipNumber": 12345678901234567890}');
    const twice = await cli.file('twice.json', '{"MembershipNumber": "HR-100001", "membershipNumber": "HR-100002"}');
    const same = await cli.file('same.json', '{"MembershipNumber": "HR-100001", "MembershipNumber": "HR-100002"}');
    const messages = [
      await run('run action', ...action, '--input', 'LoyaltyProgramMemberId=1', '--input', 'loyaltyprogrammemberid=2'),
      await run('run process', ...process, '--parameter', 'MembershipNumber=1', '--parameter', 'MembershipNumber=2'),
      await run('run process', ...process, '--file', twice),
      await run('run process', ...process, '--file', same),
      await run('run process', ...process, '--file', long),
    ].map((ended) => errorOf(ended).message);
    expect(messages).to.deep.equal([
      'The value "loyaltyprogrammemberid" is given twice.',
      'The value "MembershipNumber" is given twice.',
      'The value "membershipNumber" is given twice.',
      `${same} cannot be used: it has "MembershipNumber" twice.`,
      `${long} cannot be used: its number 12345678901234567890 has more digits than can be sent: write it in quotes.`,
    ]);
  });

  it('run a process with parameters from standard input, of which a flag replaces one in any case', async () => {
    const args = [...program, '--process', 'GetMemberPromotions', '--file', '-', '--json'];
    const stdin = '{"membershipnumber": "HR-9"}';
    const flag = ['--parameter', 'MembershipNumber=HR-100001'];
    const ended = await cli.run('run process', [...args, ...flag], { org: shop.org, stdin });
    expect(resultOf(ended, RunProcessResult).counts).to.include({ done: 1 });
  });
});
