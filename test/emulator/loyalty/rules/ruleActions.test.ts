import { expect } from 'chai';
import type { ExampleOrg } from '../exampleProgram.js';
import { purchase } from '../exampleProgram.js';
import { orgWithRules } from './programSource.js';
import type { GivenAction } from './programSource.js';

const amount = '{!TransactionJournal.TransactionAmount}';
const credit = (points: string): GivenAction => ({
  type: 'CreditPoints',
  parameters: { ProgramCurrencyName: '"Stars"', PointsToCredit: points },
});

describe('the actions of loaded rules', () => {
  let org: ExampleOrg | undefined;

  /** Starts an org with these actions, and runs purchases of a member. Returns what the last answer says. */
  async function ran(
    actions: readonly GivenAction[],
    { amounts = [10], prepare }: { amounts?: readonly number[]; prepare?: (org: ExampleOrg) => unknown } = {},
  ): Promise<{ org: ExampleOrg; status: unknown; message: unknown }> {
    org = await orgWithRules({ name: 'Purchases', actions });
    await org.withMembers('WX-1');
    await prepare?.(org);
    const { body } = await org.execute(amounts.map((each) => purchase('WX-1', each)));
    return { org, status: body.status, message: body.message };
  }

  afterEach(async () => {
    await org?.[Symbol.asyncDispose]();
    org = undefined;
  });

  it('credit and debit points, and read what is left', async () => {
    const look: GivenAction = {
      type: 'GetMemberPointBalance',
      parameters: { ProgramCurrencyName: '"Stars"', PointsBalance: 'Number' },
    };
    const debit: GivenAction = {
      type: 'DebitPoints',
      parameters: { ProgramCurrencyName: '"Stars"', PointsToDebit: '{!Number} / 4' },
    };
    const done = await ran([credit(`${amount} * 2`), look, debit], { amounts: [10, 20] });
    // Action by action: 20 + 40 are credited before either journal debits a quarter of 60.
    expect(await done.org.balances('WX-1')).to.deep.equal({ Miles: 0, Stars: 30 });
  });

  it('set a balance', async () => {
    const set: GivenAction = {
      type: 'UpdatePointBalance',
      parameters: { ProgramCurrencyName: '"Stars"', PointsBalance: '7.5' },
    };
    const done = await ran([credit('10'), set]);
    expect(await done.org.balances('WX-1')).to.deep.equal({ Miles: 0, Stars: 7.5 });
  });

  it('count up engagement attributes, and read them', async () => {
    const update = (UpdateType: string, Value: string): GivenAction => ({
      type: 'UpdateCurrentValueForMemberAttribute',
      parameters: { EngagementAttributeName: '"Cups"', UpdateType, Value },
    });
    const read: GivenAction = {
      type: 'GetMemberAttributesValues',
      parameters: { EngagementAttributeName: '"Cups"', MemberAttributeCurrentValue: 'Number' },
    };
    const actions = [
      read,
      credit('{!Number}'),
      update('IncreaseCurrentValue', '2'),
      update('IncreaseCurrentValue', '1'),
    ];
    const done = await ran([...actions, read, credit('{!Number}')], {
      prepare: ({ emulator, program }) =>
        emulator.store.insert('LoyaltyPgmEngmtAttribute', {
          ...{
            Name: 'Cups',
            LoyaltyProgramId: program.id,
            StartDate: '2026-01-01',
            Status: 'Active',
            DefaultValue: '5',
          },
        }),
    });
    // The default of 5 first, and 8 after 2 and 1 were added.
    expect(await done.org.balances('WX-1')).to.deep.equal({ Miles: 0, Stars: 13 });
    const rows = await done.org.rows('SELECT CurrentValue FROM LoyaltyPgmMbrAttributeVal');
    expect(rows.map((row) => row['CurrentValue'])).to.deep.equal(['8']);
  });

  it('issue vouchers, and redeem a part of one', async () => {
    const issue: GivenAction = {
      type: 'IssueVoucher',
      parameters: {
        VoucherDefinitionName: '"Cup"',
        VoucherCode: '"CUP-" & TEXT({!TransactionJournal.TransactionAmount})',
        VoucherFaceValue: '10',
      },
    };
    const redeem: GivenAction = { type: 'RedeemVoucher', parameters: { VoucherCode: '"CUP-10"', AmountToRedeem: '4' } };
    const done = await ran([issue, redeem], {
      prepare: ({ emulator, program }) =>
        emulator.store.insert('VoucherDefinition', {
          ...{ Name: 'Cup', LoyaltyProgramId: program.id, Type: 'FixedValue', FaceValue: 5, IsActive: true },
          ...{
            EffectiveDate: '2020-01-01',
            ExpirationType: 'Period',
            ExpirationPeriod: 30,
            ExpirationPeriodUnit: 'Days',
          },
          IsPartialRedeemable: true,
        }),
    });
    expect(done.message).to.equal(null);
    const [voucher] = await done.org.rows('SELECT VoucherCode, FaceValue, RemainingValue, Status FROM Voucher');
    expect(voucher).to.include({ VoucherCode: 'CUP-10', FaceValue: 10, RemainingValue: 6, Status: 'Issued' });
  });

  it('count uses of cumulative promotions, and set them', async () => {
    const increase: GivenAction = {
      type: 'IncreaseUsageForCumulativePromotion',
      parameters: { PromotionName: '"Ten cups"', UsageIncrement: '3', CumulativeUsageCompleted: 'Number' },
    };
    const set: GivenAction = {
      type: 'UpdateUsageForCumulativePromotion',
      parameters: { PromotionName: '"Ten cups"', CumulativePromotionUsage: '{!Number} + 4' },
    };
    const done = await ran([increase, set]);
    expect(await done.org.usage('WX-1')).to.equal(7);
  });

  it('change tiers, and read them', async () => {
    const change: GivenAction = {
      type: 'ChangeMemberTier',
      parameters: { TargetTierName: '"Gold"', ChangeReason: '"Rule"' },
    };
    const read: GivenAction = { type: 'GetMemberTier', parameters: { TierName: 'Text', SequenceNumber: 'Number' } };
    const done = await ran([change, read, credit('IF({!Text} = "Gold", {!Number}, 0)')]);
    expect(await done.org.balances('WX-1')).to.deep.equal({ Miles: 0, Stars: 3 });
  });

  it('assign badges once, and look for them', async () => {
    const assign: GivenAction = {
      type: 'AssignBadgeToMember',
      parameters: { LoyaltyProgramBadgeName: '"Early bird"' },
    };
    const check: GivenAction = {
      type: 'CheckMemberBadgeAssignment',
      parameters: { LoyaltyProgramBadgeName: '"Early bird"', IsBadgeAssigned: 'Flag' },
    };
    const points = credit('IF({!Flag}, 1, 0)');
    const done = await ran([check, points, assign, assign, check, points], {
      prepare: ({ emulator, program }) =>
        emulator.store.insert('LoyaltyProgramBadge', {
          ...{ Name: 'Early bird', LoyaltyProgramId: program.id, StartDate: '2026-01-01', Status: 'Active' },
          ...{ ValidityType: 'Period', ValidityDuration: 10, ValidityDurationUnit: 'Days' },
        }),
    });
    expect(await done.org.balances('WX-1')).to.deep.equal({ Miles: 0, Stars: 1 });
    expect(await done.org.count('LoyaltyProgramMemberBadge')).to.equal(1);
  });

  it('create and update records', async () => {
    const update: GivenAction = {
      type: 'Crud',
      parameters: {
        _action: 'update',
        _entity: 'TransactionJournal',
        Id: '{!TransactionJournal.Id}',
        Comment: '"seen"',
      },
      elements: { crudActionType: 'update', entityApiName: 'TransactionJournal' },
    };
    const create: GivenAction = {
      type: 'Crud',
      parameters: {
        _action: 'create',
        _entity: 'Account',
        Name: '"Café " & TEXT({!TransactionJournal.TransactionAmount})',
        _outputId: 'Text',
      },
      elements: { crudActionType: 'create', entityApiName: 'Account' },
    };
    const done = await ran([update, create, credit('LEN({!Text})')]);
    expect(done.message).to.equal(null);
    expect(await done.org.count('TransactionJournal', "WHERE Comment = 'seen'")).to.equal(1);
    expect(await done.org.count('Account', "WHERE Name = 'Café 10'")).to.equal(1);
    expect(await done.org.balances('WX-1')).to.deep.equal({ Miles: 0, Stars: 18 });
  });

  it('list the promotions of a member, and note mails', async () => {
    const list: GivenAction = { type: 'GetMemberPromotions', parameters: { MemberPromotions: 'Text' } };
    const mail: GivenAction = { type: 'SendMail', parameters: { Subject: '"Hello"' } };
    const done = await ran([list, mail, credit('IF(CONTAINS({!Text}, "Ten cups"), 1, 0)')]);
    expect(await done.org.balances('WX-1')).to.deep.equal({ Miles: 0, Stars: 1 });
  });

  it('run other processes, whose journals are kept', async () => {
    const start: GivenAction = {
      type: 'RunProgramProcess',
      parameters: { TransactionAmount: `${amount} * 3` },
      elements: { loyaltyProgramProcess: 'Gifts' },
    };
    org = await orgWithRules(
      { name: 'Purchases', actions: [start] },
      { name: 'Gifts', subtype: 'Gift', actions: [credit(amount)] },
    );
    await org.withMembers('WX-1');
    const { store } = org.emulator;
    store.insert('JournalSubType', { Name: 'Gift', JournalTypeId: org.program.accrual });
    await org.execute([purchase('WX-1', 5)]);
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 0, Stars: 15 });
    expect(
      await org.count('TransactionJournal', "WHERE JournalSubType.Name = 'Gift' AND Status = 'Processed'"),
    ).to.equal(1);
  });

  it('credit and count for another member, whom the journal of another process names', async () => {
    const start: GivenAction = {
      type: 'RunProgramProcess',
      parameters: { MemberId: '{!TransactionJournal.ReferredMemberId}' },
      elements: { loyaltyProgramProcess: 'Thanks' },
    };
    const stamp: GivenAction = {
      type: 'IncreaseUsageForCumulativePromotion',
      parameters: { PromotionName: '"Ten cups"', UsageIncrement: '2' },
    };
    const thanks = [credit('5'), stamp];
    org = await orgWithRules(
      { name: 'Purchases', actions: [credit('1'), stamp, start, start] },
      { name: 'Thanks', subtype: 'Thanks', actions: thanks },
    );
    await org.withMembers('WX-1', 'WX-2');
    const { store } = org.emulator;
    store.insert('JournalSubType', { Name: 'Thanks', JournalTypeId: org.program.accrual });
    const journal = { ...purchase('WX-1', 5), ReferredMemberId: await org.memberId('WX-2') };
    // In a second request, the other member already has a row of the promotion.
    for (const uses of [4, 8]) {
      const { body } = await org.execute([journal]);
      expect(body.message).to.equal(null);
      expect(await org.usage('WX-2')).to.equal(uses);
    }
    expect(await org.balances('WX-2')).to.deep.equal({ Miles: 0, Stars: 20 });
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 0, Stars: 2 });
    expect(await org.count('LoyaltyProgramMbrPromotion')).to.equal(2);
  });

  it('carry the promotion of their rule', async () => {
    org = await orgWithRules({ name: 'Purchases', actions: [credit('5')], promotion: 'Ten cups' });
    await org.withMembers('WX-1');
    await org.execute([purchase('WX-1', 5)]);
    const [ledger] = await org.rows('SELECT PromotionId FROM LoyaltyLedger');
    expect(ledger?.['PromotionId']).to.equal(org.program.tenCups);
  });

  it('read fields of the journal and of what it refers to, whatever their case', async () => {
    const path = '{!TransactionJournal.Member.MembershipNumber} & {!TransactionJournal.jOURNALtYPE.Name}';
    const done = await ran([credit(`LEN(${path})`), credit('IF(ISBLANK({!TransactionJournal.Partner.Name}), 1, 100)')]);
    expect(done.message).to.equal(null);
    expect(await done.org.balances('WX-1')).to.deep.equal({ Miles: 0, Stars: 'WX-1Accrual'.length + 1 });
  });

  for (const [what, actions, message] of [
    [
      'a currency that there is not',
      [{ type: 'CreditPoints', parameters: { ProgramCurrencyName: '"Shells"', PointsToCredit: '1' } }],
      'Step 2: the program has no active currency Shells.',
    ],
    [
      'a voucher definition that there is not',
      [{ type: 'IssueVoucher', parameters: { VoucherDefinitionName: '"Cup"' } }],
      'The voucher definition Cup does not exist.',
    ],
    [
      'a record that cannot be written',
      [
        {
          type: 'Crud',
          parameters: { _action: 'update', _entity: 'Account', Id: '"001"', Name: '"x"' },
          elements: { crudActionType: 'update', entityApiName: 'Account' },
        },
      ],
      'Step 2: ',
    ],
    ['a division by zero', [credit(`1 / (${amount} - 10)`)], ''],
  ] as const satisfies readonly (readonly [string, readonly GivenAction[], string])[])
    it(`fail with ${what}: HTTP 200, and nothing is stored`, async () => {
      const done = await ran([credit('5'), ...actions]);
      expect(done.status).to.equal(false);
      expect(done.message).to.contain(message);
      expect(await done.org.count('TransactionJournal')).to.equal(0);
      expect(await done.org.balances('WX-1')).to.deep.equal({ Miles: 0, Stars: 0 });
    });
});
