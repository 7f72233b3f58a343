import { expect } from 'chai';
import { ExampleOrg, purchase } from './exampleProgram.js';

describe('the actions that merge memberships', () => {
  let org: ExampleOrg;
  let ids: readonly string[];

  /** What a merge leaves to see. */
  const seen = async () => ({
    balances: [await org.balances('OLD'), await org.balances('NEW')],
    journals: await Promise.all(ids.map((id) => org.count('TransactionJournal', `WHERE MemberId = '${id}'`))),
    ledgers: await Promise.all(ids.map((id) => org.count('LoyaltyLedger', `WHERE LoyaltyProgramMemberId = '${id}'`))),
    statuses: ids.map((id) => org.emulator.store.get('LoyaltyProgramMember', id)?.['MemberStatus']),
    tiers: await Promise.all(ids.map(tierOf)),
    vouchers: org.emulator.store.find('Voucher', {}).map((row) => ids.indexOf(String(row['LoyaltyProgramMemberId']))),
  });

  const tierOf = async (id: string): Promise<unknown> => {
    const [row] = await org.rows(
      `SELECT LoyaltyTier.Name FROM LoyaltyMemberTier WHERE LoyaltyMemberId = '${id}' AND Status = 'Active'`,
    );
    return (row?.['LoyaltyTier'] as { Name: string } | undefined)?.Name;
  };

  const run = async (action: string, input: Record<string, unknown>): Promise<unknown> => {
    const { status, body } = await org.api.post(`/actions/standard/${action}`, { inputs: [input] });
    return status === 200 ? 'done' : body[0].errors[0].message;
  };
  const merge = (more: Record<string, unknown> = {}) =>
    run('mergeLoyaltyProgramMembership', {
      sourceLoyaltyProgramMemberId: ids[0],
      targetLoyaltyProgramMemberId: ids[1],
      reasonForMergingMemberships: 'The same person',
      ...more,
    });
  const unmerge = () => run('unmergeLoyaltyProgramMembership', { mergedLoyaltyProgramMemberId: ids[0] });

  beforeEach(async () => {
    org = await ExampleOrg.start();
    await org.withMembers('OLD', 'NEW');
    ids = [await org.memberId('OLD'), await org.memberId('NEW')];
    await org.execute([purchase('OLD', 120), purchase('NEW', 30)]);
    const { store } = org.emulator;
    const dates = { EffectiveDate: '2026-01-01', ExpirationDate: '2035-12-31' };
    const definition = { Name: 'Cake', Type: 'FixedValue', FaceValue: 5, IsActive: true, ExpirationType: 'FixedDate' };
    const VoucherDefinitionId = store.insert('VoucherDefinition', {
      ...{ ...definition, ...dates, LoyaltyProgramId: org.program.id },
    });
    for (const [VoucherCode, Status] of [
      ['A', 'Issued'],
      ['B', 'Redeemed'],
    ] as const) {
      const voucher = { VoucherDefinitionId, LoyaltyProgramMemberId: ids[0], FaceValue: 5, ...dates };
      store.insert('Voucher', { ...voucher, VoucherCode, Status });
    }
  });

  afterEach(() => org[Symbol.asyncDispose]());

  it('move points, ledgers and journals, and nothing else unless asked; an unmerge restores all of it', async () => {
    const before = await seen();
    expect(before).to.deep.include({
      balances: [
        { Miles: 120, Stars: 120 },
        { Miles: 30, Stars: 30 },
      ],
    });
    expect(before).to.deep.include({ journals: [1, 1], ledgers: [2, 2], tiers: ['Silver', 'Bronze'] });
    expect(await merge()).to.equal('done');
    expect(await seen()).to.deep.equal({
      balances: [
        { Miles: 0, Stars: 0 },
        { Miles: 150, Stars: 150 },
      ],
      journals: [0, 2],
      ledgers: [0, 4],
      statuses: ['Merged', 'Active'],
      tiers: ['Silver', 'Bronze'],
      vouchers: [0, 0],
    });
    const [record] = await org.rows(
      'SELECT Reason, Status, SourceMember.MembershipNumber, TargetMember.MembershipNumber FROM LoyaltyProgramMemberMerge',
    );
    expect(record).to.deep.include({ Reason: 'The same person', Status: 'Merged' });
    expect(record?.['SourceMember']).to.include({ MembershipNumber: 'OLD' });
    expect(await unmerge()).to.equal('done');
    expect(await seen()).to.deep.equal(before);
    expect(await org.count('LoyaltyProgramMemberMerge', "WHERE Status = 'Unmerged'")).to.equal(1);
  });

  it('give the higher tier and the vouchers that can still be used, if asked, and take them back', async () => {
    const before = await seen();
    const all = { shouldTransferVouchers: 'true', shouldSetHigherCurrentTierForTargetMember: true };
    expect(await merge(all)).to.equal('done');
    expect(await seen()).to.deep.include({ tiers: ['Silver', 'Silver'], vouchers: [1, 0] });
    expect(await unmerge()).to.equal('done');
    expect(await seen()).to.deep.equal(before);
  });

  it('leave the target what it has earned since, and refuse to give back what it has spent', async () => {
    await merge();
    await org.execute([purchase('NEW', 7)]);
    expect(await unmerge()).to.equal('done');
    expect((await seen()).balances).to.deep.equal([
      { Miles: 120, Stars: 120 },
      { Miles: 37, Stars: 37 },
    ]);
    await merge();
    await run('adjustPoints', {
      ...{ LoyaltyProgramMemberId: ids[1], AdjustmentType: 'Debit', Points: 100, ReasonforChange: 'Spent' },
      LoyaltyProgramCurrencyId: org.program.stars,
    });
    const merged = await seen();
    expect(await unmerge()).to.equal('Points of Stars that would go back have been spent.');
    expect(await seen()).to.deep.equal(merged);
  });

  it('refuse memberships that are the same, not active, of other programs, or not merged', async () => {
    const { store } = org.emulator;
    const before = await seen();
    expect(await merge({ targetLoyaltyProgramMemberId: ids[0] })).to.include('are the same member');
    expect(await unmerge()).to.equal('The member OLD is not merged.');
    store.update('LoyaltyProgramMember', ids[1]!, { MemberStatus: 'Inactive' });
    expect(await merge()).to.equal('The member NEW is Inactive: only active memberships can be merged.');
    const other = store.insert('LoyaltyProgram', { Name: 'Other', Status: 'Active' });
    const values = { ProgramId: other, MembershipNumber: 'X', MemberStatus: 'Active', EnrollmentDate: '2026-01-01' };
    const stranger = store.insert('LoyaltyProgramMember', values);
    expect(await merge({ targetLoyaltyProgramMemberId: stranger })).to.include('different loyalty programs');
    expect((await seen()).balances).to.deep.equal(before.balances);
  });
});
