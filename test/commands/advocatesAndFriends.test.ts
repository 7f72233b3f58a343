import { expect } from 'chai';
import {
  CreateReferralResult,
  EnrollAdvocateResult,
  ListReferralsResult,
} from '../../src/cli/results/referralResults.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import type { Ended } from '../support/cli.js';
import { openShop, seen } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { addReferralPromotion } from '../support/cliReferrals.js';
import { expectScreen, onlyProgram } from '../support/screen.js';

describe('loyalty commands for referrals', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;
  let code: string;
  const promotion = ['--promotion', 'friend'];

  before(async () => {
    shop = await openShop({ members: 3 });
    addReferralPromotion(shop.org);
    const member = shop.org.store.first('LoyaltyProgramMember', { MembershipNumber: 'HR-100001' });
    code = `${String(member?.['ReferralCode'])}-FRIEND`;
    cli = await Cli.create();
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const run = (words: string, args: readonly string[]): Promise<Ended> =>
    cli.run(words, args, { org: shop.org, columns: 80 });

  it('make a member an advocate, once', async () => {
    const args = ['--member', 'HR-100001', ...promotion];
    const ended = await run('enroll advocate', args);
    expectScreen('enroll advocate', ended, [
      onlyProgram,
      'HR-100001 is now an advocate of Bring a friend.',
      `Code for friends: ${code}`,
      ended.stdout.split('\n').find((line) => line.startsWith('To refer a friend: sf loyalty create referral')) ?? '',
    ]);
    expect(ended.stdout).to.include(`sf loyalty create referral --code ${code} --email EMAIL`);
    const again = resultOf(await run('enroll advocate', [...args, '--json']), EnrollAdvocateResult);
    expect(again.records).to.have.length(1);
    expect(again.records[0]).to.include({ key: 'HR-100001', status: 'exists', referralCode: code });
    expect(seen(shop.org, 'POST', '/member-enrollments')).to.equal(1);
  });

  it('enroll the people of a file, of whom some are not members yet', async () => {
    const header = 'membershipNumber,firstName,lastName,email';
    const lines = ['HR-100002,,,', 'HR-7,Mac,Ray,mray@example.com', 'nobody,,,', ',Mac,,mray@example.com'];
    const file = await cli.file('advocates.csv', `${[header, ...lines].join('\n')}\n`);
    const args = ['--file', file, ...promotion, '--json'];
    const ended = await run('enroll advocate', args);
    expect(ended.code).to.equal(68);
    const { records, counts } = resultOf(ended, EnrollAdvocateResult);
    expect(counts).to.deep.equal({ enrolled: 2, exists: 0, failed: 2, unknown: 0 });
    expect(records.map(({ key, line, error }) => [key, line, error?.code])).to.deep.equal([
      ['HR-100002', 2, undefined],
      ['HR-7', 3, undefined],
      ['nobody', 4, 'UNKNOWN_MEMBER'],
      ['line 5', 5, 'INVALID_ROW'],
    ]);
    expect(records[3]?.error?.message).to.include('no lastName');
    const sent = seen(shop.org, 'POST', '/member-enrollments');
    expect(resultOf(await run('enroll advocate', args), EnrollAdvocateResult).counts).to.include({ exists: 2 });
    expect(seen(shop.org, 'POST', '/member-enrollments')).to.equal(sent);
  });

  it('name the referral promotions if there is none of that name', async () => {
    const ended = await run('enroll advocate', [
      '--member',
      'HR-100001',
      '--promotion',
      'Ten cups, one free',
      '--json',
    ]);
    expect(ended.code).to.equal(1);
    expect(errorOf(ended).message).to.equal(
      'The program "Harbour Rewards" has no referral promotion "Ten cups, one free". It has: "Bring a friend".',
    );
  });

  it('refer a friend, and move the referral to its stages, each once', async () => {
    const friend = ['--code', code, '--email', 'mclare@example.com', '--date', '2026-03-09T10:00:00'];
    expectScreen('create referral', await run('create referral', friend), [
      onlyProgram,
      'Recorded the referral of mclare@example.com by HR-100001.',
      'Stage: Advocate Refers Friend',
    ]);
    const signedUp = resultOf(
      await run('create referral', [...friend, '--event', 'enrollment', '--json']),
      CreateReferralResult,
    );
    expect(signedUp.records[0]).to.include({ status: 'moved', advocate: 'HR-100001', stage: 'Friend Signs Up' });
    expect(signedUp.records[0]?.vouchers.map(({ voucher }) => voucher)).to.deep.equal(['Welcome']);
    const purchase = [...friend, '--event', 'purchase', '--amount', '40.50', '--order', 'R-1', '--json'];
    expect(resultOf(await run('create referral', purchase), CreateReferralResult).counts).to.include({ moved: 1 });
    expect(shop.org.store.first('TransactionJournal', { ExternalTransactionNumber: 'R-1' })).to.include({
      TransactionAmount: 40.5,
    });
    expect(await balance()).to.equal(50);
    const again = resultOf(await run('create referral', purchase), CreateReferralResult);
    expect(again.records[0]).to.include({ status: 'exists', stage: 'Friend Completes First Purchase' });
    expect(await balance()).to.equal(50);
    expect(seen(shop.org, 'POST', '/referral-event')).to.equal(3);
  });

  it('record the events of a file', async () => {
    const header = 'email,firstName,lastName,eventType,purchaseAmount,activityDateTime';
    const lines = [
      'ana@example.com,,,,,2026-03-10',
      'ben@example.com,Ben,Holt,Enrollment,,',
      'x@example.com,,,Sold,,',
      ',Zoe,Fox,,,',
      'y@example.com,,,,,2026-02-30',
    ];
    const file = await cli.file('friends.csv', `${[header, ...lines].join('\n')}\n`);
    const ended = await run('create referral', ['--file', file, '--code', code, '--date', '2026-03-10', '--json']);
    expect(ended.code).to.equal(68);
    const { records, counts } = resultOf(ended, CreateReferralResult);
    expect(counts).to.deep.equal({ created: 2, moved: 0, exists: 0, failed: 3, unknown: 0 });
    expect(records.map(({ key, event, error }) => [key, event, error?.code])).to.deep.equal([
      ['ana@example.com', 'Refer', undefined],
      ['ben@example.com', 'Enrollment', undefined],
      ['line 4', null, 'INVALID_ROW'],
      ['line 5', null, 'INVALID_ROW'],
      ['line 6', null, 'INVALID_ROW'],
    ]);
  });

  it('are refused a friend of another advocate, who is not taken for a known one', async () => {
    const other = shop.org.store.first('LoyaltyProgramMember', { MembershipNumber: 'HR-100002' });
    const theirs = `${String(other?.['ReferralCode'])}-FRIEND`;
    const ended = await run('create referral', ['--code', theirs, '--email', 'mclare@example.com', '--json']);
    expect(errorOf(ended).message).to.include('by another advocate');
  });

  it('list the referrals of an advocate with stages and rewards, within 80 columns', async () => {
    const listed = await run('list referrals', ['--member', 'HR-100001', ...promotion]);
    expectScreen('list referrals', listed, [
      onlyProgram,
      `Bring a friend: joined. Code for friends: ${code}. 3 referrals: 1 signed`,
      '  up, 1 bought.',
      'Referrals of HR-100001',
      '┌────────────────────┬─────────────────────────────────┬───────────┬───────────┐',
      '│ Friend             │ Stage                           │ Date      │ Rewards   │',
      '├────────────────────┼─────────────────────────────────┼───────────┼───────────┤',
      '│ Ben Holt           │ Friend Signs Up                 │ 3/10/2026 │ Welcome   │',
      '│                    │                                 │           │ for the   │',
      '│                    │                                 │           │ friend    │',
      '│ ana@example.com    │ Advocate Refers Friend          │ 3/10/2026 │ –         │',
      '│ mclare@example.com │ Friend Completes First Purchase │ 3/9/2026  │ Welcome   │',
      '│                    │                                 │           │ for the   │',
      '│                    │                                 │           │ friend,   │',
      '│                    │                                 │           │ +50 Stars │',
      '└────────────────────┴─────────────────────────────────┴───────────┴───────────┘',
      '',
    ]);
    const { records, promotions } = resultOf(
      await run('list referrals', ['--member', 'HR-100001', '--json']),
      ListReferralsResult,
    );
    expect(promotions).to.have.length(1);
    expect(promotions[0]).to.include({ status: 'joined', referralCode: code, referrals: 3, signedUp: 1, bought: 1 });
    const clare = records.find(({ friend }) => friend?.includes('mclare'));
    expect(clare).to.include({ member: 'HR-100001', stageType: 'Friend Completes First Purchase' });
    expect(clare?.rewards).to.have.length(2);
  });

  it('list the referrals of all advocates, and what somebody can join', async () => {
    const shown = await run('list referrals', []);
    expect(shown.stdout).to.include('Referrals of Bring a friend').and.not.include('│ Promotion');
    const all = resultOf(await run('list referrals', ['--json']), ListReferralsResult);
    expect([all.counts.total, all.promotions]).to.deep.equal([3, []]);
    const { stdout } = await run('list referrals', ['--member', 'HR-100003']);
    expect(stdout).to.include('HR-100003 has no referrals.').and.include('Bring a friend: can be joined.');
    expect(stdout).to.include("sf loyalty enroll advocate --member HR-100003 --promotion 'Bring a friend' --program");
  });

  const balance = async (): Promise<number | undefined> => {
    const { currencies } = await shop.client.members.balances('Harbour Rewards', 'HR-100001');
    return currencies.find(({ currencyName }) => currencyName === 'Stars')?.pointsBalance;
  };
});
