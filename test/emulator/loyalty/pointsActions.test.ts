import { expect } from 'chai';
import type { z } from 'zod';
import { standardActions } from '../../../src/contract/actions/index.js';
import { ActionResponse } from '../../../src/contract/endpoints/actionEndpoints.js';
import { RestClient } from '../restClient.js';
import { ExampleOrg, purchase } from './exampleProgram.js';

const ProgramName = 'Harbour Rewards';

describe('actions that move points', () => {
  let org: ExampleOrg;
  let LoyaltyProgramMemberId: string;

  beforeEach(async () => {
    org = await ExampleOrg.start({
      clock: { now: () => Date.parse('2026-03-10T12:00:00Z'), sleep: () => Promise.resolve() },
    });
    await org.withMembers('WX-1', 'WX-2');
    LoyaltyProgramMemberId = await org.memberId('WX-1');
  });

  afterEach(() => org[Symbol.asyncDispose]());

  async function run(name: keyof typeof standardActions, input: Record<string, unknown>, address: string = name) {
    const { body } = await org.api.post(`/actions/standard/${address}`, { inputs: [input] });
    const [element] = ActionResponse.parse(body);
    const { output }: { output: z.ZodType<Record<string, unknown>> } = standardActions[name];
    return {
      outputs: element?.isSuccess ? output.parse(element.outputValues) : undefined,
      error: body[0].errors?.[0] as unknown,
    };
  }

  const failure = async (name: keyof typeof standardActions, input: Record<string, unknown>) => {
    const { error } = await run(name, input);
    return String((error as { message?: string } | undefined)?.message);
  };

  async function accrual(amount: number, member = 'WX-1'): Promise<string> {
    const { body } = await org.execute([purchase(member, amount)]);
    return body.processResult.transactionJournalResult[0].id;
  }

  const inStars = { ProgramName, ProgramCurrencyName: 'Stars' };
  const ofMember = () => ({ LoyaltyProgramMemberId, ...inStars });

  describe('creditPoints, debitPoints and getPointsBalance', () => {
    it('move points for a journal that is there, with the notes in the ledger', async () => {
      const JournalId = await accrual(40);
      const credited = await run('creditPoints', { ...ofMember(), JournalId, Points: 7.5, AdditionalNotes: 'Sorry' });
      expect(credited.outputs).to.deep.equal({ ...ofMember(), JournalId });
      const notes = org.emulator.store.first('LoyaltyLedger', { AdditionalNotes: 'Sorry' });
      expect(notes).to.include({ EventType: 'Credit', Points: 7.5, TransactionJournalId: JournalId });
      const debited = await run('debitPoints', { ...ofMember(), JournalId, Points: '20' });
      expect(debited.outputs).to.deep.equal({ ...ofMember(), JournalId, PointsBalance: 27.5 });
      const balance = await run('getPointsBalance', ofMember());
      expect(balance.outputs).to.deep.equal({ ...ofMember(), PointsBalance: 27.5, EscrowPointsBalance: 0 });
      expect(await org.balances('WX-1')).to.deep.equal({ Miles: 40, Stars: 27.5 });
    });

    it('write a ledger row for a credit of 0 points', async () => {
      const JournalId = await accrual(0);
      await run('creditPoints', { ...ofMember(), JournalId, Points: 0 });
      expect(org.emulator.store.find('LoyaltyLedger', { Points: 0, TransactionJournalId: JournalId })).to.have.length(
        1,
      );
      expect(await org.balances('WX-1')).to.deep.equal({ Miles: 0, Stars: 0 });
    });

    it('name what is wrong, and move nothing', async () => {
      const JournalId = await accrual(10);
      const input = { ...ofMember(), JournalId, Points: 5 };
      expect(await failure('debitPoints', { ...input, Points: 10.01 })).to.include('would become -0.01');
      expect(await failure('creditPoints', { ...input, Points: -5 })).to.include('-5');
      expect(await failure('creditPoints', { ...input, ProgramCurrencyName: 'Moons' })).to.include('Moons');
      expect(await failure('creditPoints', { ...input, ProgramName: 'Other' })).to.include('Other');
      expect(await failure('creditPoints', { ...input, JournalId: undefined })).to.include('JournalId');
      expect(await failure('creditPoints', { ...input, JournalId: await accrual(3, 'WX-2') })).to.include(
        'another member',
      );
      expect(await failure('creditPoints', { ...input, PointsExpirationDate: 'soon' })).to.include('soon');
      expect(await org.balances('WX-1')).to.deep.equal({ Miles: 10, Stars: 10 });
    });
  });

  describe('adjustPoints', () => {
    const adjust = (more: Record<string, unknown>, address?: string) =>
      run('adjustPoints', { LoyaltyProgramMemberId, ReasonforChange: 'Till was down', ...more }, address);

    it('credits and debits by a journal of its own, which keeps the reason', async () => {
      const JournalId = await accrual(10);
      const category = { AdjustmentCategory: 'Service Recovery' };
      const credited = await adjust(
        { AdjustmentType: 'Credit', Points: 30, JournalId, ...category },
        'adjustPointsAction',
      );
      const Id = String(credited.outputs?.['AdjustmentTransactionJournalId']);
      const [journal] = await org.rows(
        `SELECT Status, JournalType.Name, RelatedJournalId, Comment, JournalReason FROM TransactionJournal WHERE Id = '${Id}'`,
      );
      expect(journal).to.deep.include({ Status: 'Processed', RelatedJournalId: JournalId, Comment: 'Till was down' });
      expect(journal).to.deep.include({ JournalReason: 'Service Recovery' });
      expect(journal?.['JournalType']).to.include({ Name: 'Manual Points Adjustment' });
      await adjust({ AdjustmentType: 'debit', Points: 5 });
      await adjust({ AdjustmentType: 'Credit', Points: 2, LoyaltyProgramCurrencyId: org.program.miles });
      expect(await org.balances('WX-1')).to.deep.equal({ Miles: 12, Stars: 35 });
    });

    it('names what is wrong, and leaves no journal', async () => {
      const journals = await org.count('TransactionJournal');
      const input = { LoyaltyProgramMemberId, ReasonforChange: 'x', AdjustmentType: 'Debit', Points: 1 };
      expect(await failure('adjustPoints', input)).to.include('would become -1');
      expect(await failure('adjustPoints', { ...input, AdjustmentType: 'Gift' })).to.include(
        'Credit or Debit, not Gift',
      );
      expect(await failure('adjustPoints', { ...input, PointsExpirationDate: '2027-01-01' })).to.include(
        'only for credits',
      );
      expect(await failure('adjustPoints', { ...input, ReasonforChange: '' })).to.include('ReasonforChange');
      expect(await org.count('TransactionJournal')).to.equal(journals);
    });
  });

  describe('transferPoints', () => {
    const target = { targetProgramMembershipNumber: 'WX-2' };
    const source = { sourceProgramMembershipNumber: 'WX-1' };

    it('debits one member and credits the other, each by a journal', async () => {
      await accrual(50);
      const transfer = { programName: ProgramName, transferPoints: 20, ...source, ...target };
      const { outputs } = await run('transferPoints', transfer);
      expect(outputs).to.deep.include({ pointsTransferred: 20, sourceProgramMemberId: LoyaltyProgramMemberId });
      expect(await org.balances('WX-1')).to.deep.equal({ Miles: 50, Stars: 30 });
      expect(await org.balances('WX-2')).to.deep.equal({ Miles: 0, Stars: 20 });
      const ids = [outputs?.['sourceTransactionJournalId'], outputs?.['targetTransactionJournalId']].map(String);
      const types = await org.rows(
        `SELECT JournalType.Name FROM TransactionJournal WHERE Id IN ('${ids.join("','")}')`,
      );
      expect(types.map((row) => (row['JournalType'] as { Name: string }).Name)).to.deep.equal([
        'Points Transfer',
        'Points Transfer',
      ]);
    });

    it('is there from version 64 on', async () => {
      const old = new RestClient(org.emulator, undefined, 'v63.0');
      expect((await old.post('/actions/standard/transferPoints', { inputs: [{}] })).status).to.equal(404);
    });

    it('names what is wrong, and moves nothing', async () => {
      await accrual(50);
      const transfer = { programName: ProgramName, transferPoints: 20, ...source, ...target };
      const group = org.emulator.store.insert('LoyaltyProgramMember', groupOf(org));
      expect(await failure('transferPoints', { ...transfer, transferPoints: 51 })).to.include('would become -1');
      expect(await failure('transferPoints', { ...transfer, transferPoints: 1.5 })).to.include('whole number');
      expect(await failure('transferPoints', { ...transfer, transferPoints: undefined })).to.include('transferPoints');
      expect(await failure('transferPoints', { ...transfer, programCurrencyName: 'Miles' })).to.include('qualifying');
      expect(await failure('transferPoints', { ...transfer, targetProgramMembershipNumber: 'WX-1' })).to.include(
        'same',
      );
      expect(
        await failure('transferPoints', { ...transfer, ...source, targetProgramMembershipNumber: 'no' }),
      ).to.include('no');
      const toGroup = { ...transfer, targetProgramMembershipNumber: undefined, targetProgramMemberId: group };
      expect(await failure('transferPoints', toGroup)).to.include('does not belong to the group');
      expect(await org.balances('WX-1')).to.deep.equal({ Miles: 50, Stars: 50 });
    });
  });

  describe('transferMemberPointsToGroups', () => {
    const inGroup = (percent: number): string => {
      const group = org.emulator.store.insert('LoyaltyProgramMember', groupOf(org));
      org.emulator.store.insert('LoyaltyPgmGroupMbrRlnsp', {
        LoyaltyProgramGroupMemberId: group,
        RelatedLoyaltyProgramMemberId: LoyaltyProgramMemberId,
        ContributionCalculationType: 'Percentage',
        MemberPointContributionPercent: percent,
      });
      return group;
    };

    it('gives each group its percentage of what an accrual has credited, once', async () => {
      inGroup(25);
      const JournalId = await accrual(50.5);
      const { outputs } = await run('transferMemberPointsToGroups', { JournalId });
      expect(outputs).to.deep.equal({});
      expect(await org.balances('WX-1')).to.deep.equal({ Miles: 50.5, Stars: 37.87 });
      expect(await org.balances('G-1')).to.deep.equal({ Miles: 0, Stars: 12.63 });
      expect(await failure('transferMemberPointsToGroups', { JournalId })).to.include('already');
      expect(await org.balances('G-1')).to.deep.equal({ Miles: 0, Stars: 12.63 });
    });

    it('names what is wrong', async () => {
      const JournalId = await accrual(50);
      expect(await failure('transferMemberPointsToGroups', { JournalId })).to.include('WX-1 belongs to no group');
      inGroup(25);
      const empty = await accrual(0);
      expect(await failure('transferMemberPointsToGroups', { JournalId: empty })).to.include('credited no points');
      const store = org.emulator.store;
      store.update('TransactionJournal', JournalId, { Status: 'Pending' });
      expect(await failure('transferMemberPointsToGroups', { JournalId })).to.include('not a processed accrual');
    });
  });
});

function groupOf(org: ExampleOrg): Record<string, string> {
  const names = { MembershipNumber: 'G-1', GroupName: 'Household', MemberType: 'Group', MemberStatus: 'Active' };
  return { ...names, ProgramId: org.program.id, EnrollmentDate: '2026-01-01' };
}
