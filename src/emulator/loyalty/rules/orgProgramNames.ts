import type { ObjectNames, ProgramNames, ProgramRules } from '../../../rules/index.js';
import type { SObjectDefinition } from '../../../contract/sobject.js';
import type { Store } from '../../store/store.js';
import { textOrNull } from '../rowValues.js';

const namedObjects = {
  badges: 'LoyaltyProgramBadge',
  currencies: 'LoyaltyProgramCurrency',
  engagementAttributes: 'LoyaltyPgmEngmtAttribute',
  promotions: 'Promotion',
  tierGroups: 'LoyaltyTierGroup',
  tiers: 'LoyaltyTier',
  voucherDefinitions: 'VoucherDefinition',
} as const;

type OutsideNames = Pick<ProgramNames, 'decisionTables' | 'flows'>;

/**
 * Returns what rules of a program can refer to: its records by name, and the objects of the org.
 *
 * @param definitions objects that the org will have when the rules run
 * @param outside flows and decision tables, which are checked elsewhere
 */
export function orgProgramNames(
  store: Store,
  { label }: Pick<ProgramRules, 'label'>,
  { definitions, outside }: { readonly definitions: readonly SObjectDefinition[]; readonly outside: OutsideNames },
): ProgramNames {
  const programId = store.first('LoyaltyProgram', { Name: label })?.Id ?? null;
  const named = Object.entries(namedObjects).map(([part, object]) => {
    const rows = programId === null ? [] : store.find(object, { LoyaltyProgramId: programId });
    return [part, rows.map((row) => textOrNull(row, 'Name') ?? '')] as const;
  });
  return {
    ...(Object.fromEntries(named) as Record<keyof typeof namedObjects, string[]>),
    ...outside,
    journalTypes: journalTypes(store),
    objects: new Map(definitions.map((definition) => [definition.name, objectNames(definition)])),
  };
}

function journalTypes(store: Store): ProgramNames['journalTypes'] {
  const types = store.find('JournalType', {}).map((type) => {
    const subtypes = store.find('JournalSubType', { JournalTypeId: type.Id });
    return [textOrNull(type, 'Name') ?? '', subtypes.map((row) => textOrNull(row, 'Name') ?? '')] as const;
  });
  return new Map(types);
}

const systemNames = ['Id', 'CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById', 'SystemModstamp'];

function objectNames({ fields, hasCurrencyIsoCode = false }: SObjectDefinition): ObjectNames {
  const parents = Object.values(fields).flatMap(({ relationshipName, referenceTo }) => {
    const [parent] = referenceTo ?? [];
    return relationshipName !== undefined && parent !== undefined ? [[relationshipName, parent] as const] : [];
  });
  const own = hasCurrencyIsoCode ? ['CurrencyIsoCode'] : [];
  return { fields: [...systemNames, ...own, ...Object.keys(fields)], parents: new Map(parents) };
}
