import { expect } from 'chai';
import nock from 'nock';
import {
  enrollAdvocateB2bReferralProm,
  processB2bReferralEvent,
  processReferralEvent,
} from '../../src/contract/actions/referralActions.js';
import { clientOnTheWire, contentType, origin } from './wire.js';

/** The exact requests, and answers as in the guide and in the mobile SDK. */
describe('requests of Referral Marketing', () => {
  const { referrals, actions } = clientOnTheWire();

  const answering = (path: string, body: nock.RequestBodyMatcher, answer: nock.Body) =>
    nock(origin, { reqheaders: { 'content-type': 'application/json' } })
      .post(`/services/data/v66.0${path}`, body)
      .reply(200, answer, contentType);

  it('enrolls a new advocate, as in the fixture of the SDK', async () => {
    const person = { firstName: 'Mac', lastName: 'Ray', email: 'mray@example.com' };
    const answer = {
      ...{ contactId: '003SB000002khgr', memberId: '0lMSB000000045F', membershipNumber: 'M125' },
      ...{ programName: 'NTO Insider', promotionReferralCode: 'ZGXEW9OZ-Test1009' },
      transactionJournals: [
        {
          ...{ activityDate: '2024-01-03T09:19:04.000Z', journalSubType: 'Advocate Enrollment' },
          ...{ journalType: 'Referral', membershipNumber: 'M125', programName: 'NTO Insider' },
          ...{ status: 'Processed', transactionJournalId: '0lVSB0000000AFV' },
        },
      ],
    };
    const body = { membershipNumber: 'M125', associatedPersonAccountDetails: person };
    answering('/referral-programs/NTO%20Insider/promotions/Test1009/member-enrollments', body, answer);
    expect(await referrals.enrollAdvocate('NTO Insider', { promotionCode: 'Test1009', ...body })).to.deep.equal(answer);
  });

  it('sends everything that can be said of an advocate and of an event', async () => {
    const enrollment = {
      associatedPersonAccountDetails: {
        ...{ firstName: 'Mac', lastName: 'Ray', email: 'mray@example.com', allowDuplicateRecords: false },
        additionalPersonAccountFieldValues: { attributes: { country__c: 'US' } },
      },
      additionalMemberFieldValues: { attributes: { state__c: 'California' } },
      additionalPersonAccountFieldValues: { attributes: { city__c: 'Fresno' } },
      contactId: '003xx000004Wsxc',
      memberStatus: 'Active',
      enrollmentChannel: 'Email' as const,
      membershipEndDate: '2027-01-01T00:00:00',
      transactionJournalStatementFrequency: 'Monthly' as const,
      transactionJournalStatementMethod: 'Mail' as const,
      shouldProcessTransactionsInRealTime: true,
      isAutoEnrolled: false,
      isEnrollmentActive: true,
    };
    const enrolled = { memberId: '0lMSB000000045F', membershipNumber: 'M125', programName: 'NTO Insider' };
    answering('/referral-programs/NTO%20Insider/promotions/Test1009/member-enrollments', enrollment, {
      ...{ ...enrolled, promotionReferralCode: 'ZGXEW9OZ-Test1009' },
    });
    expect(await referrals.enrollAdvocate('NTO Insider', { promotionCode: 'Test1009', ...enrollment })).to.deep.include(
      enrolled,
    );

    const purchase = {
      ...{ referralCode: '2G11QW4G-PROMOCODE2809', eventType: 'Purchase' as const, joiningDate: '2021-04-13T00:00:00' },
      ...{ contactId: '003xx000004WkhEAAS', firstName: 'Michael', lastName: 'Clare', email: 'mclare@example.com' },
      ...{ orderReferenceId: 'R-1', productId: '01txx0000006iGyAAI', purchaseAmount: 40_000, purchaseQuantity: 34 },
      referralAdditionalAttributes: { attributes: { phoneNumber: '1234567890', emailOptOut: true } },
      transactionJournalAdditionalAttributes: { attributes: { Store__c: 'Pier' } },
      ...{ referralChannel: 'Email', referralStage: 'Friend Signs Up', referredPartyJournalSubtype: 'Sample Activity' },
      ...{ optInWhatsApp: false, contactLocale: 'en_US', contactFieldForLocale: 'Locale__c' },
    };
    const answer = { contactIds: [], referralIds: [], transactionJournalIds: [] };
    answering('/referral-program/referral-event', purchase, answer);
    expect(await referrals.event(purchase)).to.deep.equal(answer);
  });

  const event = { referralCode: '2G11QW4G-PROMOCODE2809', activityDateTime: '2023-09-13T00:00:00' };
  const path = '/referral-program/referral-event';

  it('refers several friends, and reads the answer of the newer guide', async () => {
    const body = {
      ...event,
      eventType: 'Refer' as const,
      referralEmails: { emails: ['a@example.com', 'b@example.com'] },
    };
    const answer = {
      ...{ contactIds: ['0031Q00002kCusB', '0031Q00002kCusC'], referralIds: ['0wi1Q000000ljna', '0wi1Q000000ljnb'] },
      ...{ referralStage: null, transactionJournalIds: [], voucherId: null },
    };
    answering(path, body, answer);
    expect(await referrals.event(body)).to.deep.equal(answer);
  });

  it('reads the answer of the first guide and of the Android SDK as that of the newer one', async () => {
    const body = { ...event, eventType: 'Purchase' as const, contactId: '003xx000004WkhEAAS', purchaseAmount: 40_000 };
    const rest = { referralStage: 'Product Purchase', voucherId: '0kDxx0000A000001EAA' };
    answering(path, body, {
      ...{ contactId: '003xx000004WkhEAAS', referralId: '0wixx000004WkhEAAS', ...rest },
      transactionjournalIds: ['0lVxx0000000001EAA'],
    });
    expect(await referrals.event(body)).to.deep.equal({
      ...{ contactIds: ['003xx000004WkhEAAS'], referralIds: ['0wixx000004WkhEAAS'], ...rest },
      transactionJournalIds: ['0lVxx0000000001EAA'],
    });
  });

  it('reads the profile of an advocate, whose lists the table of the guide spells otherwise', async () => {
    const names = { contactId: '003xx0000000001', memberId: '0lMxx0000000001', membershipNumber: 'M125' };
    const promotions = { promotionId: '0c8xx0000000001', promotionCode: 'FRIEND', programId: '0lpxx0000000001' };
    const body = {
      ...{ ...names, ...promotions, programName: 'NTO Insider' },
      contactDetails: [{ firstName: 'Mac', lastName: 'Ray', email: 'mray@example.com', phoneNumber: '1234567890' }],
      ...{ shouldGetReferralSummary: true, shouldGetReferrals: true },
    };
    const promotion = { promotionId: '0c8xx0000000001', promotionName: 'Friends', memberReferralCode: '2G11QW4G' };
    const referral = { referralId: '0wixx0000000001', referredPartyName: 'Michael Clare' };
    answering('/referral-programs/advocate-profile', body, {
      ...{ enrolledPromotionList: [promotion], eligiblePromotionList: [], programSummary: { referralCount: 1 } },
      referralSummaryList: [{ ...referral, contactId: '003xx0000000001' }],
    });
    expect(await referrals.profile(body)).to.deep.equal({
      ...{ enrolledPromotionsList: [promotion], eligiblePromotionsList: [], programSummary: { referralCount: 1 } },
      referralSummaryList: [{ ...referral, referredPartyContactId: '003xx0000000001' }],
    });
  });

  it('redeems a part of a voucher of a friend; the sample answers with a text', async () => {
    const who = { contactId: '003xx000004WkhEAAS', memberId: '0lMxx0000000001', membershipNumber: 'M125' };
    const body = { ...who, programName: 'NTO Insider', redemptionAmount: 5, currencyIsoCode: 'USD' };
    answering('/vouchers/SW504FF7/redemption', body, { currencyIsoCode: 'USD', remainingAmount: '10.0' });
    expect(await referrals.redeemVoucher('SW504FF7', body)).to.deep.equal({
      currencyIsoCode: 'USD',
      remainingAmount: 10,
    });
  });

  it('runs the three actions with the names of their pages', async () => {
    const succeeding = (address: string, input: Record<string, string>, outputValues: object) =>
      answering(address, { inputs: [input] }, [
        { actionName: address.split('/').at(-1), errors: null, isSuccess: true, outputValues },
      ]);
    const enrollment = {
      programName: 'Partners',
      promotionCode: 'B2B',
      accountId: '001xx0000000001',
      membershipNumber: 'M125',
      memberStatus: 'Active',
      enrollmentChannel: 'Web',
    };
    const enrolled = { memberId: '0lMxx0000000001', referralCode: '2G11QW4G-B2B', transactionJournals: [] };
    succeeding('/actions/standard/enrollAdvocateB2bReferralProm', enrollment, enrolled);
    expect(await actions.run(enrollAdvocateB2bReferralProm, enrollment)).to.deep.equal(enrolled);

    const purchase = { productId: '01txx0000006iGyAAI', purchaseAmount: '40.00', purchaseQuantity: '2' };
    const friend = { referralEmail: 'a@example.com', referralFirstName: 'Michael', referralLastName: 'Clare' };
    const referring = {
      ...{ ...event, eventType: 'Purchase', ...friend, ...purchase, referralContactId: '003xx000004WkhEAAS' },
      externalReferenceNumber: 'R-1',
    };
    const referred = { referralId: '0wixx0000000001', transactionJournalIds: '0lVxx0000000001, 0lVxx0000000002' };
    succeeding('/actions/standard/processReferralEvent', referring, referred);
    expect(await actions.run(processReferralEvent, referring)).to.deep.equal({
      referralId: '0wixx0000000001',
      transactionJournalIds: ['0lVxx0000000001', '0lVxx0000000002'],
    });

    const ofCompany = {
      ...{ referralCode: '2G11QW4G-B2B', eventType: 'Purchase', activityDateTime: '2023-09-13T00:00:00', ...purchase },
      ...{ accountId: '001xx0000000002', leadId: '00Qxx0000000001', opportunity: '006xx0000000001' },
    };
    const bought = { accountId: '001xx0000000002', transactionJournalIds: ['0lVxx0000000001'] };
    succeeding('/actions/standard/processB2bReferralEvent', ofCompany, bought);
    expect(await actions.run(processB2bReferralEvent, ofCompany)).to.deep.equal(bought);
  });
});
