import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import { exampleOrg } from '../../../src/program/index.js';
import { MobileCalls, expectRows, expectShape } from './mobileCalls.js';
import * as shapes from './mobileShapes.js';

const number = 'HR-900001';
const program = 'Harbour%20Rewards';
const member = `/loyalty/programs/${program}/members/${number}`;
const process = `/connect/loyalty/programs/${program}/program-processes`;
const clock = { now: () => Date.parse('2026-03-10T12:00:00Z'), sleep: () => Promise.resolve() };

type Row = Record<string, unknown>;
// Answers are whatever they are.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Answer = any;

/** The calls in the order in which an app with the SDK makes them, each checked as the SDK for iOS reads it. */
for (const sdk of [
  { platform: 'iOS', version: '60.0' },
  { platform: 'Android', version: '58.0' },
] as const) {
  describe(`a mobile app with the SDK for ${sdk.platform}, version ${sdk.version}`, () => {
    let org: Emulator;
    let app: MobileCalls;
    let memberId = '';
    let voucher: Row = {};

    before(async () => {
      org = await Emulator.start({ clock, seed: (created) => exampleOrg(created, { members: 2, days: 0 }) });
      app = new MobileCalls(org, sdk);
    });

    after(() => org.stop());

    it('logs in', async () => {
      expectShape(await app.logIn(), shapes.tokenShape, 'token');
    });

    it('enrolls the member', async () => {
      const answer: Answer = await app.post(`/loyalty-programs/${program}/individual-member-enrollments`, {
        // As each SDK writes a time.
        enrollmentDate: sdk.platform === 'iOS' ? '2026-03-10T11:59:00.000+0000' : '2026-03-10T11:59:00',
        membershipNumber: number,
        associatedContactDetails: {
          ...{ firstName: 'Ines', lastName: 'Okafor', email: 'ines.okafor@example.com' },
          ...{ allowDuplicateRecords: false, additionalContactFieldValues: { attributes: { Phone: '+15550100' } } },
        },
        memberStatus: 'Active',
        createTransactionJournals: true,
        transactionJournalStatementFrequency: 'Monthly',
        transactionJournalStatementMethod: 'Email',
        enrollmentChannel: 'Mobile',
        canReceivePromotions: true,
        canReceivePartnerPromotions: true,
        additionalMemberFieldValues: { attributes: {} },
      });
      expectShape(answer, shapes.enrollmentShape, 'enrollment');
      expectRows(answer.transactionJournals, shapes.enrollmentJournalShape, 'transactionJournals');
      memberId = answer.loyaltyProgramMemberId;
    });

    it('shows the profile', async () => {
      const answer: Answer = await app.get(`/loyalty-programs/${program}/members?memberId=${memberId}`);
      expectShape(answer, shapes.profileShape, 'profile');
      expectShape(
        answer.associatedContact,
        { contactId: 'string', email: 'string?', firstName: 'string', lastName: 'string' },
        'associatedContact',
      );
      expectRows(answer.memberCurrencies, shapes.memberCurrencyShape, 'memberCurrencies');
      expectRows(answer.memberTiers, shapes.memberTierShape, 'memberTiers');
      expect(answer).to.include({ membershipNumber: number, enrollmentDate: '2026-03-10' });
    });

    const promotions = async (): Promise<Row[]> => {
      const body = { processParameters: [{ MemberId: memberId }] };
      const answer: Answer = await app.post(`${process}/GetMemberPromotions`, body);
      expectShape(answer, shapes.processShape, 'promotions');
      expect(answer.status).to.equal(true);
      const { results } = answer.outputParameters.outputParameters;
      expectRows(results, shapes.promotionShape, 'results');
      return results;
    };
    const joinable = (rows: readonly Row[]): unknown =>
      rows.find(({ promotionName }) => promotionName === 'Bring your own mug')?.['memberEligibilityCategory'];

    it('lists the promotions, enrolls in one, and lists them again', async () => {
      expect(joinable(await promotions())).to.equal('EligibleButNotEnrolled');
      const parameters = { MembershipNumber: number, PromotionName: 'Bring your own mug' };
      const answer: Answer = await app.post(`${process}/EnrollInPromotion`, { processParameters: [parameters] });
      expectShape(answer, shapes.processShape, 'enrollment');
      expect(answer.status).to.equal(true);
      expect(answer.outputParameters.outputParameters.results[0].MemberId).to.be.a('string');
      expect(joinable(await promotions())).to.equal('Eligible');
    });

    it('buys something', async () => {
      const journal = { ActivityDate: '2026-03-10T11:59:30Z', JournalTypeName: 'Accrual', MembershipNumber: number };
      const answer: Answer = await app.post(`/connect/realtime/loyalty/programs/${program}`, {
        transactionJournals: [{ ...journal, TransactionAmount: '45.0', Status: 'Pending' }],
      });
      expectShape(answer, shapes.realtimeShape, 'purchase');
      expect(answer).to.include({ status: true, programName: 'Harbour Rewards' });
      const [result] = answer.processResult.transactionJournalResult;
      expect(result.id).to.match(/^0lV/);
      expect(answer.processResult.memberPointsBalance[0]).to.include({ memberShipNumber: number });
    });

    it('lists the vouchers', async () => {
      // Somebody at the counter issues it.
      const inputs = [{ VoucherDefinitionName: 'Five off a cake', LoyaltyProgramMemberId: memberId }];
      await app.post('/actions/standard/issueVoucher', { inputs });
      const query = 'voucherStatus=issued,redeemed,expired&sortBy=expirationDate&sortOrder=ascending&pageNumber=1';
      const answer: Answer = await app.get(`${member}/vouchers?${query}`);
      expectShape(answer, { voucherCount: 'number', vouchers: 'array' }, 'vouchers');
      expectRows(answer.vouchers, shapes.voucherShape, 'vouchers');
      voucher = answer.vouchers[0];
      expect(voucher).to.include({ status: 'Issued', remainingValue: 5, voucherDefinition: 'Five off a cake' });
    });

    it('shows the benefits', async () => {
      const { store } = org;
      const BenefitId = store.first('Benefit', { Name: 'Birthday coffee' })?.Id;
      store.insert('MemberBenefit', { Name: 'Birthday coffee', BenefitId, MemberId: memberId, Status: 'Processed' });
      const query = sdk.platform === 'Android' ? `?membershipNumber=${number}` : '';
      const answer: Answer = await app.get(`/connect/loyalty/member/${memberId}/memberbenefits${query}`);
      expectShape(answer, { memberBenefits: 'array' }, 'benefits');
      expectRows(answer.memberBenefits, shapes.benefitShape, 'memberBenefits');
    });

    it('shows the history', async () => {
      const page = sdk.platform === 'iOS' ? 'Optional(1)' : '1';
      const answer: Answer = await app.get(
        `${member}/transaction-ledger-summary?pageNumber=${page}&periodStartDate=2026-03-01&periodEndDate=2026-03-31`,
      );
      expectShape(answer, shapes.ledgerSummaryShape, 'history');
      expectRows(answer.transactionJournals, shapes.ledgerRowShape, 'transactionJournals');
      const bought = answer.transactionJournals.find((each: Row) => each['transactionAmount'] === '45.0');
      expectRows(bought.pointsChange, { changeInPoints: 'number', loyaltyMemberCurrency: 'string' }, 'pointsChange');
    });

    it('redeems the voucher, and lists it as redeemed', async () => {
      const path = `${member}/vouchers/${String(voucher['voucherCode'])}/redeem`;
      const answer = await app.post(`${path}?voucherNumber=${String(voucher['voucherNumber'])}`, {}, 201);
      expectShape(answer, { remainingAmount: 'number', currencyIsoCode: 'string~' }, 'redemption');
      const list: Answer = await app.get(`${member}/vouchers?voucherStatus=redeemed`);
      expectRows(list.vouchers, shapes.voucherShape, 'vouchers');
      expect(list.vouchers[0]).to.include({ status: 'Redeemed', remainingValue: 0, useDate: '2026-03-10' });
    });
  });
}
