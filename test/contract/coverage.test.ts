import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fidelityPage, rowsOf } from '../../scripts/fidelity-figures.js';
import { LoyaltyClient } from '../../src/client/index.js';
import { standardActions } from '../../src/contract/actions/index.js';
import type { LoyaltyEndpoint } from '../../src/contract/endpoint.js';
import { actionEndpoints } from '../../src/contract/endpoints/actionEndpoints.js';
import { loyaltyResources } from '../../src/contract/endpoints/index.js';
import { Emulator } from '../../src/emulator/index.js';
import { absentActions } from '../../src/emulator/unimplemented/absentActions.js';
import {
  absentLoyaltyResources,
  documentedLoyaltyResources,
} from '../../src/emulator/unimplemented/absentLoyaltyResources.js';
import { RestClient } from '../emulator/restClient.js';
import { literalPath, requestTestTexts } from '../support/requestTestTexts.js';

type Call = (client: LoyaltyClient) => Promise<unknown>;
type Resources = typeof loyaltyResources;

const journal = { ActivityDate: '2026-03-01T10:00:00Z', JournalTypeName: 'Accrual', MembershipNumber: 'x1' };

const cart = { cartDetails: [{ membershipNumber: 'x1', currencyISOCode: 'USD' }] };

const couponUse = { codes: ['x1'], time: '2026-03-01T10:00:00Z', transactionNumber: 'x1', customerId: '0lM' };

/** The method of the client for each resource. One that is missing does not compile. */
const calls: { readonly [F in keyof Resources]: { readonly [E in keyof Resources[F]]: Call } } = {
  batchJobs: {
    start: ({ batchJobs }) => batchJobs.start('x1'),
    startCalculation: ({ batchJobs }) => batchJobs.startCalculation('x1'),
    cancel: ({ batchJobs }) => batchJobs.cancel('x1'),
  },
  benefits: { ofMember: ({ members }) => members.benefits('x1') },
  cartPromotions: {
    eligible: ({ cartPromotions }) => cartPromotions.eligible(cart),
    execute: ({ cartPromotions }) => cartPromotions.execute(cart),
    reward: ({ cartPromotions }) => cartPromotions.applyRewards([journal]),
  },
  coupons: {
    increase: ({ coupons }) => coupons.increaseUsage(couponUse),
    decrease: ({ coupons }) => coupons.decreaseUsage(couponUse),
  },
  enrollment: {
    individual: ({ members }) =>
      members.enroll('x1', {
        membershipNumber: 'x1',
        enrollmentDate: '2026-03-01T10:00:00',
        memberStatus: 'Active',
        associatedContactDetails: { lastName: 'x1' },
      }),
    corporate: ({ members }) =>
      members.enrollCorporate('x1', {
        membershipNumber: 'x1',
        enrollmentDate: '2026-03-01T10:00:00',
        memberStatus: 'Active',
        associatedAccountDetails: { name: 'x1' },
      }),
  },
  clubs: {
    enroll: ({ clubs }) => clubs.enroll('x1', 'x1', { clubMembershipNumber: 'x1' }),
    renew: ({ clubs }) => clubs.renew('x1', 'x1', {}),
    profile: ({ clubs }) => clubs.profiles({ clubName: 'x1' }),
  },
  partners: {
    link: ({ partners }) => partners.link('x1', { membershipNumber: 'x1', partner: 'x1' }),
    unlink: ({ partners }) => partners.unlink('x1', { membershipNumber: 'x1', partner: 'x1' }),
  },
  games: { ofParticipant: ({ games }) => games.ofParticipant('x1'), play: ({ games }) => games.play('x1') },
  members: { profile: ({ members }) => members.profile('x1', { membershipNumber: 'x1' }) },
  processes: { run: ({ processes }) => processes.run('x1', 'x1', {}) },
  realtime: { execute: ({ journals }) => journals.execute('x1', [journal]) },
  referrals: {
    enrollAdvocate: ({ referrals }) => referrals.enrollAdvocate('x1', { promotionCode: 'x1', membershipNumber: 'x1' }),
    event: ({ referrals }) =>
      referrals.event({ referralCode: 'x1', eventType: 'Refer', activityDateTime: '2026-03-01T10:00:00' }),
    advocateProfile: ({ referrals }) => referrals.profile({ membershipNumber: 'x1', programName: 'x1' }),
    redeemVoucher: ({ referrals }) => referrals.redeemVoucher('x1', { contactId: '003' }),
  },
  trails: { ofMember: ({ promotions }) => promotions.trail('x1', 'x1', '0c8') },
  transactions: {
    ledgerSummary: ({ transactions }) => transactions.ledgerSummary('x1', 'x1'),
    history: ({ transactions }) =>
      transactions.history('x1', { membershipNumber: 'x1', journalType: 'Accrual', periodStartDate: '2026-01-01' }),
  },
  vouchers: {
    ofMember: ({ members }) => members.vouchers('x1', 'x1'),
    redeem: ({ vouchers }) => vouchers.redeem('x1', { membershipNumber: 'x1', voucherCode: 'x1' }),
  },
};

const cancellation = { TransactionJournalId: '0lV', CancellationReason: 'x1' };
const movement = {
  LoyaltyProgramMemberId: '0lM',
  ProgramName: 'x1',
  ProgramCurrencyName: 'x1',
  Points: 1,
  JournalId: '0lV',
};

const tierChange = { LoyaltyProgramMemberId: '0lM', ProgramName: 'x1', TierGroupName: 'x1', TargetTierName: 'x1' };

/** And for each action. */
const actionCalls: Readonly<Record<keyof typeof standardActions, Call>> = {
  adjustPoints: ({ actions }) =>
    actions.run(standardActions.adjustPoints, {
      LoyaltyProgramMemberId: '0lM',
      AdjustmentType: 'Credit',
      Points: 1,
      ReasonforChange: 'x1',
    }),
  assignTierBenefits: ({ actions }) =>
    actions.run(standardActions.assignTierBenefits, { LoyaltyProgramMemberId: '0lM' }),
  cancelAccrual: ({ actions }) => actions.run(standardActions.cancelAccrual, cancellation),
  cancelRedemption: ({ actions }) => actions.run(standardActions.cancelRedemption, cancellation),
  changeTier: ({ actions }) => actions.run(standardActions.changeTier, tierChange),
  changeTierWhenNoErrors: ({ actions }) => actions.run(standardActions.changeTierWhenNoErrors, tierChange),
  creditPoints: ({ actions }) => actions.run(standardActions.creditPoints, movement),
  debitPoints: ({ actions }) => actions.run(standardActions.debitPoints, movement),
  enrollAdvocateB2bReferralProm: ({ actions }) =>
    actions.run(standardActions.enrollAdvocateB2bReferralProm, { programName: 'x1', promotionCode: 'x1' }),
  executeMemberBenefit: ({ actions }) => actions.run(standardActions.executeMemberBenefit, { MemberBenefitId: '0hW' }),
  generateMemberReferralCode: ({ actions }) =>
    actions.run(standardActions.generateMemberReferralCode, { LoyaltyProgramMemberId: '0lM' }),
  getLoyaltyPromotion: ({ actions }) => actions.run(standardActions.getLoyaltyPromotion, { JournalId: '0lV' }),
  getLoyaltyPromotionBasedOnSalesforceCDP: ({ actions }) =>
    actions.run(standardActions.getLoyaltyPromotionBasedOnSalesforceCDP, { MemberId: '0lM' }),
  getMemberActiveSegments: ({ actions }) =>
    actions.run(standardActions.getMemberActiveSegments, { loyaltyProgramMemberID: '0lM' }),
  mapTraceablePtForRedemTrxn: ({ actions }) => actions.run(standardActions.mapTraceablePtForRedemTrxn, {}),
  mergeLoyaltyProgramMembership: ({ actions }) =>
    actions.run(standardActions.mergeLoyaltyProgramMembership, {
      sourceLoyaltyProgramMemberId: '0lM',
      targetLoyaltyProgramMemberId: '0lM',
      reasonForMergingMemberships: 'x1',
    }),
  unmergeLoyaltyProgramMembership: ({ actions }) =>
    actions.run(standardActions.unmergeLoyaltyProgramMembership, { mergedLoyaltyProgramMemberId: '0lM' }),
  getPointsBalance: ({ actions }) => actions.run(standardActions.getPointsBalance, movement),
  getTier: ({ actions }) => actions.run(standardActions.getTier, tierChange),
  refreshDecisionTable: ({ batchJobs }) => batchJobs.refreshTable('x1'),
  submitFailedRecordsBatchJob: ({ batchJobs }) => batchJobs.submitFailed('0md'),
  transferMemberPointsToGroups: ({ actions }) =>
    actions.run(standardActions.transferMemberPointsToGroups, { JournalId: '0lV' }),
  transferPoints: ({ actions }) => actions.run(standardActions.transferPoints, { programName: 'x1' }),
  issueVoucher: ({ vouchers }) => vouchers.issue('x1', { definition: 'x1' }),
  processB2bReferralEvent: ({ actions }) =>
    actions.run(standardActions.processB2bReferralEvent, { referralCode: 'x1', eventType: 'Refer' }),
  processReferralEvent: ({ actions }) =>
    actions.run(standardActions.processReferralEvent, {
      referralCode: 'x1',
      eventType: 'Refer',
      activityDateTime: '2026-03-01T10:00:00',
    }),
  reinstatePoints: ({ actions }) =>
    actions.run(standardActions.reinstatePoints, { loyaltyProgramName: 'x1', loyaltyProgramCurrencyName: 'x1' }),
  runProgramProcessForTransactionJournal: ({ journals }) => journals.run(['0lV']),
  updateProgressForCumulativePromotionUsage: ({ actions }) =>
    actions.run(standardActions.updateProgressForCumulativePromotionUsage, {
      loyaltyProgramMemberId: '0lM',
      promotionId: '0c8',
      usageIncrementForCumulativePromotion: 1,
    }),
};

const emulatorPage = join(import.meta.dirname, '..', '..', 'docs', 'emulator.md');
const root = '/services/data/v66.0';
const requestTests = requestTestTexts().join('\n');
const assumptions = rowsOf(readFileSync(fidelityPage, 'utf8')).map(({ assumption }) => assumption);

/** What a call sends: nothing answers it. */
async function sentBy(call: Call): Promise<string> {
  let sent = '';
  const connection = {
    instanceUrl: 'https://org.invalid',
    version: '66.0',
    request: ({ method, url }: { method: string; url: string }) => {
      sent = `${method} ${new URL(url).pathname.slice(root.length)}`;
      return Promise.reject(new Error('Nobody answers.'));
    },
  };
  await call(new LoyaltyClient(connection)).catch(() => undefined);
  return sent;
}

/** The table of docs/emulator.md that says why a documented resource or action is not in the local org. */
function absenceReasons(): Map<string, string> {
  const page = readFileSync(emulatorPage, 'utf8');
  const [, table = ''] = page.split('### Documented, and not in the local org\n');
  const [rows = ''] = table.split(/\n##/);
  const read = rows.matchAll(/^\| `([^`]+)` \| (.*) \|$/gm);
  return new Map([...read].map(([, name = '', reason = '']) => [name, reason.trim()]));
}

const filled = (path: string): string => path.replace(/[:{]\w+\}?/g, 'x1');

describe('What the contract describes', () => {
  let org: Emulator;
  let api: RestClient;

  before(async () => {
    org = await Emulator.start();
    api = new RestClient(org, undefined, 'v67.0');
  });

  after(() => org.stop());

  for (const [family, resources] of Object.entries(loyaltyResources)) {
    for (const [name, { method, path, since, guide }] of Object.entries<LoyaltyEndpoint>(resources)) {
      const call = (calls as Record<string, Record<string, Call>>)[family]![name]!;

      it(`${method} ${path}: the client calls it, and a test holds the request against a literal one`, async () => {
        expect(await sentBy(call)).to.equal(`${method} ${filled(path)}`);
        expect(requestTests).to.match(literalPath(path));
      });

      it(`${method} ${path}: the local org serves it, or says that it does not`, async () => {
        const { status, body } = await api.send(method, filled(path), method === 'POST' ? {} : undefined);
        const isAbsent = absentLoyaltyResources.some((each) => filled(each.path) === filled(path));
        expect(status === 501, 'named among what the org does not have').to.equal(isAbsent);
        expect(body[0]?.message).to.not.equal('The requested resource does not exist');
        const old = await api.send(method, `/services/data/v${since - 1}.0${filled(path)}`);
        expect(old.status).to.equal(404);
      });

      it(`${method} ${path}: it names its page, and what is assumed of it stands in docs/fidelity.md`, () => {
        expect(guide).to.match(/\w/);
        expect(assumptions.filter((each) => each.includes(`\`${method} ${path}\``))).to.have.length.above(0);
      });
    }
  }

  for (const [key, { name, inputs, since }] of Object.entries(standardActions)) {
    it(`the action ${name}: client, local org, request test and docs/fidelity.md have it`, async () => {
      expect(key).to.equal(name);
      const path = actionEndpoints.run.path.replace('{action}', name);
      expect(await sentBy((actionCalls as Record<string, Call>)[key]!)).to.equal(`POST ${path}`);
      expect(requestTests).to.match(literalPath(path));
      const served = (await api.get('/actions/standard')).body.actions.map((each: { name: string }) => each.name);
      expect([served.includes(name), absentActions.has(name)]).to.have.members([true, false]);
      expect((await api.send('GET', `/services/data/v${since - 1}.0${path}`)).status).to.equal(404);
      const described = (await api.get(`/services/data/v${Math.max(since, 66)}.0${path}`)).body.inputs;
      expect(described.map((each: { name: string }) => each.name)).to.deep.equal(Object.keys(inputs));
      expect(assumptions.filter((each) => each.includes(`\`${name}\``))).to.have.length.above(0);
    });
  }

  it('has a reason in docs/emulator.md where the local org lacks it, and only there', () => {
    const resources = absentLoyaltyResources.map(({ method, path }) => `${method} ${path}`);
    expect([...absenceReasons().keys()]).to.have.members([...resources, ...absentActions.keys()]);
    for (const [name, reason] of absenceReasons()) expect(reason, name).to.match(/\p{L}{3}/u);
  });

  it('is documented once', () => {
    const paths = documentedLoyaltyResources.map(({ method, path }) => `${method} ${filled(path)}`);
    expect(new Set(paths).size).to.equal(paths.length);
  });
});
