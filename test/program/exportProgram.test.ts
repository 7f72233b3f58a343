import { expect } from 'chai';
import type { LoyaltyClient } from '../../src/client/index.js';
import { Emulator } from '../../src/emulator/index.js';
import {
  createExample,
  createProgram,
  exampleOrg,
  exportProgram,
  harbourRewards,
  hasDrift,
  NoSuchProgramError,
  planProgram,
  ProgramDefinition,
} from '../../src/program/index.js';
import type { ProgramDefinitionInput } from '../../src/program/index.js';
import { clientOf } from './localOrg.js';
import { wholeDefinition } from './wholeDefinition.js';

/** Creates a program in an empty local org, and exports it. */
async function created(definition: ProgramDefinitionInput, work: (client: LoyaltyClient, org: Emulator) => unknown) {
  await using org = await Emulator.start();
  const client = await clientOf(org);
  await createProgram(client, definition);
  await work(client, org);
  return await exportProgram(client, definition.name);
}

const nothingElse = (): void => undefined;

describe('exportProgram', () => {
  for (const definition of [wholeDefinition, harbourRewards]) {
    it(`exports "${definition.name}" as it was created`, async () => {
      const { definition: exported, notExported } = await created(definition, nothingElse);
      expect(notExported).to.deep.equal([]);
      const { journalTypes, ...rest } = exported;
      const { journalTypes: defined, ...given } = inOrder(ProgramDefinition.parse(definition));
      expect(rest).to.deep.equal(given);
      // The org had some of them before, which are not changed.
      for (const { name, subtypes } of defined) {
        expect(journalTypes.find((each) => each.name === name)?.subtypes, name).to.include.members(subtypes);
      }
    });

    it(`exports "${definition.name}" again the same from an org that was created from the export`, async () => {
      const first = await created(definition, nothingElse);
      const second = await created(first.definition, nothingElse);
      expect(second).to.deep.equal(first);
    });
  }

  it('names what a definition cannot say', async () => {
    const { notExported } = await created(wholeDefinition, async (client, { store }) => {
      const PromotionId = store.first('Promotion', { Name: 'Ten cups, one free' })!.Id;
      store.insert('PromotionLimit', { PromotionId, Category: 'PromotionLevel', Type: 'TotalUsage', Value: 9 });
      store.update('Promotion', store.first('Promotion', { Name: 'Double points' })!.Id, {
        LoyaltyPromotionType: 'Joint',
      });
      store.update('LoyaltyTier', store.first('LoyaltyTier', { Name: 'Silver' })!.Id, {
        MaximumEligibleBalance: 450,
      });
      const currency = store.first('LoyaltyProgramCurrency', { Name: 'Points' })!;
      await client.sobjects.update('LoyaltyProgramCurrency', currency.Id, { CostperUnit: 0.01 });
    });
    expect(notExported.map(({ object, reason }) => `${object}: ${reason}`)).to.deep.equal([
      'LoyaltyTier: a tier ends 0.01 below the next one',
      'Promotion: a definition has promotions of type Standard and Cumulative, not Joint',
      'PromotionLimit: the limit PromotionLevel TotalUsage of "Ten cups, one free" is not part of a definition',
      'LoyaltyProgramCurrency: a definition has no key for it',
    ]);
    expect(notExported.at(-1)).to.include({ name: 'Points', field: 'CostperUnit', value: 0.01 });
  });

  it('says of the example what it leaves out: the club, the referral promotion, and that members can be linked', async () => {
    await using org = await Emulator.start({ seed: exampleOrg });
    const client = await clientOf(org);
    const { definition, notExported } = await exportProgram(client, harbourRewards.name);
    expect(notExported).to.deep.equal([
      ...[
        {
          object: 'LoyaltyTierGroup',
          name: 'Harbour Clubs',
          reason: 'a definition has no clubs, such as "Coffee Club"',
        },
        { object: 'Promotion', name: 'Bring a friend', reason: 'a definition has no referral promotions' },
      ],
      {
        ...{ object: 'LoyaltyProgramPartner', name: 'Harbour Ferry', field: 'IsMemberLinkingAllowed', value: true },
        reason: 'a definition has no key for it',
      },
    ]);
    expect(hasDrift(await planProgram(client, definition))).to.equal(false);
    const again = await created(definition, nothingElse);
    expect(again.notExported).to.deep.equal([]);
  });

  it('leaves out what contradicts itself in the org, and names it', async () => {
    const { definition, notExported } = await created(wholeDefinition, (_, { store }) => {
      const change = (object: string, Name: string, values: Record<string, unknown>): void => {
        store.update(object, store.first(object, { Name })!.Id, values);
      };
      change('VoucherDefinition', 'A tenth off', { FaceValue: 3 });
      change('Promotion', 'Ten cups, one free', { LoyaltyPromotionType: 'Standard' });
      change('Promotion', 'Double points', { IsEnrollmentRequired: false });
      change('LoyaltyProgramPartner', 'Ferry Kiosk', { Name: 'HARBOUR FERRIES' });
      change('LoyaltyProgramBadge', 'Founder', { StartDate: '2031-01-01' });
    });
    const names = notExported.map(({ object, name, field, reason }) =>
      [object, name, ...(field === undefined ? [] : [field]), reason].join(', '),
    );
    expect(names).to.deep.equal([
      'VoucherDefinition, A tenth off, FaceValue, only a voucher of type FixedValue has it',
      'Promotion, Double points, EnrollmentStartDate, members do not have to join the promotion',
      'Promotion, Double points, EnrollmentEndDate, members do not have to join the promotion',
      'Promotion, Ten cups, one free, CumulativeUsageTarget, only a promotion of type Cumulative has a target',
      'LoyaltyProgramBadge, Founder, validity.until: 2030-12-31 is before the startDate, 2031-01-01',
      'LoyaltyProgramPartner, Harbour Ferries, "Harbour Ferries" is used twice',
    ]);
    expect(definition.promotions.map(({ name }) => name)).to.include('Double points');
    expect(definition.badges.map(({ name }) => name)).to.deep.equal(['Regular']);
  });

  it('exports no points of a currency that is not active, because no org would credit them', async () => {
    const org = await Emulator.start();
    const client = await clientOf(org);
    await createProgram(client, wholeDefinition);
    org.store.update('LoyaltyProgramCurrency', org.store.first('LoyaltyProgramCurrency', { Name: 'Points' })!.Id, {
      IsActive: false,
    });
    const { definition, notExported } = await exportProgram(client, wholeDefinition.name, { members: true });
    await org.stop();
    expect(definition.members[0]?.openingBalances).to.deep.equal({ 'Status Points': 100 });
    expect(notExported).to.deep.include({
      ...{ object: 'LoyaltyProgramMember', name: 'WR-0001', field: 'Points', value: 120.5 },
      reason: 'the currency "Points" is not active',
    });
  });

  it('exports members with the points that they have, if asked', async () => {
    await using org = await Emulator.start();
    const client = await clientOf(org);
    const { program, members } = await createExample(client, { members: 2, days: 10, today: '2026-03-01' });
    const [first] = await client.members.find(program, members);
    const { currencies } = await client.members.balances(program, members[0]!);
    const { definition } = await exportProgram(client, program, { members: true });
    expect(definition.members.map(({ number }) => number)).to.deep.equal(members);
    expect(definition.members[0]).to.include({ enrollmentDate: first?.EnrollmentDate?.slice(0, 10) });
    const positive = currencies.filter(({ pointsBalance }) => pointsBalance > 0);
    expect(definition.members[0]?.openingBalances).to.deep.equal(
      Object.fromEntries(positive.map(({ currencyName, pointsBalance }) => [currencyName, pointsBalance])),
    );
  });

  it('exports members in the same order from any org, whatever its language sorts first', async () => {
    const members = ['b', 'A', 'a', 'B', '_', ']'].map((number) => {
      return { number, lastName: 'Byron', enrollmentDate: '2026-01-01' };
    });
    await using org = await Emulator.start();
    const client = await clientOf(org);
    const currencies: ProgramDefinitionInput['currencies'] = [{ name: 'P', type: 'NonQualifying', expiry: 'never' }];
    const numbered = members.map((member, index) => ({ ...member, number: `${member.number}-${index}` }));
    await createProgram(client, { name: 'Order', currencies, members: numbered });
    const { definition } = await exportProgram(client, 'Order', { members: true });
    const numbers = definition.members.map(({ number }) => number);
    expect(numbers).to.deep.equal(['A-1', 'B-3', ']-5', '_-4', 'a-2', 'b-0']);
  });

  it('says that there is no such program', async () => {
    await using org = await Emulator.start();
    const missing = exportProgram(await clientOf(org), 'None').catch((error: unknown) => error);
    expect(await missing).to.be.instanceOf(NoSuchProgramError);
  });
});

/** The definition as an export has it: without members, everything in the order of its name. */
function inOrder(definition: ProgramDefinition): ProgramDefinition {
  const sorted = Object.entries({ ...definition, members: [] }).map(([key, value]) => [
    key,
    Array.isArray(value) ? byName(value) : value,
  ]);
  return Object.fromEntries(sorted) as ProgramDefinition;
}

function byName(items: readonly { readonly name: string }[]): unknown[] {
  return items.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
