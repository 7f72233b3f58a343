import { expect } from 'chai';
import { ExampleOrg, purchase } from './exampleProgram.js';

describe('the actions for promotions of journals, segments and traces', () => {
  let org: ExampleOrg;

  beforeEach(async () => {
    org = await ExampleOrg.start({
      settings: { pointsLifecycleTracking: true, segmentMembers: { Regulars: ['wx-1'], Strangers: [] } },
    });
    await org.withMembers('WX-1');
  });

  afterEach(() => org[Symbol.asyncDispose]());

  const run = async (action: string, input: Record<string, unknown>): Promise<Record<string, unknown>> => {
    const { status, body } = await org.api.post(`/actions/standard/${action}`, { inputs: [input] });
    return status === 200 ? body[0].outputValues : { message: body[0].errors[0].message };
  };
  const names = ({ PromotionRecords }: Record<string, unknown>): string[] =>
    (PromotionRecords as { Name: string }[]).map(({ Name }) => Name);
  const segment = (Name: string): string => org.emulator.store.insert('MarketSegment', { Name });

  it('returns the promotions of a journal as records, by type, period and enrollment', async () => {
    org.addPromotion('Ended', { EndDate: '2026-02-28' });
    org.addPromotion('Returns', { TransactionJournalType: 'Redemption' });
    org.addPromotion('Mug', { IsEnrollmentRequired: true });
    await org.execute([purchase('WX-1', 10)]);
    const { Id: JournalId } = org.emulator.store.first('TransactionJournal', {})!;
    const output = await run('getLoyaltyPromotion', { JournalId });
    expect(names(output)).to.deep.equal(['Ten cups']);
    const [record] = output['PromotionRecords'] as Record<string, unknown>[];
    expect(record?.['attributes']).to.deep.include({ type: 'Promotion' });
    expect(record).to.include({ CumulativeUsageTarget: 10, StartDate: '2020-01-01' });
    org.emulator.store.update('TransactionJournal', JournalId, { JournalTypeId: null });
    expect(await run('getLoyaltyPromotion', { JournalId }))
      .to.have.property('message')
      .that.includes('neither');
  });

  it('leaves the promotions whose segments have the member, and says which segments these are', async () => {
    const { store } = org.emulator;
    const [regulars, strangers] = [segment('Regulars'), segment('Strangers')];
    for (const [name, MarketSegmentId] of [
      ['For regulars', regulars],
      ['For strangers', strangers],
    ] as const) {
      store.insert('PromotionMarketSegment', { PromotionId: org.addPromotion(name), MarketSegmentId });
    }
    const MemberId = await org.memberId('WX-1');
    expect(names(await run('getLoyaltyPromotionBasedOnSalesforceCDP', { MemberId }))).to.have.members([
      'Ten cups',
      'For regulars',
    ]);
    const given = [{ Id: store.first('Promotion', { Name: 'For strangers' })?.Id }];
    const asked = { MemberId, PromotionRecords: given };
    expect(names(await run('getLoyaltyPromotionBasedOnSalesforceCDP', asked))).to.deep.equal([]);
    const segmentIds = `${strangers}, ${regulars}`;
    const all = { loyaltyProgramMemberID: MemberId };
    expect(await run('getMemberActiveSegments', { ...all, segmentIds })).to.deep.equal({ memberSegmentIDs: regulars });
    expect(await run('getMemberActiveSegments', all)).to.deep.equal({ memberSegmentIDs: regulars });
  });

  it('finds the credits that have paid for a pending trace, each with its part', async () => {
    const { store } = org.emulator;
    await org.execute([purchase('WX-1', 10)]);
    await org.execute([purchase('WX-1', 20)]);
    const memberId = await org.memberId('WX-1');
    await run('adjustPoints', {
      ...{ LoyaltyProgramMemberId: memberId, AdjustmentType: 'Debit', Points: 15, ReasonforChange: 'Cake' },
      LoyaltyProgramCurrencyId: org.program.stars,
    });
    const debit = store.first('LoyaltyLedger', { EventType: 'Debit' })!;
    const trace = store.insert('LoyaltyLedgerTraceability', {
      ...{ DebitLoyaltyLedgerId: debit.Id, LoyaltyProgramMemberId: memberId, Points: 15, ProcessingStatus: 'Pending' },
      LoyaltyProgramCurrencyId: org.program.stars,
    });
    const output = await run('mapTraceablePtForRedemTrxn', { loyaltyLedgerTraceabilityId: trace });
    expect(output).to.deep.equal({ loyaltyProgramMemberId: memberId, numberOfTracesProcessed: 1 });
    const traces = store.find('LoyaltyLedgerTraceability', {}).map((row) => {
      const credit = store.get('LoyaltyLedger', String(row['CreditLoyaltyLedgerId']));
      return [credit?.['Points'], row['Points'], row['ProcessingStatus']];
    });
    expect(traces).to.have.deep.members([
      [10, 10, 'Processed'],
      [20, 5, 'Processed'],
    ]);
    const again = await run('mapTraceablePtForRedemTrxn', { loyaltyProgramMemberId: memberId });
    expect(again).to.include({ numberOfTracesProcessed: 0 });
  });

  it('refuses a trace of another member, and nobody at all', async () => {
    await org.withMembers('WX-2');
    await org.execute([purchase('WX-1', 10)]);
    const loyaltyLedgerTraceabilityId = org.emulator.store.insert('LoyaltyLedgerTraceability', {
      ...{ DebitLoyaltyLedgerId: org.emulator.store.first('LoyaltyLedger', {})!.Id, Points: 1 },
      LoyaltyProgramMemberId: await org.memberId('WX-1'),
    });
    const both = { loyaltyLedgerTraceabilityId, loyaltyProgramMemberId: await org.memberId('WX-2') };
    expect(await run('mapTraceablePtForRedemTrxn', both))
      .to.have.property('message')
      .that.includes('does not belong');
    expect(await run('mapTraceablePtForRedemTrxn', {}))
      .to.have.property('message')
      .that.includes('Give');
  });
});
