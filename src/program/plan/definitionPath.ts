import type { ProgramDefinition } from '../definition/programDefinition.js';
import type { ProgramRecord } from '../records/programRecord.js';
import type { PlanEntry } from './programPlan.js';

/** Keys and indices of a part of a definition. */
export type DefinitionPath = readonly (string | number)[];

/** Objects whose records a definition lists by name, and the keys of the lists. */
const sections = {
  LoyaltyTierGroup: 'tierGroups',
  LoyaltyProgramCurrency: 'currencies',
  BenefitType: 'benefitTypes',
  Benefit: 'benefits',
  JournalType: 'journalTypes',
  VoucherDefinition: 'voucherDefinitions',
  LoyaltyPgmEngmtAttribute: 'engagementAttributes',
  Promotion: 'promotions',
  LoyaltyProgramBadge: 'badges',
  LoyaltyProgramPartner: 'partners',
  LoyaltyProgramProcess: 'processes',
} as const satisfies Record<string, keyof ProgramDefinition>;

/** Objects whose records belong to another part, and the references that lead to it. */
const owners: Readonly<Record<string, string>> = {
  LoyaltyTier: 'LoyaltyTierGroupId',
  LoyaltyTierBenefit: 'LoyaltyTierId',
  LoyaltyTierMshpFeeOption: 'LoyaltyTierId',
  JournalSubType: 'JournalTypeId',
  PromotionLimit: 'PromotionId',
  LoyaltyPgmEngmtAttrProm: 'PromotionId',
};

/** Returns the part of a definition that asks for an entry of a plan, or the nearest part around it. */
export function definitionPath({ object, name, source }: PlanEntry, definition: ProgramDefinition): DefinitionPath {
  switch (source.kind) {
    case 'record':
      return recordPath(source.record, definition);
    case 'process':
      return object === 'LoyaltyProgramSetup' ? ['rules'] : itemPath('processes', name, definition);
    case 'member':
      return ['members', definition.members.indexOf(source.member)];
    case 'balance': {
      const { member, currency } = source.balance;
      const index = definition.members.findIndex(({ number }) => number === member);
      return ['members', index, 'openingBalances', currency];
    }
    case 'surplus':
      return [];
  }
}

function recordPath({ object, name, references }: ProgramRecord, definition: ProgramDefinition): DefinitionPath {
  if (object === 'Account') {
    return ['partners', definition.partners.findIndex((partner) => (partner.account ?? partner.name) === name)];
  }
  if (isListed(object)) return itemPath(sections[object], name, definition);
  const owner = references[owners[object] ?? ''];
  if (!owner) return ['name'];
  const around = recordPath(owner, definition);
  if (object === 'JournalSubType') {
    const type = definition.journalTypes.find((each) => each.name === owner.name);
    return [...around, 'subtypes', type?.subtypes.indexOf(name) ?? -1];
  }
  if (object !== 'LoyaltyTier') return around;
  const group = definition.tierGroups.find((each) => each.name === owner.name);
  return [...around, 'tiers', group?.tiers.findIndex((tier) => tier.name === name) ?? -1];
}

function isListed(object: string): object is keyof typeof sections {
  return Object.hasOwn(sections, object);
}

function itemPath(
  section: (typeof sections)[keyof typeof sections],
  name: string,
  definition: ProgramDefinition,
): DefinitionPath {
  return [section, definition[section].findIndex((item) => item.name === name)];
}
