import { expect } from 'chai';
import { DisplayMemberResult } from '../../src/cli/results/memberResults.js';
import type { LoyaltyClient } from '../../src/client/index.js';
import { harbourRewards } from '../../src/program/index.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import type { Ended, Target } from '../support/cli.js';
import { openShop, writes } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';
import { expectScreen, onlyProgram } from '../support/screen.js';
import type { RelayHooks } from '../support/cliRelay.js';
import { expectToBeText, hostile } from '../support/hostileText.js';

const program = harbourRewards.name;
/** Has points, rewards and progress. */
const busy = 'HR-100001';

describe('loyalty display member', function () {
  this.timeout(120_000);

  let shop: Shop;
  let cli: Cli;
  let today: string;
  let expiry: string;

  before(async () => {
    shop = await openShop({ members: 5 });
    cli = await Cli.create();
    await buy(busy, '210.50');
    await giveRewards(shop.client, busy);
    shop.org.requests.reset();
    const { tiers } = await shop.client.members.balances(program, busy);
    today = tiers[0]?.tierEffectiveDate ?? '';
    // A year later, as the tier group of the example says.
    expiry = tiers[0]?.tierExpirationDate ?? '';
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const display = (args: readonly string[], org: Target = shop.org): Promise<Ended> =>
    cli.run('display member', args, { org, columns: 80 });

  const resultFor = async (member: string, org: Target = shop.org): Promise<DisplayMemberResult> =>
    resultOf(await display(['--member', member, '--json'], org), DisplayMemberResult);

  async function buy(member: string, amount: string, ActivityDate = '2026-03-01T10:00:00Z'): Promise<void> {
    await shop.client.journals.execute(program, [
      {
        MembershipNumber: member,
        ActivityDate,
        JournalTypeName: 'Accrual',
        TransactionAmount: amount,
        ExternalTransactionNumber: `${member} ${amount} ${ActivityDate}`,
        Status: 'Pending',
      },
    ]);
  }

  async function through(hooks: RelayHooks, args: readonly string[]): Promise<Ended> {
    await using relay = await Relay.open(shop.org, hooks);
    return await display(args, relay);
  }

  it('shows tier and points to go, balances, benefits, vouchers and progress within 80 columns', async () => {
    const ended = await display(['--member', busy]);
    const [since, until] = [today, expiry].map((day) => shown(day));
    expectScreen('display member', ended, [
      onlyProgram,
      'Member, HR-100001',
      '  Member of Harbour Rewards',
      '  Active, Individual, enrolled 1/1/2026',
      '',
      'Tiers',
      ...wrappedAt80(
        `  Harbour Status: Silver, since ${since}, until ${until}. 189.5 Tier Points to go until Gold (210.5 of 400).`,
      ),
      '',
      'Points',
      '┌─────────────┬────────────────┬─────────┬──────────┬───────┐',
      '│ Currency    │ Kind           │ Balance │ Expiring │ Reset │',
      '├─────────────┼────────────────┼─────────┼──────────┼───────┤',
      '│ Stars       │ non-qualifying │   210.5 │        0 │ –     │',
      '│ Tier Points │ qualifying     │   210.5 │        0 │ –     │',
      '└─────────────┴────────────────┴─────────┴──────────┴───────┘',
      '',
      'Benefits',
      '  Birthday coffee (Hospitality), since 1/1/2026: Members drink for free on their',
      '    birthday.',
      '',
      'Vouchers',
      '┌───────────┬─────────────────┬────────┬────────────┬──────────┐',
      '│ Code      │ Voucher         │  Value │ Expires    │ Status   │',
      '├───────────┼─────────────────┼────────┼────────────┼──────────┤',
      '│ CAKE-0001 │ Five off a cake │ 3 of 5 │ 12/31/2035 │ Issued   │',
      '│ CAKE-0002 │ Five off a cake │      5 │ 12/31/2035 │ Redeemed │',
      '└───────────┴─────────────────┴────────┴────────────┴──────────┘',
      '',
      'Progress',
      '┌────────────────────┬──────────────────┬─────────┬──────────┐',
      '│ Promotion          │ Progress         │    Done │ Left     │',
      '├────────────────────┼──────────────────┼─────────┼──────────┤',
      '│ Harbour regular    │ ░░░░░░░░░░   2 % │ 1 of 40 │ 39 to go │',
      '│ Ten cups, one free │ █░░░░░░░░░  10 % │ 1 of 10 │ 9 to go  │',
      '└────────────────────┴──────────────────┴─────────┴──────────┘',
      '',
    ]);
    expect(ended.code).to.equal(0);
    expect(writes(shop.org)).to.equal(0);
  });

  it('gives the same numbers as JSON, for a number and for an Id', async () => {
    const result = await resultFor(busy);
    expect(result.member).to.include({ membershipNumber: busy, name: 'Member', status: 'Active', type: 'Individual' });
    expect(result.tiers).to.deep.equal([
      {
        tierGroup: 'Harbour Status',
        tier: 'Silver',
        effectiveDate: today,
        expirationDate: expiry,
        next: { tier: 'Gold', currency: 'Tier Points', minimum: 400, balance: 210.5, pointsToGo: 189.5 },
        isHighest: false,
      },
    ]);
    expect(result.currencies.map(({ currency, type, balance }) => [currency, type, balance])).to.deep.equal([
      ['Stars', 'NonQualifying', 210.5],
      ['Tier Points', 'Qualifying', 210.5],
    ]);
    expect(result.benefits.map(({ benefit }) => benefit)).to.deep.equal(['Birthday coffee']);
    expect(result.vouchers[1]).to.include({ code: 'CAKE-0001', status: 'Issued', faceValue: 5, remainingValue: 3 });
    expect(result.progress.map(({ completed, target }) => [completed, target])).to.deep.equal([
      [1, 40],
      [1, 10],
    ]);
    expect(result.gaps).to.deep.equal([]);
    expect(await resultFor(result.member.memberId)).to.deep.equal(result);
  });

  it('shows with --expiring when the points expire, soonest first, and what is only assumed', async () => {
    const year = new Date().getUTCFullYear();
    const day = (time: string): string => new Date(time).toLocaleDateString('en-US', { timeZone: 'UTC' });
    const earned = [`${year}-01-02T10:00:00Z`, `${year - 1}-06-02T10:00:00Z`, `${year - 3}-06-02T10:00:00Z`];
    for (const time of earned) await buy('HR-100005', '10.00', time);
    await buy('HR-100005', '-4.00', `${year - 1}-06-03T10:00:00Z`);
    const { currencies, expiring } = resultOf(
      await display(['--member', 'HR-100005', '--expiring', '--json']),
      DisplayMemberResult,
    );
    expect(currencies.find(({ currency }) => currency === 'Stars')?.balance).to.equal(26);
    const [stars, tierPoints] = expiring ?? [];
    expect(stars?.lots.map(({ expirationDate, points }) => [expirationDate, points])).to.deep.equal([
      [`${year - 1}-06-02`, 6],
      [`${year + 1}-06-02`, 10],
      [`${year + 2}-01-02`, 10],
    ]);
    expect(stars).to.deep.include({ model: 'Fixed', doubts: ['order'], escrow: [] });
    expect(tierPoints).to.deep.include({ model: null, doubts: [] });
    const ended = await display(['--member', 'HR-100005', '--expiring']);
    const lines = ended.stdout.split('\n');
    const title = lines.indexOf('Expiring points');
    expect(lines.slice(title, lines.indexOf('Benefits'))).to.deep.equal([
      'Expiring points',
      ...wrappedAt80(
        `  6 Stars expired on ${day(`${year - 1}-06-02`)}, and leave the balance the next time the org's job runs.`,
      ),
      `  10 Stars expire on ${day(`${year + 1}-06-02`)}, earned on ${day(`${year - 1}-06-02`)}.`,
      `  10 Stars expire on ${day(`${year + 2}-01-02`)}, earned on ${day(`${year}-01-02`)}.`,
      '  26 Tier Points do not expire.',
      '  Which Stars were spent is assumed: those that expire first.',
      '',
    ]);
    expect(lines.filter((line) => line.length > 80)).to.deep.equal([]);
    expect((await resultFor(busy)).expiring).to.equal(null);
  });

  it('says that a member holds the highest tier, from its minimum on', async () => {
    await buy('HR-100003', '400.00');
    const { tiers } = await resultFor('HR-100003');
    expect(tiers[0]).to.include({ tier: 'Gold', next: null, isHighest: true });
    const human = await display(['--member', 'HR-100003']);
    expect(human.stdout.replaceAll(/\s+/g, ' ')).to.match(
      /Harbour Status: Gold, since [\d/]+, until [\d/]+\. This is the highest tier\./,
    );
  });

  it('shows of a member who has nothing that there is nothing', async () => {
    await using bare = await openShop({ members: 1 });
    const { store } = bare.org;
    for (const object of ['LoyaltyMemberTier', 'LoyaltyMemberCurrency']) {
      for (const { Id } of store.find(object, {})) store.delete(object, Id);
    }
    for (const { Id } of store.find('Promotion', {})) store.update('Promotion', Id, { IsActive: false });
    const result = await resultFor(busy, bare.org);
    // A member without a balance has all points to go.
    expect(result.tiers).to.deep.equal([
      {
        tierGroup: 'Harbour Status',
        tier: null,
        effectiveDate: null,
        expirationDate: null,
        next: { tier: 'Bronze', currency: 'Tier Points', minimum: 0, balance: 0, pointsToGo: 0 },
        isHighest: false,
      },
    ]);
    const { currencies, benefits, vouchers, progress, gaps } = result;
    expect([currencies, benefits, vouchers, progress, gaps]).to.deep.equal([[], [], [], [], []]);
    for (const { Id } of store.find('LoyaltyTierGroup', {})) {
      store.update('LoyaltyTierGroup', Id, { IsActive: false }, { as: 'org' });
    }
    const human = await display(['--member', busy], bare.org);
    expect(human.stdout.split('\n').slice(5)).to.deep.equal([
      ...['Tiers', '  none', '', 'Points', '  none', '', 'Benefits', '  none', ''],
      ...['Vouchers', '  none', '', 'Progress', '  none', '', ''],
    ]);
    expect(human.code).to.equal(0);
  });

  it('has the vouchers of all pages, and says how many are not on the screen', async () => {
    const { Id: LoyaltyProgramMemberId } = await shop.client.members.get(program, 'HR-100004');
    const VoucherDefinitionId = shop.org.store.first('VoucherDefinition', {})?.Id;
    for (let index = 1; index <= 201; index += 1) {
      shop.org.store.insert('Voucher', {
        ...{ VoucherDefinitionId, LoyaltyProgramMemberId, VoucherCode: `MANY-${index}`, EffectiveDate: '2026-01-01' },
        ...{ ExpirationDate: '2035-12-31', Status: index === 201 ? 'Issued' : 'Expired' },
      });
    }
    const { vouchers } = await resultFor('HR-100004');
    expect(new Set(vouchers.map(({ code }) => code))).to.have.property('size', 201);
    const human = await display(['--member', 'HR-100004']);
    const codes = [...human.stdout.matchAll(/MANY-\d+/g)].map(([code]) => code);
    expect(codes).to.have.lengthOf(20);
    expect(codes[0], 'what can be used comes first').to.equal('MANY-201');
    expect(human.stdout).to.include('  … and 181 more. All of them: --json.');
  });

  it('names what the org does not tell, shows the rest, and ends with 68', async () => {
    const hooks: RelayHooks = {
      before: ({ url }) => {
        if (url.includes('/memberbenefits')) return { status: 404, errorCode: 'NOT_FOUND', message: 'No such page' };
        if (url.includes('/vouchers')) return { status: 403, errorCode: 'INSUFFICIENT_ACCESS', message: 'Not for you' };
        if (/FROM(?:%20|\+)LoyaltyTier(?:%20|\+)/.test(url))
          return { status: 400, errorCode: 'INVALID_TYPE', message: 'What?' };
        return undefined;
      },
    };
    const ended = await through(hooks, ['--member', busy, '--json']);
    const { tiers, currencies, progress, gaps } = resultOf(ended, DisplayMemberResult);
    expect(gaps).to.deep.equal([
      { part: 'nextTiers', code: 'INVALID_TYPE', message: 'What?' },
      { part: 'benefits', code: 'NOT_FOUND', message: 'No such page' },
      { part: 'vouchers', code: 'INSUFFICIENT_ACCESS', message: 'Not for you' },
    ]);
    expect(tiers[0]).to.include({ tier: 'Silver', next: null, isHighest: null });
    expect([currencies.length, progress.length]).to.deep.equal([2, 2]);
    expect(ended.code).to.equal(68);
    const human = await through(hooks, ['--member', busy]);
    expect(human.stdout).to.include('Benefits\n  The org does not tell the benefits: NOT_FOUND: No such page\n');
    expect(human.stdout).to.include('  The org does not tell the distance to the next tier: INVALID_TYPE: What?\n');
    expect(human.stdout).to.not.match(/^ {2}none$/m);
    expect(human.code).to.equal(68);
  });

  it('is no answer at all when the session ends half-way, or the profile is not there', async () => {
    const expired = await through(
      {
        before: ({ url }) => (url.includes('/vouchers') ? { status: 401, errorCode: 'INVALID_SESSION_ID' } : undefined),
      },
      ['--member', busy, '--json'],
    );
    expect(errorOf(expired).message).to.include('INVALID_SESSION_ID');
    expect(expired.code).to.equal(69);
    const noProfile = await through(
      { before: ({ url }) => (url.includes('/members?') ? { status: 404, errorCode: 'NOT_FOUND' } : undefined) },
      ['--member', busy, '--json'],
    );
    expect(errorOf(noProfile).message).to.include('NOT_FOUND');
    expect(noProfile.code).to.equal(69);
  });

  it('names a member whom the program does not have', async () => {
    const ended = await display(['--member', 'HR-999', '--json']);
    expect(errorOf(ended).message).to.equal('The program "Harbour Rewards" has no member "HR-999".');
    expect(errorOf(ended).actions?.[0]).to.include('sf loyalty enroll member');
    expect(ended.code).to.equal(1);
  });

  it('does nothing to a terminal: names of members, tiers, currencies and benefits', async () => {
    await using evil = await openShop({ members: 1 });
    await giveRewards(evil.client, busy);
    const { store } = evil.org;
    const rename = (object: string, values: Record<string, string>): void => {
      for (const { Id } of store.find(object, {})) store.update(object, Id, values, { as: 'org' });
    };
    rename('Contact', { LastName: hostile.slice(0, 80) });
    rename('Account', { Name: hostile });
    for (const object of ['LoyaltyTier', 'LoyaltyTierGroup', 'LoyaltyProgramCurrency', 'VoucherDefinition']) {
      rename(object, { Name: hostile });
    }
    rename('Benefit', { Name: hostile, Description: hostile });
    const ended = await display(['--member', busy], evil.org);
    expectToBeText(ended.stdout + ended.stderr);
    expect(ended.stdout).to.include(String.raw`\x1b[2J`);
    expect(ended.code).to.equal(0);
  });
});

/** As the command breaks a sentence that is too long. */
function wrappedAt80(sentence: string): string[] {
  if (sentence.length <= 80) return [sentence];
  const end = sentence.lastIndexOf(' ', 80);
  return [sentence.slice(0, end), `    ${sentence.slice(end + 1)}`];
}

/** A benefit, a voucher that is used up, and one of which a part is. */
async function giveRewards({ sobjects, members, query }: LoyaltyClient, number: string): Promise<void> {
  const { Id: MemberId } = await members.get(program, number);
  const [row] = await query.all('SELECT Id FROM LoyaltyProgram');
  const BenefitTypeId = await sobjects.create('BenefitType', { Name: 'Hospitality', Category: 'Loyalty' });
  const Description = 'Members drink for free on their birthday.';
  const BenefitId = await sobjects.create('Benefit', {
    ...{ Name: 'Birthday coffee', Description, IsActive: true, BenefitTypeId },
  });
  await sobjects.create('MemberBenefit', {
    ...{ Name: 'Birthday coffee', BenefitId, MemberId, Status: 'Processed', StartDate: '2026-01-01' },
  });
  const dates = { EffectiveDate: '2026-01-01', ExpirationDate: '2035-12-31' };
  const VoucherDefinitionId = await sobjects.create('VoucherDefinition', {
    ...{ Name: 'Five off a cake', Type: 'FixedValue', FaceValue: 5, IsActive: true },
    ...{ ExpirationType: 'FixedDate', LoyaltyProgramId: String(row?.['Id']), ...dates },
  });
  const voucher = { VoucherDefinitionId, LoyaltyProgramMemberId: MemberId, FaceValue: 5, ...dates };
  await sobjects.create('Voucher', { ...voucher, VoucherCode: 'CAKE-0002', Status: 'Redeemed', RedeemedValue: 5 });
  await sobjects.create('Voucher', { ...voucher, VoucherCode: 'CAKE-0001', Status: 'Issued', RedeemedValue: 2 });
}

/** A day as the commands print it. */
function shown(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-US', { timeZone: 'UTC' });
}
