import { expect } from 'chai';
import { benefitEndpoints } from '../../../src/contract/endpoints/benefitEndpoints.js';
import { memberEndpoints } from '../../../src/contract/endpoints/memberEndpoints.js';
import { voucherEndpoints } from '../../../src/contract/endpoints/voucherEndpoints.js';
import { RestClient } from '../restClient.js';
import type { Answer } from '../restClient.js';
import { ExampleOrg, purchase } from './exampleProgram.js';

/** What an SDK of Salesforce's needs to find, with or without a value: guide, property tables. */
const profileKeys =
  `additionalLoyaltyProgramMemberFields associatedAccount associatedContact canReceivePartnerPromotions
  canReceivePromotions enrollmentChannel enrollmentDate groupCreatedByMember groupName lastActivityDate
  loyaltyProgramMemberId loyaltyProgramName memberCurrencies memberStatus memberTiers memberType membershipEndDate
  membershipLastRenewalDate membershipNumber referredBy relatedCorporateMembershipNumber
  transactionJournalStatementFrequency transactionJournalStatementLastGeneratedDate
  transactionJournalStatementMethod`.split(/\s+/);
const currencyKeys = `additionalLoyaltyMemberCurrencyFields escrowPointsBalance expirablePoints lastAccrualProcessedDate
  lastEscrowProcessedDate lastExpirationProcessRunDate lastPointsAggregationDate lastPointsResetDate
  loyaltyMemberCurrencyName loyaltyProgramCurrencyId loyaltyProgramCurrencyName memberCurrencyId
  nextQualifyingPointsResetDate pointsBalance qualifyingPointsBalanceBeforeReset totalEscrowPointsAccrued
  totalEscrowRolloverPoints totalPointsAccrued totalPointsExpired totalPointsRedeemed`.split(/\s+/);
const tierKeys = `additionalLoyaltyMemberTierFields areTierBenefitsAssigned loyaltyMemberTierId loyaltyMemberTierName
  tierChangeReason tierChangeReasonType tierEffectiveDate tierExpirationDate tierGroupId tierGroupName tierId
  tierSequenceNumber`.split(/\s+/);

const clock = { now: () => Date.parse('2026-03-10T12:00:00Z'), sleep: () => Promise.resolve() };

function refusal({ status, body }: Answer): unknown[] {
  return [status, body[0].errorCode];
}

describe('the member profile', () => {
  let org: ExampleOrg;

  beforeEach(async () => {
    org = await ExampleOrg.start({
      clock,
      customFields: { LoyaltyProgramMember: { Shoe_Size__c: { type: 'string', length: 9, label: 'Shoe Size' } } },
    });
    await org.withMembers('WX-1');
    await org.enroll('WX-2', { referredBy: 'WX-1', enrollmentChannel: 'Web', canReceivePromotions: true });
  });

  afterEach(() => org[Symbol.asyncDispose]());

  const profile = (query: string) => org.api.get(`/loyalty-programs/Harbour%20Rewards/members${query}`);

  it('has every key of the guide, and what the member has', async () => {
    await org.execute([purchase('WX-2', '120.5')]);
    const { status, body } = await profile('?membershipNumber=wx-2');
    expect(status).to.equal(200);
    memberEndpoints.profile.response.parse(body);
    expect(Object.keys(body)).to.have.members(profileKeys);
    expect(body).to.deep.include({
      additionalLoyaltyProgramMemberFields: { Shoe_Size__c: null },
      associatedAccount: null,
      canReceivePromotions: true,
      enrollmentChannel: 'Web',
      enrollmentDate: '2026-02-14',
      loyaltyProgramName: 'Harbour Rewards',
      memberStatus: 'Active',
      memberType: 'Individual',
      membershipNumber: 'WX-2',
      referredBy: 'WX-1',
    });
    expect(body.associatedContact).to.include({ firstName: 'Ines', lastName: 'Okafor' });
    expect(Object.keys(body.memberCurrencies[0])).to.have.members(currencyKeys);
    expect(body.memberCurrencies).to.have.length(2);
    expect(body.memberCurrencies[0]).to.include({ loyaltyMemberCurrencyName: 'Miles', pointsBalance: 120.5 });
    expect(Object.keys(body.memberTiers[0])).to.have.members(tierKeys);
    expect(body.memberTiers).to.have.length(1);
    expect(body.memberTiers[0]).to.include({ loyaltyMemberTierName: 'Silver', tierSequenceNumber: 2 });
  });

  it('leaves out the tier that the member held before', async () => {
    await org.execute([purchase('WX-1', '100')]);
    const [old] = org.emulator.store.find('LoyaltyMemberTier', { Status: 'Inactive' });
    const { body } = await profile('?membershipNumber=WX-1');
    expect(old).to.include({ Name: 'Bronze' });
    expect(body.memberTiers.map((tier: Record<string, unknown>) => tier['loyaltyMemberTierName'])).to.deep.equal([
      'Silver',
    ]);
  });

  it('takes an Id of 15 or 18 characters, and the name of one currency', async () => {
    const id = await org.memberId('WX-1');
    for (const given of [id, id.slice(0, 15)]) {
      const { body } = await profile(`?memberId=${given}&programCurrencyName=stars`);
      expect(body.loyaltyProgramMemberId).to.equal(id);
      expect(body.memberCurrencies).to.have.length(1);
    }
  });

  it('does not exist for nobody', async () => {
    for (const query of ['?membershipNumber=WX-9', '?memberId=0lM9z0000000099AAA', '?memberId=x']) {
      expect(refusal(await profile(query)), query).to.deep.equal([404, 'NOT_FOUND']);
    }
    expect(refusal(await profile(''))).to.deep.equal([400, 'INVALID_API_INPUT']);
    expect(refusal(await org.api.get('/loyalty-programs/None/members?membershipNumber=WX-1'))).to.deep.equal([
      404,
      'NOT_FOUND',
    ]);
  });
});

describe('member benefits', () => {
  let org: ExampleOrg;
  let memberId: string;

  beforeEach(async () => {
    org = await ExampleOrg.start({ clock });
    await org.withMembers('WX-1');
    memberId = await org.memberId('WX-1');
  });

  afterEach(() => org[Symbol.asyncDispose]());

  const benefits = (id: string, version = 'v66.0') =>
    new RestClient(org.emulator, undefined, version).get(`/connect/loyalty/member/${id}/memberbenefits`);

  it('are those of the member, with nulls, and with a description since version 58', async () => {
    const { store } = org.emulator;
    const BenefitTypeId = store.insert('BenefitType', { Name: 'Shipping', Category: 'Loyalty' });
    const values = { Name: 'Free shipping', Description: 'No postage.', IsActive: true, BenefitTypeId };
    const BenefitId = store.insert('Benefit', values);
    store.insert('MemberBenefit', { Name: 'mine', BenefitId, MemberId: memberId, StartDate: '2026-02-14' });
    const expected = {
      benefitId: BenefitId,
      benefitName: 'Free shipping',
      benefitTypeId: BenefitTypeId,
      benefitTypeName: 'Shipping',
      createdRecordId: null,
      createdRecordName: null,
      description: 'No postage.',
      endDate: null,
      isActive: true,
      memberBenefitStatus: 'NewPendingProcessing',
      startDate: '2026-02-14',
    };
    const { status, body } = await benefits(memberId.slice(0, 15));
    expect({ status, body }).to.deep.equal({ status: 200, body: { memberBenefits: [expected] } });
    benefitEndpoints.ofMember.response.parse(body);
    const { body: older } = await benefits(memberId, 'v57.0');
    expect(older.memberBenefits[0]).to.not.have.property('description');
  });

  it('are none for a member without any, and refused for what is not a member', async () => {
    expect((await benefits(memberId)).body).to.deep.equal({ memberBenefits: [] });
    expect(refusal(await benefits('0lM9z0000000099AAA'))).to.deep.equal([404, 'NOT_FOUND']);
    expect(refusal(await benefits(org.program.id))).to.deep.equal([400, 'MALFORMED_ID']);
  });
});

describe('member vouchers', () => {
  let org: ExampleOrg;
  let definitions: Record<string, string>;

  beforeEach(async () => {
    org = await ExampleOrg.start({ clock });
    await org.withMembers('WX-1', 'WX-2');
    const { store } = org.emulator;
    const define = (Name: string, more: Record<string, unknown>) =>
      store.insert('VoucherDefinition', {
        ...{ Name, EffectiveDate: '2026-01-01', ExpirationType: 'FixedDate', IsActive: true },
        ...more,
      });
    const ProductId = store.insert('Product2', { Name: 'Flat white' });
    const CatalogId = store.insert('ProductCatalog', { Name: 'Menu' });
    const category = store.insert('ProductCategory', { Name: 'Cakes', CatalogId });
    definitions = {
      five: define('Five off', { Type: 'FixedValue', IsPartialRedeemable: true }),
      coffee: define('Free coffee', { Type: 'ProductOrService', ProductId }),
      cake: define('Cake week', { Type: 'DiscountPercentage', ProductId: category }),
    };
    await issue('A', 'five', { FaceValue: 5, RedeemedValue: 1.5, ExpirationDate: '2026-12-31' });
    await issue('B', 'coffee', { ExpirationDate: '2026-06-30', Status: 'Redeemed', UseDate: '2026-03-01' });
    await issue('C', 'cake', { DiscountPercent: 20, ExpirationDate: '2026-09-30', EffectiveDate: '2026-02-01' });
  });

  afterEach(() => org[Symbol.asyncDispose]());

  async function issue(VoucherCode: string, definition: string, more: Record<string, unknown>): Promise<void> {
    org.emulator.store.insert('Voucher', {
      ...{ VoucherCode, EffectiveDate: '2026-03-01', LoyaltyProgramMemberId: await org.memberId('WX-1') },
      ...{ VoucherDefinitionId: definitions[definition], ...more },
    });
  }

  const vouchers = (query = '', number = 'WX-1') =>
    org.api.get(`/loyalty/programs/Harbour%20Rewards/members/${number}/vouchers${query}`);
  const codes = async (query: string): Promise<string> => {
    const { status, body } = await vouchers(query);
    expect(status, query).to.equal(200);
    expect(body.voucherCount).to.equal(body.vouchers.length);
    return body.vouchers.map((each: Record<string, string>) => each['voucherCode']).join('');
  };

  it('are the rows of the guide, without keys that have no value', async () => {
    const { body } = await vouchers();
    voucherEndpoints.ofMember.response.parse(body);
    const [coffee, cake, five] = body.vouchers;
    const { voucherId, voucherNumber, ...rest } = five;
    expect(voucherId).to.match(/^0kD/);
    expect(voucherNumber).to.match(/^\d{8}$/);
    expect(rest).to.deep.equal({
      effectiveDate: '2026-03-01',
      expirationDate: '2026-12-31',
      faceValue: 5,
      hasTimeBasedVoucherPeriod: false,
      isVoucherDefinitionActive: true,
      isVoucherPartiallyRedeemable: true,
      redeemedValue: 1.5,
      remainingValue: 3.5,
      status: 'Issued',
      type: 'FixedValue',
      voucherCode: 'A',
      voucherDefinition: 'Five off',
    });
    expect(coffee).to.include({ product: 'Flat white', useDate: '2026-03-01', status: 'Redeemed' });
    expect(cake).to.include({ productCategory: 'Cakes', discountPercent: 20, redeemedValue: 0, remainingValue: 0 });
  });

  it('are filtered by lists, and sorted, in any case of letters', async () => {
    expect(await codes('')).to.equal('BCA');
    expect(await codes('?voucherStatus=issued,expired')).to.equal('CA');
    expect(await codes('?productName=flat%20white,other')).to.equal('B');
    expect(await codes('?productCategoryName=Cakes')).to.equal('C');
    expect(await codes('?sortBy=expirationDate&sortOrder=descending')).to.equal('ACB');
    expect(await codes('?sortBy=EffectiveDate')).to.equal('CAB');
    expect(await codes('?sortBy=CreatedDate')).to.equal('ABC');
  });

  it('come in pages of 200', async () => {
    for (let i = 0; i < 200; i += 1) await issue('x', 'five', { ExpirationDate: '2027-01-01' });
    expect((await vouchers()).body.voucherCount).to.equal(200);
    expect(await codes('?pageNumber=2')).to.equal('xxx');
    expect(await codes('?pageNumber=3')).to.equal('');
  });

  it('are none for a member without any, and refused for an unknown member, program or word', async () => {
    expect((await vouchers('', 'WX-2')).body).to.deep.equal({ voucherCount: 0, vouchers: [] });
    const refused = [400, 'INVALID_API_INPUT'];
    expect(refusal(await vouchers('', 'WX-9'))).to.deep.equal(refused);
    expect(refusal(await org.api.get('/loyalty/programs/None/members/WX-1/vouchers'))).to.deep.equal(refused);
    for (const query of ['?voucherStatus=Issued,Lost', '?sortBy=Name', '?sortOrder=Up', '?pageNumber=0']) {
      const answer = await vouchers(query);
      expect(refusal(answer), query).to.deep.equal(refused);
      const [name, value] = query.slice(1).split('=');
      expect(answer.body[0].message).to.contain(`${name} cannot be "${value}"`);
    }
    const many = Array.from({ length: 21 }, (_, i) => `p${i}`).join();
    expect(refusal(await vouchers(`?productName=${many}`))).to.deep.equal(refused);
  });
});
