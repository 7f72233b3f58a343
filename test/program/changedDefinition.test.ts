import { expect } from 'chai';
import type { LoyaltyClient } from '../../src/client/index.js';
import { Emulator } from '../../src/emulator/index.js';
import { applyPlan, createProgram, exportProgram, planProgram, ProgramDefinition } from '../../src/program/index.js';
import { clientOf } from './localOrg.js';
import { wholeDefinition } from './wholeDefinition.js';

type Change = (definition: ProgramDefinition) => void;

/** Changes that take something away which the definition says that there is not. */
const changes: Readonly<Record<string, Change>> = {
  'points that never expire': ({ currencies }) => {
    Object.assign(
      currencies.find(({ name }) => name === 'Points')!,
      { expiry: 'never' },
    );
  },
  'points that expire on the day itself': ({ currencies }) => {
    const expiry = { model: 'Fixed', after: 18, unit: 'Months', tillEndOfMonth: false };
    Object.assign(
      currencies.find(({ name }) => name === 'Points')!,
      { expiry },
    );
  },
  'a tier without a minimum': ({ tierGroups: [status] }) => {
    delete status!.tiers[1]!.minimum;
  },
  'fees in points instead of money': ({ tierGroups: [, subscription] }) => {
    Object.assign(subscription!.tiers[1]!, { fees: [{ type: 'Monetary', duration: 'Monthly', points: 10 }] });
  },
  'a voucher of another type': ({ voucherDefinitions: [fiveOff] }) => {
    Object.assign(fiveOff!, { type: 'DiscountPercentage', faceValue: undefined, discountPercent: 5 });
  },
  'an attribute that is reset by other rules': ({ engagementAttributes: [reviews] }) => {
    Object.assign(reviews!, { reset: { frequency: 'Daily' } });
  },
  'points instead of a factor': ({ promotions }) => {
    const reward = { points: 20, currency: 'Points' };
    Object.assign(
      promotions.find(({ name }) => name === 'Double points')!,
      { reward },
    );
  },
  'a reward without a maximum': ({ promotions }) => {
    const reward = { points: 50, currency: 'Points' };
    Object.assign(
      promotions.find(({ name }) => name === 'Reviewer')!,
      { reward },
    );
  },
  'a promotion without a target': ({ promotions }) => {
    const none = { target: undefined, timesPerMember: undefined };
    Object.assign(
      promotions.find(({ target }) => target !== undefined)!,
      { type: 'Standard', ...none },
    );
  },
  'a promotion without enrollment': ({ promotions }) => {
    const none = { enrollmentStartDate: undefined, enrollmentEndDate: undefined };
    Object.assign(
      promotions.find(({ name }) => name === 'Double points')!,
      { enrollmentRequired: false, ...none },
    );
  },
};

describe('A changed definition', () => {
  let org: Emulator;
  let client: LoyaltyClient;

  before(async () => {
    org = await Emulator.start();
    client = await clientOf(org);
    await createProgram(client, wholeDefinition);
  });

  after(() => org.stop());

  for (const [what, change] of Object.entries(changes)) {
    it(`is what the org has afterwards, with ${what}`, async () => {
      const definition = ProgramDefinition.parse(wholeDefinition);
      change(definition);
      await applyPlan(client, await planProgram(client, definition, { prune: true }));
      const { definition: exported, notExported } = await exportProgram(client, definition.name);
      expect(notExported).to.deep.equal([]);
      const plan = await planProgram(client, exported, { prune: true });
      expect(plan.entries.filter(({ action }) => action !== 'leave')).to.deep.equal([]);
      for (const key of ['tierGroups', 'currencies', 'voucherDefinitions', 'promotions', 'processes'] as const) {
        const wanted: { readonly name: string }[] = JSON.parse(JSON.stringify(definition[key]));
        expect(exported[key], key).to.have.deep.members(wanted);
      }
    });
  }

  it('opens the highest tier only when the tiers above it are deleted', async () => {
    const definition = ProgramDefinition.parse(wholeDefinition);
    await applyPlan(client, await planProgram(client, definition));
    definition.tierGroups[0]!.tiers.pop();
    await applyPlan(client, await planProgram(client, definition));
    expect(org.store.first('LoyaltyTier', { Name: 'Silver' })).to.include({ MaximumEligibleBalance: 499.99 });
    await applyPlan(client, await planProgram(client, definition, { prune: true }));
    expect(org.store.first('LoyaltyTier', { Name: 'Silver' })).to.include({ MaximumEligibleBalance: null });
  });

  it('says that a process for one subtype cannot become one for all', async () => {
    const definition = ProgramDefinition.parse(wholeDefinition);
    definition.processes.splice(0, 2, { ...definition.processes[0]!, journalSubtype: undefined });
    const { entries } = await planProgram(client, definition);
    const impossible = entries.filter(({ action }) => action === 'cannot');
    expect(impossible.map(({ name, reason }) => `${name}: ${reason}`)).to.deep.equal([
      'Purchases: LoyaltyProgramProcess.JournalSubTypeId cannot be changed afterwards. Change the definition, or delete the record in the org first.',
    ]);
  });
});
