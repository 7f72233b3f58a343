import { expect } from 'chai';
import { z } from 'zod';
import { exampleOrg } from '../../../src/program/index.js';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient } from '../restClient.js';
import type { Answer } from '../restClient.js';

const program = 'Harbour%20Rewards';
const jsonType = 'application/json;charset=UTF-8';

/**
 * Headers and versions of Salesforce's mobile SDKs. GETs of the one for iOS say that they hold a form, and it writes
 * offsets without a colon.
 */
const apps = {
  iOS: {
    version: 'v60.0',
    client: 'client=loyaltyMobileSdk-iOS',
    getType: 'application/x-www-form-urlencoded;charset=utf-8',
    enrolledAt: '2026-02-14T09:30:00.000+0000',
    lower: true,
  },
  Android: {
    version: 'v58.0',
    client: 'client=loyaltyMobileSdk-Android',
    getType: jsonType,
    enrolledAt: '2026-02-14T09:30:00',
    lower: false,
  },
} as const;

const text = z.string();
const date = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const id = (prefix: string) => z.string().regex(new RegExp(`^${prefix}\\w{12,15}$`));
const number = z.number();
const flag = z.boolean();
const fields = z.record(text, z.unknown());

/** What the SDK for iOS cannot do without. Null is allowed where it allows it. */
const shapes = {
  token: z.object({ access_token: text, instance_url: text, id: text, token_type: z.literal('Bearer') }),
  enrollment: z.object({
    contactId: id('003'),
    loyaltyProgramMemberId: id('0lM'),
    loyaltyProgramName: text,
    membershipNumber: text,
    transactionJournals: z.array(
      z.object({ activityDate: text, journalType: text, journalSubType: text, status: text }),
    ),
  }),
  profile: z.object({
    additionalLoyaltyProgramMemberFields: fields,
    associatedContact: z.object({ contactId: id('003'), email: text.nullable(), firstName: text, lastName: text }),
    canReceivePartnerPromotions: flag,
    canReceivePromotions: flag,
    enrollmentChannel: text,
    enrollmentDate: date,
    loyaltyProgramMemberId: id('0lM'),
    loyaltyProgramName: text,
    memberCurrencies: z.array(
      z.object({
        additionalLoyaltyMemberCurrencyFields: fields,
        escrowPointsBalance: number,
        expirablePoints: number,
        loyaltyMemberCurrencyName: text,
        loyaltyProgramCurrencyId: text,
        memberCurrencyId: text,
        pointsBalance: number,
        qualifyingPointsBalanceBeforeReset: number,
        totalEscrowPointsAccrued: number,
        totalEscrowRolloverPoints: number,
        totalPointsAccrued: number,
        totalPointsExpired: number,
        totalPointsRedeemed: number,
      }),
    ),
    memberStatus: text,
    memberTiers: z.array(
      z.object({
        additionalLoyaltyMemberTierFields: fields,
        areTierBenefitsAssigned: flag,
        loyaltyMemberTierId: id('0ly'),
        loyaltyMemberTierName: text,
        tierEffectiveDate: date,
        tierGroupId: id('0lt'),
        tierId: id('0lg'),
        tierSequenceNumber: number,
      }),
    ),
    memberType: z.literal('Individual'),
    membershipNumber: text,
    transactionJournalStatementFrequency: text,
    transactionJournalStatementMethod: text,
  }),
  benefits: z.object({
    memberBenefits: z.array(
      z.object({ benefitId: text, benefitName: text, benefitTypeId: text, benefitTypeName: text, isActive: flag }),
    ),
  }),
  /** Both levels of outputs, the results and the empty details of a simulation must be there. */
  process: z.object({
    message: z.null(),
    outputParameters: z.object({ outputParameters: z.object({ results: z.array(fields) }) }),
    simulationDetails: z.object({}),
    status: z.literal(true),
  }),
  promotion: z.object({
    promotionId: id('0c8'),
    promotionName: text,
    startDate: date,
    memberEligibilityCategory: z.enum(['Eligible', 'EligibleButNotEnrolled', 'Ineligible']),
    promotionEnrollmentRqr: flag,
  }),
  purchase: z.object({
    message: z.null(),
    status: z.literal(true),
    simulationResults: z.null(),
    processResult: z.object({
      memberPointsBalance: z.array(
        z.object({
          memberShipNumber: text,
          memberCurrencies: z.array(z.object({ currencyName: text, pointsBalance: number })),
        }),
      ),
      transactionJournalResult: z.array(z.object({ id: id('0lV'), changeInMemberPoints: z.array(fields) })),
    }),
  }),
  vouchers: z.object({
    voucherCount: number,
    vouchers: z.array(
      z.object({
        voucherId: id('0kD'),
        voucherDefinition: text,
        voucherCode: text,
        voucherNumber: z.string().regex(/^\d{8}$/),
        effectiveDate: date,
        expirationDate: date,
        status: text,
      }),
    ),
  }),
  ledger: z.object({
    status: z.literal(true),
    transactionJournalCount: number,
    transactionJournals: z.array(
      z.object({
        activityDate: text,
        additionalTransactionJournalAttributes: z.array(fields),
        journalTypeName: text,
        pointsChange: z.array(z.object({ changeInPoints: number, loyaltyMemberCurrency: text })),
        transactionJournalId: id('0lV'),
        transactionJournalNumber: z.string().regex(/^\d{8}$/),
      }),
    ),
  }),
  history: z.object({ status: z.literal(true), totalCount: number, transactionJournals: z.array(fields) }),
};

for (const [name, app] of Object.entries(apps)) {
  describe(`an app with the mobile SDK for ${name}`, () => {
    const member = `APP-${name}`;
    let org: Emulator;
    let setUp: RestClient;
    let call: (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<Answer>;

    before(async () => {
      org = await Emulator.start({ seed: (started) => exampleOrg(started, { members: 1, days: 0 }) });
      setUp = new RestClient(org);
    });

    after(() => org.stop());

    /** The answer to a call, if it has what the app needs. */
    async function needs<T>(shape: z.ZodType<T>, answer: Promise<Answer>, status = 200): Promise<T> {
      const { status: given, body } = await answer;
      expect(given, JSON.stringify(body)).to.equal(status);
      return shape.parse(body);
    }

    const process = (called: string, parameters: Record<string, unknown>) =>
      needs(
        shapes.process,
        call('POST', `/connect/loyalty/programs/${program}/program-processes/${called}`, {
          processParameters: [parameters],
        }),
      ).then(({ outputParameters }) => outputParameters.outputParameters.results);

    it('logs in', async () => {
      const form = new URLSearchParams({
        grant_type: 'password',
        client_id: 'app',
        client_secret: 'secret',
        username: 'app@example.com',
        password: 'secret',
      });
      const response = await fetch(`${org.url}/services/oauth2/token`, { method: 'POST', body: form });
      const token = shapes.token.parse(await response.json());
      const api = new RestClient(org, token.access_token, app.version);
      call = (method, path, body) =>
        api.send(method, path, body, {
          accept: jsonType,
          'content-type': method === 'GET' ? app.getType : jsonType,
          'sforce-call-options': app.client,
        });
    });

    it('enrolls a member', async () => {
      const enrolled = await needs(
        shapes.enrollment,
        call('POST', `/loyalty-programs/${program}/individual-member-enrollments`, {
          enrollmentDate: app.enrolledAt,
          membershipNumber: member,
          associatedContactDetails: {
            firstName: 'Ines',
            lastName: 'Okafor',
            email: 'ines@example.com',
            allowDuplicateRecords: 'false',
            additionalContactFieldValues: { attributes: { Phone: '+15550100' } },
          },
          memberStatus: 'Active',
          createTransactionJournals: 'true',
          transactionJournalStatementFrequency: 'Monthly',
          transactionJournalStatementMethod: 'Email',
          enrollmentChannel: 'Mobile',
          canReceivePromotions: 'true',
          canReceivePartnerPromotions: 'true',
          additionalMemberFieldValues: { attributes: {} },
        }),
      );
      expect(enrolled.membershipNumber).to.equal(member);
    });

    it('shows the profile', async () => {
      const path = `/loyalty-programs/${program}/members?membershipNumber=${member}&programCurrencyName=`;
      const profile = await needs(shapes.profile, call('GET', path.replace('&programCurrencyName=', '')));
      expect(profile.memberCurrencies).to.not.be.empty;
      expect(profile.memberTiers).to.not.be.empty;
    });

    it('shows the promotions, and enrolls in one', async () => {
      const results = await process('GetMemberPromotions', { MembershipNumber: member });
      const open = z
        .array(shapes.promotion)
        .parse(results)
        .find((row) => row.memberEligibilityCategory === 'EligibleButNotEnrolled');
      const promotion = open ?? z.array(shapes.promotion).parse(results)[0];
      expect(promotion).to.not.be.undefined;
      const [enrolled] = await process('EnrollInPromotion', {
        MembershipNumber: member,
        PromotionName: promotion?.promotionName,
      });
      z.object({ MemberId: text }).parse(enrolled);
      const later = z.array(shapes.promotion).parse(await process('GetMemberPromotions', { MembershipNumber: member }));
      const now = later.find(({ promotionId }) => promotionId === promotion?.promotionId);
      expect(now?.memberEligibilityCategory).to.equal('Eligible');
    });

    it('buys something', async () => {
      const bought = await needs(
        shapes.purchase,
        call('POST', `/connect/realtime/loyalty/programs/${program}`, {
          transactionJournals: [
            {
              ActivityDate: '2026-03-01T10:20:34Z',
              JournalTypeName: 'Accrual',
              LoyaltyProgramName: 'Harbour Rewards',
              MembershipNumber: member,
              TransactionAmount: '42.0',
              Status: 'Pending',
            },
          ],
        }),
      );
      expect(bought.processResult.memberPointsBalance[0]?.memberShipNumber).to.equal(member);
    });

    it('shows the vouchers', async () => {
      const { body } = await setUp.query(`SELECT Id FROM LoyaltyProgramMember WHERE MembershipNumber = '${member}'`);
      const VoucherDefinitionId = await setUp.create('VoucherDefinition', {
        Name: `Cup ${name}`,
        Type: 'FixedValue',
        FaceValue: 5,
        EffectiveDate: '2026-01-01',
        ExpirationType: 'FixedDate',
        ExpirationDate: '2099-12-31',
        IsActive: true,
      });
      await setUp.create('Voucher', {
        VoucherDefinitionId,
        LoyaltyProgramMemberId: body.records[0].Id,
        VoucherCode: `CUP-${name}`,
        EffectiveDate: '2026-01-01',
        ExpirationDate: '2099-12-31',
        FaceValue: 5,
      });
      const query = app.lower
        ? '?pageNumber=1&voucherStatus=issued,expired&sortBy=expirationDate&sortOrder=ascending'
        : '?voucherStatus=Issued';
      const { vouchers } = await needs(
        shapes.vouchers,
        call('GET', `/loyalty/programs/${program}/members/${member}/vouchers${query}`),
      );
      expect(vouchers.map(({ voucherCode }) => voucherCode)).to.deep.equal([`CUP-${name}`]);
    });

    it('shows the benefits', async () => {
      const { body } = await setUp.query(`SELECT Id FROM LoyaltyProgramMember WHERE MembershipNumber != '${member}'`);
      const path = `/connect/loyalty/member/${body.records[0].Id}/memberbenefits?membershipNumber=${member}`;
      const { memberBenefits } = await needs(shapes.benefits, call('GET', path));
      expect(memberBenefits).to.not.be.empty;
    });

    it('shows the history', async () => {
      const ledger = await needs(
        shapes.ledger,
        call(
          'GET',
          `/loyalty/programs/${program}/members/${member}/transaction-ledger-summary?pageNumber=${app.lower ? 'Optional(1)' : '1'}`,
        ),
      );
      expect(ledger.transactionJournals.flatMap(({ pointsChange }) => pointsChange)).to.not.be.empty;
      const history = await needs(
        shapes.history,
        call('POST', `/connect/loyalty/programs/${program}/transaction-history?page=1`, {
          membershipNumber: member,
          journalType: 'Accrual',
          periodStartDate: '2026-01-01T00:00:00Z',
        }),
      );
      expect(history.transactionJournals[0]).to.include.keys(
        'ActivityDate',
        'JournalTypeId',
        'MemberId',
        'TransactionAmount',
      );
    });

    it('leaves the promotion', async () => {
      const [promotion] = z
        .array(shapes.promotion)
        .parse(await process('GetMemberPromotions', { MembershipNumber: member }));
      const left = await process('OptOutOfPromotion', {
        MembershipNumber: member,
        PromotionName: promotion?.promotionName,
      });
      z.object({ LoyaltyProgramMbrPromotionId: id('1lp') }).parse(left[0]);
    });
  });
}
