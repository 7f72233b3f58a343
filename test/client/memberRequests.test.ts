import { expect } from 'chai';
import nock from 'nock';
import { failureOf } from './loopback.js';
import { clientOnTheWire, contentType, origin } from './wire.js';

/** The exact requests, and answers as in the guide and Salesforce's SDKs. */
describe('requests about a member', () => {
  const client = clientOnTheWire();

  const answering = (path: string, answer: nock.Body, status = 200) =>
    nock(origin, { reqheaders: { accept: 'application/json' }, badheaders: ['content-type'] })
      .get(`/services/data/v66.0${path}`)
      .reply(status, answer, contentType);

  it('the profile, by number and in one currency: nulls and unknown keys are accepted', async () => {
    const profile = {
      additionalLoyaltyProgramMemberFields: { Favourite_Store__c: null },
      associatedAccount: null,
      associatedContact: { contactId: '003Ab00000K1mNoAAC', email: null, firstName: 'Ines', lastName: 'Okafor' },
      canReceivePartnerPromotions: false,
      canReceivePromotions: true,
      enrollmentChannel: 'Web',
      enrollmentDate: '2026-02-14',
      groupCreatedByMember: null,
      groupName: null,
      lastActivityDate: null,
      loyaltyProgramMemberId: '0lMAb0000004T7uAAE',
      loyaltyProgramName: 'Harbour Rewards',
      memberCurrencies: [
        {
          additionalLoyaltyMemberCurrencyFields: {},
          escrowPointsBalance: 0.0,
          expirablePoints: 0.0,
          lastAccrualProcessedDate: '2026-03-01T10:00:00.000Z',
          lastExpirationProcessRunDate: null,
          loyaltyMemberCurrencyName: 'Stars',
          loyaltyProgramCurrencyId: '0lcAb0000000001AAA',
          loyaltyProgramCurrencyName: null,
          memberCurrencyId: '0lzAb0000000001AAA',
          pointsBalance: 55391.5,
          totalPointsAccrued: 59891.5,
          totalPointsExpired: 0.0,
          totalPointsRedeemed: 4500,
        },
      ],
      memberStatus: 'Active',
      memberTiers: [
        {
          areTierBenefitsAssigned: false,
          loyaltyMemberTierId: '0lyAb0000000001AAA',
          loyaltyMemberTierName: 'Gold',
          tierGroupName: null,
          tierId: '0lgAb0000000001AAA',
          tierSequenceNumber: 300,
        },
      ],
      memberType: 'Individual',
      membershipEndDate: null,
      membershipNumber: 'WX 20417/a',
      aKeyOfALaterVersion: 1,
    };
    answering(
      '/loyalty-programs/Harbour%20Rewards%20%26%20Co/members?membershipNumber=WX%2020417%2Fa&programCurrencyName=Stars',
      profile,
    );
    const request = { membershipNumber: 'WX 20417/a', programCurrencyName: 'Stars' };
    expect(await client.members.profile('Harbour Rewards & Co', request)).to.deep.equal(profile);
  });

  it('the profile, by Id: 404 if there is no such member', async () => {
    const body = [{ errorCode: 'NOT_FOUND', message: 'No such member.' }];
    answering('/loyalty-programs/Harbour%20Rewards/members?memberId=0lMAb0000004T7uAAE', body, 404);
    const error = await failureOf(client.members.profile('Harbour Rewards', { memberId: '0lMAb0000004T7uAAE' }));
    expect(error).to.include({ name: 'LoyaltyApiError', status: 404, errorCode: 'NOT_FOUND' });
  });

  it('the benefits: without a description, as in fixtures, and with nulls', async () => {
    const benefit = {
      benefitId: '0jiAb0000000001AAA',
      benefitName: 'Free shipping',
      benefitTypeId: '0jhAb0000000001AAA',
      benefitTypeName: 'Shipping',
      createdRecordId: null,
      createdRecordName: null,
      endDate: null,
      isActive: true,
      memberBenefitStatus: 'Processed',
      startDate: '2026-02-14',
    };
    answering('/connect/loyalty/member/0lMAb0000004T7uAAE/memberbenefits', { memberBenefits: [benefit] });
    expect(await client.members.benefits('0lMAb0000004T7uAAE')).to.deep.equal([benefit]);
  });

  it('the vouchers: a page of two statuses, the newest first', async () => {
    const voucher = {
      discountPercent: 20,
      effectiveDate: '2026-02-14',
      expirationDate: '2026-12-31',
      faceValue: 100,
      hasTimeBasedVoucherPeriod: false,
      isVoucherDefinitionActive: true,
      redeemedValue: 0.0,
      remainingValue: 0.0,
      status: 'Issued',
      type: 'DiscountPercentage',
      voucherCode: 'V1R2T3U4',
      voucherDefinition: 'Twenty off',
      voucherId: '0kDAb0000000001AAA',
      voucherNumber: '00000023',
    };
    answering(
      '/loyalty/programs/Harbour%20Rewards/members/WX-20417/vouchers' +
        '?pageNumber=2&voucherStatus=Issued%2CExpired&sortBy=CreatedDate&sortOrder=Descending',
      { voucherCount: 1, vouchers: [voucher] },
    );
    const filter = {
      pageNumber: 2,
      voucherStatus: ['Issued', 'Expired'],
      sortBy: 'CreatedDate',
      sortOrder: 'Descending',
    };
    expect(await client.members.vouchers('Harbour Rewards', 'WX-20417', filter)).to.deep.equal([voucher]);
  });

  it('the vouchers of several products and categories, by Id and by name', async () => {
    answering(
      '/loyalty/programs/Harbour%20Rewards/members/WX-20417/vouchers' +
        '?productId=01tAb0000000001AAA%2C01tAb0000000002AAA&productName=Scarf%2CHat' +
        '&productCategoryId=0ZGAb0000000001AAA&productCategoryName=Knitwear%2CTea%20%26%20Cake',
      { voucherCount: 0, vouchers: [] },
    );
    const filter = {
      productId: ['01tAb0000000001AAA', '01tAb0000000002AAA'],
      productName: ['Scarf', 'Hat'],
      productCategoryId: ['0ZGAb0000000001AAA'],
      productCategoryName: ['Knitwear', 'Tea & Cake'],
    };
    expect(await client.members.vouchers('Harbour Rewards', 'WX-20417', filter)).to.deep.equal([]);
  });

  it('an answer of another shape is not accepted', async () => {
    answering('/connect/loyalty/member/0lM/memberbenefits', { result: [] });
    const error = await failureOf(client.members.benefits('0lM'));
    expect(error).to.include({ name: 'LostAnswerError', kind: 'unreadable' });
  });
});
