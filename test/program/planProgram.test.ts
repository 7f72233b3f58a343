import { expect } from 'chai';
import type { LoyaltyClient } from '../../src/client/index.js';
import { Emulator } from '../../src/emulator/index.js';
import { applyPlan, createProgram, hasDrift, planProgram } from '../../src/program/index.js';
import type { PlanEntry, ProgramDefinitionInput } from '../../src/program/index.js';
import { interceptedClient } from './interceptedOrg.js';
import { clientOf } from './localOrg.js';
import { readTemplates } from './templates.js';
import { wholeDefinition } from './wholeDefinition.js';

const small: ProgramDefinitionInput = {
  name: 'Small',
  currencies: [{ name: 'Points', type: 'NonQualifying', expiry: { model: 'Fixed', after: 1, unit: 'Years' } }],
};

describe('planProgram', () => {
  let org: Emulator;
  let client: LoyaltyClient;

  beforeEach(async () => {
    org = await Emulator.start();
    client = await clientOf(org);
  });

  afterEach(() => org.stop());

  it('creates everything in an empty org, and writes nothing itself', async () => {
    const before = org.store.count('LoyaltyProgram');
    const plan = await planProgram(client, wholeDefinition);
    expect(plan.programId).to.equal(undefined);
    expect(hasDrift(plan)).to.equal(true);
    expect(actionsOf(plan.entries)).to.deep.equal(['change', 'create', 'leave']);
    expect(org.store.count('LoyaltyProgram')).to.equal(before);
    const members = plan.entries.filter(({ object }) => object === 'LoyaltyProgramMember');
    expect(members.map(({ name, action }) => [name, action])).to.deep.equal([
      ['WR-0001', 'create'],
      ['WR-0002', 'create'],
    ]);
    const balances = plan.entries.filter(({ object }) => object === 'TransactionJournal');
    expect(balances.map(({ fields }) => fields.map(({ to }) => to))).to.deep.equal([
      ['WR-0001', 'Points', 120.5],
      ['WR-0001', 'Status Points', 100],
    ]);
  });

  it('is empty after the program was created, whatever the case of its name', async () => {
    const { programId } = await createProgram(client, wholeDefinition);
    const plan = await planProgram(client, { ...wholeDefinition, name: 'WHOLE rewards' });
    expect(plan.entries.filter(({ action }) => action !== 'leave')).to.deep.equal([]);
    expect(plan).to.include({ programId, program: 'Whole Rewards' });
    expect(plan.untouched).to.deep.equal([]);
    expect(hasDrift(plan)).to.equal(false);
  });

  it('shows what changes, with both values and references by name', async () => {
    await createProgram(client, wholeDefinition);
    const [cups, ...promotions] = wholeDefinition.promotions ?? [];
    const changed = { ...cups!, target: 12, reward: { voucher: 'A tenth off', maximum: 1000 } };
    const plan = await planProgram(client, { ...wholeDefinition, promotions: [changed, ...promotions] });
    expect(plan.entries.filter(({ action }) => action !== 'leave')).to.have.length(1);
    const entry = plan.entries.find(({ action }) => action === 'change');
    expect(entry).to.include({ object: 'Promotion', name: 'Ten cups, one free' });
    expect(entry?.fields).to.deep.equal([
      { field: 'CumulativeUsageTarget', from: 10, to: 12 },
      { field: 'DefaultVoucherDefinitionId', from: 'Five off', to: 'A tenth off' },
    ]);
    await applyPlan(client, plan);
    expect(org.store.first('Promotion', { Name: cups!.name })).to.include({
      CumulativeUsageTarget: 12,
      DefaultVoucherDefinitionId: org.store.first('VoucherDefinition', { Name: 'A tenth off' })!.Id,
    });
  });

  it('names what is in the program but not in the definition, and deletes it only if told to', async () => {
    await createProgram(client, wholeDefinition);
    const { badges: _badges, promotions = [], ...rest } = wholeDefinition;
    const less = { ...rest, promotions: promotions.slice(0, 2) };
    const plan = await planProgram(client, less);
    expect(hasDrift(plan)).to.equal(false);
    expect(plan.untouched.map(({ name }) => name)).to.deep.equal(['Double points', 'Regular', 'Founder']);
    await applyPlan(client, plan);
    expect(org.store.count('LoyaltyProgramBadge')).to.equal(2);

    const pruning = await planProgram(client, less, { prune: true });
    expect(pruning.untouched).to.deep.equal([]);
    const deleted = pruning.entries.filter(({ action }) => action === 'delete');
    expect(deleted.map(({ name }) => name)).to.deep.equal(['Founder', 'Regular', 'Double points']);
    expect((await applyPlan(client, pruning)).counts.deleted).to.equal(3);
    expect(org.store.count('LoyaltyProgramBadge')).to.equal(0);
    expect(org.store.count('LoyaltyProgramMember')).to.equal(2);
    expect(org.store.first('Promotion', { Name: 'Double points' })).to.equal(undefined);
  });

  it('deletes nothing that members have something of', async () => {
    await createProgram(client, wholeDefinition);
    const [VoucherDefinitionId, LoyaltyProgramMemberId] = [
      org.store.first('VoucherDefinition', { Name: 'A tenth off' })!.Id,
      org.store.first('LoyaltyProgramMember', { MembershipNumber: 'WR-0002' })!.Id,
    ];
    const days = { EffectiveDate: '2026-01-01', ExpirationDate: '2027-01-01' };
    org.store.insert('Voucher', { VoucherDefinitionId, LoyaltyProgramMemberId, VoucherCode: 'T-1', ...days });
    const plan = await planProgram(client, { name: 'Whole Rewards', currencies: [] }, { prune: true });
    const held = plan.entries.filter(({ action }) => action === 'cannot');
    expect(held.map(({ object, name, reason }) => `${object} ${name}: ${reason?.split('.')[0]}`)).to.have.members([
      'VoucherDefinition A tenth off: Members have 1 voucher of it',
      'LoyaltyTier Blue: Members have 2 memberships of it',
      'LoyaltyTier Basic: Members have 2 memberships of it',
      'LoyaltyProgramCurrency Status Points: Members have 1 ledger row of it',
      'LoyaltyProgramCurrency Points: Members have 1 ledger row of it',
    ]);
    const error: unknown = await applyPlan(client, plan).catch((thrown: unknown) => thrown);
    expect(error).to.have.property('name', 'ImpossiblePlanError');
    expect(org.store.count('LoyaltyProgramBadge')).to.equal(2);
  });

  it('leaves what other programs have and what the org shares alone, even when it prunes', async () => {
    await createProgram(client, wholeDefinition);
    const { entries, untouched } = await planProgram(client, small, { prune: true });
    expect(actionsOf(entries)).to.deep.equal(['create']);
    expect(untouched).to.deep.equal([]);
  });

  it('credits no opening balance to a member that has moved such points before', async () => {
    await createProgram(client, { ...wholeDefinition, members: [] });
    const { openingBalances: _balances, ...ada } = wholeDefinition.members![0]!;
    await createProgram(client, { ...wholeDefinition, members: [ada] });
    const journal = { ActivityDate: '2026-03-01T10:00:00Z', MembershipNumber: 'WR-0001', JournalTypeName: 'Accrual' };
    const process = { processName: 'CreditPointsToMembers', points: 7 };
    await client.points.credit('Whole Rewards', { ...process, journal });
    const { entries } = await planProgram(client, wholeDefinition);
    const balances = entries.filter(({ object }) => object === 'TransactionJournal');
    expect(balances.map(({ action, fields }) => [action, fields[1]?.to])).to.deep.equal([
      ['leave', 'Points'],
      ['create', 'Status Points'],
    ]);
    expect(balances[0]?.reason).to.contain('has earned or spent such points before');
  });

  it('says that an opening balance was credited with other points, and credits no more', async () => {
    await createProgram(client, wholeDefinition);
    const [ada, ...others] = wholeDefinition.members!;
    const members = [{ ...ada!, openingBalances: { ...ada!.openingBalances, Points: 500 } }, ...others];
    const plan = await planProgram(client, { ...wholeDefinition, members });
    expect(hasDrift(plan)).to.equal(false);
    const reasons = plan.entries.flatMap(({ reason }) => reason ?? []);
    expect(reasons).to.deep.equal([
      'The org has credited 120.5 and not 500. An opening balance is credited once; correct it with adjust points.',
    ]);
  });

  it('is empty after each template was created', async () => {
    for (const { name, definition } of await readTemplates()) {
      await createProgram(client, definition);
      const { entries, untouched } = await planProgram(client, definition);
      expect(
        entries.filter(({ action }) => action !== 'leave'),
        name,
      ).to.deep.equal([]);
      expect(untouched, name).to.deep.equal([]);
    }
  });

  describe('what cannot be', () => {
    it('names a field that cannot be changed afterwards, and writes nothing of the plan', async () => {
      await createProgram(client, small);
      const tierGroups = wholeDefinition.tierGroups!.slice(0, 1).map((group) => ({ ...group, tiers: [] }));
      const definition: ProgramDefinitionInput = {
        ...small,
        description: 'New.',
        tierGroups: tierGroups.map(({ name, period, qualifyingPointsReset }) => {
          return { name, period, qualifyingPointsReset, tiers: [{ name: 'Blue', minimum: 0 }] };
        }),
        currencies: [{ name: 'Points', type: 'Qualifying' }],
      };
      const plan = await planProgram(client, definition);
      const refused = plan.entries.filter(({ action }) => action === 'cannot');
      expect(refused.map(({ name }) => name)).to.deep.equal(['Points']);
      expect(refused[0]?.reason).to.contain('LoyaltyProgramCurrency.CurrencyType cannot be changed');
      const error = await applyPlan(client, plan).catch((thrown: unknown) => thrown);
      expect(error).to.have.property('name', 'ImpossiblePlanError');
      expect(org.store.first('LoyaltyProgram', { Name: 'Small' })).to.include({ Description: null });
    });

    const cases: [
      string,
      string,
      string,
      (field: Record<string, unknown>) => Record<string, unknown> | undefined,
      string,
    ][] = [
      [
        'a field that the org does not have',
        'Promotion',
        'CumulativeUsageTarget',
        () => undefined,
        'has no field Promotion.CumulativeUsageTarget',
      ],
      [
        'a field that the user may not write',
        'Promotion',
        'IsActive',
        (field) => ({ ...field, createable: false }),
        'Promotion.IsActive is read-only',
      ],
      [
        'a value that a picklist lacks',
        ...(['LoyaltyProgramPartner', 'PartnerIndustry'] as const),
        (field) => ({ ...field, restrictedPicklist: true, picklistValues: [{ value: 'Travel', active: true }] }),
        'has no value "Food". It has "Travel"',
      ],
      [
        'a text that is too long',
        'Promotion',
        'Name',
        (field) => ({ ...field, length: 10 }),
        'holds 10 characters, and the text has 18',
      ],
      [
        'a number with more decimals',
        'Benefit',
        'Value',
        (field) => ({ ...field, scale: 0 }),
        'Benefit.Value holds 0 decimals, and 2.5 has more',
      ],
      [
        'a number that is too large',
        'Benefit',
        'Value',
        (field) => ({ ...field, precision: 2, scale: 2 }),
        'Benefit.Value does not hold numbers as large as 2.5',
      ],
      [
        'a required field that definitions do not know',
        'Promotion',
        'Objective',
        (field) => ({ ...field, nillable: false, defaultedOnCreate: false }),
        'requires Objective of a new Promotion',
      ],
      [
        'members that the user may not enroll',
        'LoyaltyProgramMember',
        'MembershipNumber',
        (field) => ({ ...field, createable: false }),
        'LoyaltyProgramMember.MembershipNumber is read-only',
      ],
      [
        'journals that the user may not create',
        'TransactionJournal',
        'ExternalTransactionNumber',
        (field) => ({ ...field, createable: false }),
        'TransactionJournal.ExternalTransactionNumber is read-only',
      ],
      ['persons without person accounts', 'Account', 'IsPersonAccount', () => undefined, 'has no person accounts'],
    ];
    for (const [what, object, field, change, reason] of cases) {
      it(`names ${what}`, async () => {
        const { entries } = await planProgram(described(object, field, change), wholeDefinition);
        const reasons = entries.filter(({ action }) => action === 'cannot').map((entry) => entry.reason);
        expect(reasons.join('\n')).to.contain(reason);
      });
    }
  });

  /** Returns a client of an org that describes a field in another way, or not at all. */
  function described(
    object: string,
    name: string,
    change: (field: Record<string, unknown>) => Record<string, unknown> | undefined,
  ): LoyaltyClient {
    return interceptedClient(org, async ({ url }, passOn) => {
      const answer = await passOn();
      if (!url.endsWith(`/sobjects/${object}/describe`)) return answer;
      const body = JSON.parse(answer.body) as { fields: Record<string, unknown>[] };
      const fields = body.fields.flatMap((field): Record<string, unknown>[] => {
        const isPerson = name === 'IsPersonAccount' && field['name'] === 'PersonContactId';
        const changed = field['name'] === name || isPerson ? change(field) : field;
        return changed === undefined ? [] : [changed];
      });
      if (!fields.some((field: Record<string, unknown>) => field['name'] === name) && change({}) !== undefined) {
        fields.push({ name, type: 'string', createable: true, ...change({}) });
      }
      return { ...answer, body: JSON.stringify({ ...body, fields }) };
    });
  }
});

function actionsOf(entries: readonly PlanEntry[]): string[] {
  return [...new Set(entries.map(({ action }) => action))].sort();
}
