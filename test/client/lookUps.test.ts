import { expect } from 'chai';
import {
  InactiveProgramError,
  LoyaltyClient,
  UnknownMemberError,
  UnknownProgramError,
  UnknownPromotionError,
  verdict,
} from '../../src/client/index.js';
import { failureOf } from './loopback.js';
import { orgWith } from './fakeOrg.js';
import type { Tables } from './fakeOrg.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';

const program = 'Harbour Rewards';
const nobody = '0lM000000000000AAA';
const nothing = '0c8000000000000AAA';

/** Every call about a program, a member or a promotion, whatever the answer. */
const questions: Record<string, (client: LoyaltyClient, program: string, member: string) => Promise<unknown>> = {
  'programs.get': (client, program) => client.programs.get(program),
  'members.find': (client, program, member) => client.members.find(program, [member]),
  'members.resolve': (client, program, member) => client.members.resolve(program, member),
  'members.get': (client, program, member) => client.members.get(program, member),
  'members.balances': (client, program, member) => client.members.balances(program, member),
  'processes.list': (client, program) => client.processes.list(program),
  'processes.list of a type': (client, program) => client.processes.list(program, 'EnrollInPromotion'),
  'progress.list': (client, program) => client.progress.list(program),
  'progress.list near a target': (client, program) => client.progress.list(program, { near: 80 }),
  'progress.list of a member': (client, program, member) => client.progress.list(program, { member }),
  'progress.list of a member near a target': (client, program, member) =>
    client.progress.list(program, { member, near: 80 }),
};
const aboutMembers = [
  'members.get',
  'members.balances',
  'progress.list of a member',
  'progress.list of a member near a target',
];

describe('a question about something that does not exist', function () {
  this.timeout(120_000);

  let shop: Shop;

  before(async () => {
    shop = await openShop({ members: 1 });
    await shop.client.sobjects.create('LoyaltyProgram', { Name: 'Old Club', Status: 'Inactive' });
  });

  after(() => shop[Symbol.asyncDispose]());

  /** A client that has not seen a program yet. */
  const stranger = (): Promise<LoyaltyClient> =>
    LoyaltyClient.connect({ instanceUrl: shop.org.url, clientId: 'test', clientSecret: 'none' });

  for (const [name, ask] of Object.entries(questions)) {
    it(`is an error for an unknown program: ${name}`, async () => {
      const error = await failureOf(ask(await stranger(), 'Nope', 'HR-100001'));
      expect(error).to.be.instanceOf(UnknownProgramError).and.to.include({ program: 'Nope' });
      expect(error).to.have.property('programs').that.deep.equals(['Harbour Rewards', 'Old Club']);
      expect((error as Error).message).to.equal(
        'The org has no loyalty program named "Nope". Its programs: "Harbour Rewards", "Old Club" (Inactive).',
      );
    });
  }

  for (const name of aboutMembers) {
    it(`is an error for an unknown member: ${name}`, async () => {
      const error = await failureOf(questions[name]!(shop.client, program, 'ZZZ'));
      expect(error).to.be.instanceOf(UnknownMemberError).and.to.include({ program, member: 'ZZZ' });
    });
  }

  it('is an error for an inactive program in which nothing counts', async () => {
    for (const filter of [{}, { near: 80 }]) {
      const error = await failureOf(shop.client.progress.list('old club', filter));
      expect(error).to.be.instanceOf(InactiveProgramError).and.to.include({ program: 'Old Club', status: 'Inactive' });
    }
  });

  it('is an error for the Id of a member or a promotion that the org does not have', async () => {
    const { client } = shop;
    const { Id: memberId } = await client.members.get(program, 'HR-100001');
    const [promotion] = await client.query.all("SELECT Id FROM Promotion WHERE LoyaltyPromotionType = 'Cumulative'");
    const promotionId = String(promotion?.['Id']);
    const { progress } = client;
    for (const ask of [
      (keys: { memberId: string; promotionId: string }) => progress.read(keys),
      (keys: { memberId: string; promotionId: string }) => progress.set({ ...keys, to: 1 }),
      (keys: { memberId: string; promotionId: string }) => progress.advance({ ...keys, by: 1 }),
    ]) {
      expect(await failureOf(ask({ memberId: nobody, promotionId }))).to.be.instanceOf(UnknownMemberError);
      expect(await failureOf(ask({ memberId, promotionId: nothing }))).to.be.instanceOf(UnknownPromotionError);
    }
    expect(await progress.read({ memberId, promotionId })).to.include({ recordId: null, completed: 0 });
  });

  it('is an error for promotions of an unknown member, whether the org refuses or answers with nothing', async () => {
    const request = { membershipNumber: 'ZZZ' };
    expect(await failureOf(shop.client.promotions.list(program, request))).to.be.instanceOf(Error);
    await using org = await orgWith({ LoyaltyProgram: [{ Id: '0lp1', Name: program, Status: 'Active' }] });
    org.client.processes.run = () => Promise.resolve([]);
    expect(await failureOf(org.client.promotions.list(program, request))).to.be.instanceOf(UnknownMemberError);
  });

  it('is judged: a missing program stops everything, a missing member or promotion only what needs it', () => {
    expect(verdict(new UnknownProgramError('Nope', []))).to.include({ kind: 'stop', nothingStored: true });
    expect(verdict(new InactiveProgramError('Old', 'Inactive'))).to.include({ kind: 'stop', nothingStored: true });
    expect(verdict(new UnknownMemberError('M-1', 'P'))).to.include({ kind: 'refused', nothingStored: true });
    expect(verdict(new UnknownPromotionError('Cups'))).to.include({ kind: 'refused', nothingStored: true });
  });
});

describe('an empty answer', () => {
  const active: Tables = { LoyaltyProgram: [{ Id: '0lp1', Name: 'Harbour', Status: 'Active' }] };
  const member = { Id: nobody, MembershipNumber: 'M-77' };
  const rest = { MemberStatus: null, MemberType: null, EnrollmentDate: null, ContactId: null };

  it('is a valid answer if everything exists', async () => {
    await using org = await orgWith({ ...active, LoyaltyProgramMember: [{ ...member, ...rest }] });
    const { members, processes, progress } = org.client;
    expect(await members.balances('Harbour', 'M-77')).to.deep.equal({ currencies: [], tiers: [] });
    expect(await processes.list('Harbour')).to.deep.equal([]);
    expect(await progress.list('Harbour', { member: 'M-77' })).to.deep.equal([]);
    expect(await progress.list('Harbour', { near: 80 })).to.deep.equal([]);
  });

  it('costs one request about the program, or none if the program was seen before', async () => {
    await using org = await orgWith(active);
    await org.client.members.find('Harbour', ['M-1']);
    expect(org.soql).to.have.length(2);
    await org.client.members.find('HARBOUR', ['M-2']);
    await org.client.processes.list('Harbour');
    expect(org.soql).to.have.length(4);
  });
});

describe('an answer that is not empty', () => {
  it('costs no request about the program or the member', async () => {
    const row = { Id: '1', Name: 'credit', ProcessType: 'CreditPointsToMembers', Status: 'Active' };
    const progress = {
      Promotion: { Id: '0c8cups', Name: 'Cups', EndDate: null },
      LoyaltyProgramMember: { Id: nobody, MembershipNumber: 'M-77' },
      CumulativeUsageCompleted: 3,
      CumulativeUsageTarget: 4,
      CumulativeUsageCompletePercent: 75,
    };
    await using org = await orgWith({ LoyaltyProgramProcess: [row], LoyaltyProgramMbrPromotion: [progress] });
    await org.client.processes.list('Harbour');
    await org.client.progress.list('Harbour', { member: 'M-77', near: 70 });
    expect(org.soql.filter((soql) => / FROM (LoyaltyProgram|LoyaltyProgramMember) /.test(soql))).to.deep.equal([]);
  });
});
