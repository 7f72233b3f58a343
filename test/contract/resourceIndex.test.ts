import { expect } from 'chai';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resultSchemas } from '../../src/cli/results/index.js';
import { standardActions } from '../../src/contract/actions/index.js';
import { loyaltyResources } from '../../src/contract/endpoints/index.js';
import { absentActions } from '../../src/emulator/unimplemented/absentActions.js';
import { absentLoyaltyResources } from '../../src/emulator/unimplemented/absentLoyaltyResources.js';

/** What is not built yet. The local org names it and answers 501, or refuses the action. */
const later = 'later';

/**
 * Every resource of the developer guide, with the commands that call it. Literal, so that a resource which falls out of
 * the contract is missed here.
 */
const resources: Readonly<Record<string, readonly string[] | typeof later>> = {
  'POST /loyalty-programs/{}/individual-member-enrollments': ['enroll member'],
  'POST /loyalty-programs/{}/corporate-member-enrollments': ['enroll corporate'],
  'POST /loyalty-programs/{}/clubs/{}/member-enrollment': ['enroll club'],
  'POST /loyalty-programs/{}/clubs/{}/membership-renewal': ['renew club'],
  'POST /connect/loyalty/programs/{}/program-processes/{}': [
    'credit points',
    'debit points',
    'enroll promotion',
    'leave promotion',
    'list promotions',
    'cancel voucher',
    'change tier',
    'update member',
    'unenroll member',
    'run process',
  ],
  'POST /connect/realtime/loyalty/programs/{}': ['execute transactions', 'simulate transactions', 'sync start'],
  'GET /loyalty-programs/{}/members': ['display member'],
  'GET /connect/loyalty/member/{}/memberbenefits': ['display member'],
  'GET /loyalty/programs/{}/members/{}/vouchers': ['list vouchers', 'display member'],
  'POST /loyalty/programs/{}/members/{}/vouchers/{}/redeem': ['redeem voucher'],
  'POST /connect/loyalty/programs/{}/transaction-history': ['list transactions'],
  'GET /loyalty/programs/{}/members/{}/transaction-ledger-summary': ['list transactions'],
  'GET /loyalty/programs/{}/members/{}/engagement-trail': ['list trails'],
  'GET /club/members': ['enroll club', 'renew club'],
  'POST /loyalty/programs/{}/members/{}/partners/{}/link': ['link partner'],
  'POST /loyalty/programs/{}/members/{}/partners/{}/unlink': ['unlink partner'],
  'POST /referral-programs/{}/promotions/{}/member-enrollments': ['enroll advocate'],
  'POST /referral-program/referral-event': ['create referral'],
  'POST /referral-programs/advocate-profile': ['list referrals'],
  'POST /vouchers/{}/redemption': [],
  'POST /connect/batch-job/{}/cancel-job': ['cancel job'],
  'GET /game/participant/{}/games': ['list games', 'play game'],
  'GET /game/gameParticipantReward/{}/game-reward': ['play game'],
  'POST /global-promotions-management/eligible-promotions': ['simulate cart'],
  'POST /global-promotions-management/promotion-execution': ['execute cart'],
  'POST /global-promotions-management/promotion-reward': ['apply rewards'],
  'POST /global-promotions-management/coupons/usage-increase': ['redeem coupon'],
  'POST /global-promotions-management/coupons/usage-decrease': ['redeem coupon'],
};

/** Every standard action of the guide, with the commands that run it. `run action` runs any. */
const actions: Readonly<Record<string, readonly string[] | typeof later>> = {
  creditPoints: [],
  debitPoints: [],
  adjustPoints: ['adjust points'],
  getPointsBalance: [],
  transferPoints: ['transfer points'],
  transferMemberPointsToGroups: [],
  reinstatePoints: [],
  mapTraceablePtForRedemTrxn: ['run action'],
  cancelAccrual: ['cancel transaction'],
  cancelRedemption: ['cancel transaction'],
  changeTier: [],
  changeTierWhenNoErrors: [],
  getTier: [],
  assignTierBenefits: ['assign benefits'],
  executeMemberBenefit: [],
  issueVoucher: ['issue voucher'],
  generateMemberReferralCode: [],
  getLoyaltyPromotion: ['run action'],
  getLoyaltyPromotionBasedOnSalesforceCDP: ['run action'],
  getMemberActiveSegments: ['run action'],
  updateProgressForCumulativePromotionUsage: ['update progress'],
  runProgramProcessForTransactionJournal: [],
  mergeLoyaltyProgramMembership: ['run action'],
  unmergeLoyaltyProgramMembership: ['run action'],
  submitFailedRecordsBatchJob: ['run job'],
  refreshDecisionTable: ['run job'],
  processReferralEvent: [],
  enrollAdvocateB2bReferralProm: [],
  processB2bReferralEvent: [],
};

const named = (method: string, path: string): string => `${method} ${path.replace(/\{\w+\}|:\w+/g, '{}')}`;
const built = Object.values(loyaltyResources).flatMap((family) =>
  Object.values<{ method: string; path: string }>(family).map(({ method, path }) => named(method, path)),
);
const absent = absentLoyaltyResources.map(({ method, path }) => named(method, path));

const folder = join(import.meta.dirname, '..', 'commands');
const commandTests = globSync('*.test.ts', { cwd: folder }).map((file) => readFileSync(join(folder, file), 'utf8'));

/** The local org, the sync and the cases of rules have tests of their own kind. */
const ofTheOrg = Object.keys(resultSchemas)
  .map((name) => name.replace('loyalty-', '').replace('-', ' '))
  .filter((command) => !/^(emulator|sync|test|verify) /.test(command));

const shownWhole = (command: string): boolean => {
  const check = new RegExp(String.raw`expectScreen\(\s*'${command}'`);
  return commandTests.some((text) => check.test(text));
};
const schemaOf = (command: string): string =>
  `${command.replaceAll(/(?:^| )(\w)/g, (_, letter: string) => letter.toUpperCase())}Result`;
/** Whether a test checks what the command prints with `--json` by its schema. */
const checkedByItsSchema = (command: string): boolean => {
  const check = new RegExp(String.raw`resultOf\([^;]*\b${schemaOf(command)}\b`);
  return commandTests.some((text) => text.includes(`'${command}'`) && check.test(text));
};

describe('Every command that asks an org', () => {
  it('has a test of its whole screen', () => {
    expect(ofTheOrg.filter((command) => !shownWhole(command))).to.deep.equal([]);
  });

  it('has a test of its --json by its schema', () => {
    expect(ofTheOrg.filter((command) => !checkedByItsSchema(command))).to.deep.equal([]);
  });
});

describe('What the developer guide lists', () => {
  for (const [resource, commands] of Object.entries(resources)) {
    it(commands === later ? `${resource}: is named as not implemented` : `${resource}: is built`, () => {
      expect([built.includes(resource), absent.includes(resource)]).to.deep.equal([
        commands !== later,
        commands === later,
      ]);
      if (commands !== later) expect([...ofTheOrg, 'sync start']).to.include.members([...commands]);
    });
  }

  for (const [action, commands] of Object.entries(actions)) {
    it(
      commands === later ? `the action ${action}: is named as not implemented` : `the action ${action}: is built`,
      () => {
        expect([action in standardActions, absentActions.has(action)]).to.deep.equal([
          commands !== later,
          commands === later,
        ]);
        if (commands !== later) expect([...ofTheOrg, 'sync start']).to.include.members([...commands]);
      },
    );
  }

  it('is all that the contract has', () => {
    expect(built.filter((resource) => !(resource in resources) && !resource.includes('/actions/'))).to.deep.equal([]);
    expect(Object.keys(standardActions).filter((action) => !(action in actions))).to.deep.equal([]);
  });
});
