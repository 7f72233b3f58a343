import { expect } from 'chai';
import { z } from 'zod';
import { joinClub, joinReferralPromotion, linkPartner, referFriend } from '../../src/client/index.js';
import type { LoyaltyClient } from '../../src/client/index.js';
import { Emulator } from '../../src/emulator/index.js';
import { readProgramFacts } from '../../src/insight/programFacts.js';
import { createExample, exampleOrg, harbourRewards } from '../../src/program/index.js';
import { clientOf } from './localOrg.js';

const program = harbourRewards.name;
const day = 24 * 60 * 60 * 1000;

describe('The example in a local org', () => {
  let org: Emulator;
  let client: LoyaltyClient;

  before(async () => {
    org = await Emulator.start({ seed: exampleOrg });
    client = await clientOf(org);
  });

  after(() => org.stop());

  it('has members at every stage: at the beginning, on the way, near the target, and past it', async () => {
    const progress = await client.progress.list(program);
    const stages = [0, 25, 75, 100].map((from, index, all) => {
      const next = all[index + 1] ?? Number.POSITIVE_INFINITY;
      return progress.filter(({ percent }) => percent !== null && percent >= from && percent < next).length;
    });
    expect(Math.min(...stages)).to.be.greaterThan(0);
    const tiers = org.store.find('LoyaltyMemberTier', { Status: 'Active' }).map((row) => row['LoyaltyTierId']);
    expect(new Set(tiers).size).to.equal(3);
  });

  it('has purchases of the last six weeks, and none of tomorrow', () => {
    const dates = org.store.find('TransactionJournal', {}).map((row) => Date.parse(String(row['ActivityDate'])));
    expect(Math.max(...dates)).to.be.below(Date.now());
    expect(Math.min(...dates)).to.be.above(Date.now() - 44 * day);
  });

  it('has journals, ledgers and balances that agree', async () => {
    for (const { Id } of org.store.find('LoyaltyProgramMember', {})) {
      const amounts = org.store.find('TransactionJournal', { MemberId: Id }).map((row) => row['TransactionAmount']);
      for (const balance of org.store.find('LoyaltyMemberCurrency', { LoyaltyMemberId: Id })) {
        const ofCurrency = {
          LoyaltyProgramMemberId: Id,
          LoyaltyProgramCurrencyId: balance['LoyaltyProgramCurrencyId'],
        };
        const points = org.store.find('LoyaltyLedger', ofCurrency).map((row) => row['Points']);
        expect(cents(points))
          .to.equal(cents(amounts))
          .and.to.equal(cents([balance['PointsBalance']]));
      }
    }
    const statuses = await client.query.allRows(
      'SELECT Status FROM TransactionJournal',
      z.object({ Status: z.string() }),
    );
    expect(new Set(statuses.map(({ Status }) => Status))).to.deep.equal(new Set(['Processed']));
  });

  it('has the processes that the mobile SDKs call, with everything that they read', async () => {
    const member = 'HR-100003';
    const enroll = { MembershipNumber: member, PromotionName: 'Bring your own mug' };
    await client.processes.run(program, 'EnrollInPromotion', enroll);
    await client.processes.run(program, 'OptOutOfPromotion', enroll);
    const promotions = await client.promotions.list(program, { membershipNumber: member });
    const keys = new Set(promotions.flatMap((promotion) => Object.keys(promotion)));
    expect([...keys]).to.include.members(['endDate', 'promotionEnrollmentEndDate', 'maximumPromotionRewardValue']);
  });

  it('has a member with a benefit, an unused and a used voucher', async () => {
    const [membershipNumber = ''] = (await exampleOrg(org)).members;
    const { loyaltyProgramMemberId } = await client.members.profile(program, { membershipNumber });
    const benefits = await client.members.benefits(loyaltyProgramMemberId);
    expect(benefits.map(({ benefitName }) => benefitName)).to.deep.equal(['Birthday coffee']);
    const vouchers = await client.members.vouchers(program, membershipNumber);
    expect(vouchers.map(({ status, remainingValue }) => [status, remainingValue])).to.deep.equal([
      ['Issued', 5],
      ['Redeemed', 0],
    ]);
    expect(await client.members.vouchers(program, membershipNumber, { voucherStatus: 'issued' })).to.have.length(1);
  });

  it('has a club, a partner and a referral promotion that everybody can try', async () => {
    const member = { membershipNumber: 'HR-100002' };
    expect(await joinClub(client, program, { ...member, club: 'Coffee Club' })).to.include({ status: 'enrolled' });
    expect(await linkPartner(client, program, { ...member, partner: 'Harbour Ferry' })).to.include({
      status: 'linked',
    });
    const promotion = await client.referrals.promotion(program, 'FRIEND');
    const { referralCode } = await joinReferralPromotion(client, program, { ...member, promotion });
    const event = { referralCode, firstName: 'Ana', lastName: 'Costa', email: 'ana.costa@example.com' };
    const signedUp = await referFriend(client, program, { ...event, eventType: 'Enrollment' });
    expect(signedUp.vouchers.map(({ voucherDefinition }) => voucherDefinition)).to.deep.equal(['Five off a cake']);
    await referFriend(client, program, { ...event, eventType: 'Purchase' });
    const [referral] = await client.referrals.list(program);
    expect(referral?.rewards).to.deep.include({ for: 'advocate', points: 50, currency: 'Stars' });
    await exampleOrg(org);
    expect(['Promotion', 'LoyaltyTier', 'LoyaltyProgramPartner'].map((name) => org.store.count(name))).to.deep.equal([
      ...[4, 4, 1],
    ]);
  });

  it('has a club that no report takes for a tier', async () => {
    const { tiers } = await readProgramFacts(client, (await client.programs.get(program)).Id);
    expect(tiers.map(({ Name }) => Name)).to.deep.equal(['Bronze', 'Silver', 'Gold']);
  });

  it('does not change when it is created again, and its calls are not counted', async () => {
    await using other = await Emulator.start({ seed: exampleOrg, dailyApiRequests: 1 });
    expect([other.requests.total, other.usage.used, other.usage.max]).to.deep.equal([0, 0, 1]);
    const journals = org.store.count('TransactionJournal');
    await createExample(client);
    expect([org.store.count('TransactionJournal'), org.store.count('LoyaltyProgramMember')]).to.deep.equal([
      journals,
      20,
    ]);
  });
});

describe('The seed of a local org', () => {
  it('can insert rows', async () => {
    await using org = await Emulator.start({ seed: ({ store }) => void store.insert('Account', { Name: 'Pier 4' }) });
    expect(org.store.find('Account', {}).map((row) => row['Name'])).to.deep.equal(['Pier 4']);
  });

  it('ends the org if it fails', async () => {
    let url = '';
    const failure = new Error('no seed');
    const start = Emulator.start({
      seed: async (org) => {
        url = org.url;
        return Promise.reject(failure);
      },
    });
    expect(await start.catch((error: unknown) => error)).to.equal(failure);
    const answers = await fetch(url).then(
      () => true,
      () => false,
    );
    expect(answers).to.equal(false);
  });
});

function cents(values: readonly unknown[]): number {
  return values.reduce((sum: number, value) => sum + Math.round(Number(value) * 100), 0);
}
