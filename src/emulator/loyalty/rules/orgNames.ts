import { outsideUses } from '../../../rules/index.js';
import type { ObjectNames, OutsideRules, ProgramNames, ProgramRules } from '../../../rules/index.js';
import type { SObjectType } from '../../store/model/objectModel.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { tierGroupsOf } from '../tiers/programTiers.js';

interface OrgPart {
  readonly store: Store;
  readonly programId: string;
  /** Default: those of the store. */
  readonly types?: readonly SObjectType[];
}

/**
 * Returns what an org has for the rules of a program, by name. Flows and decision tables are left out: they are not in
 * the org, and were looked for when the rules were read.
 */
export function orgNames(org: OrgPart, rules: ProgramRules, outside: OutsideRules): ProgramNames {
  const { store, programId, types = store.model.types } = org;
  const ofProgram = { LoyaltyProgramId: programId };
  const groups = tierGroupsOf(store, programId);
  const definitions = store.find('VoucherDefinition', {});
  return {
    badges: namesIn(store.find('LoyaltyProgramBadge', ofProgram)),
    currencies: namesIn(store.find('LoyaltyProgramCurrency', ofProgram)),
    engagementAttributes: namesIn(store.find('LoyaltyPgmEngmtAttribute', ofProgram)),
    promotions: namesIn(store.find('Promotion', ofProgram)),
    tierGroups: namesIn(groups),
    tiers: groups.flatMap(({ Id }) => namesIn(store.find('LoyaltyTier', { LoyaltyTierGroupId: Id }))),
    voucherDefinitions: namesIn(definitions.filter(({ LoyaltyProgramId: of }) => of === null || of === programId)),
    journalTypes: new Map(
      store
        .find('JournalType', {})
        .map(({ Id, Name }) => [String(Name), namesIn(store.find('JournalSubType', { JournalTypeId: Id }))]),
    ),
    objects: new Map([...objectsOfTables(rules, outside), ...types.map(objectNames)]),
  };
}

function namesIn(rows: readonly SObjectRow[]): string[] {
  return rows.map((row) => String(row['Name']));
}

function objectNames({ name, fields }: SObjectType): [string, ObjectNames] {
  const parents = fields.flatMap(({ definition: { relationshipName, referenceTo = [] } }) => {
    if (!relationshipName) return [];
    // What is behind a reference to one of several objects is only known when rules run.
    const [only = '', ...others] = referenceTo;
    return [[relationshipName, others.length === 0 ? only : ''] as const];
  });
  return [name, { fields: fields.map((field) => field.name), parents: new Map(parents) }];
}

/**
 * Rows of a decision table that are given as data need no object in the org. The variable that gets one then has the
 * fields of their columns.
 */
function objectsOfTables(rules: ProgramRules, outside: OutsideRules): [string, ObjectNames][] {
  const fields = new Map<string, string[]>();
  for (const { name, objectName } of outsideUses([rules], 'GetOutputsFromDecisionTable')) {
    const columns = outside.outputsOf?.(name);
    if (objectName !== undefined && columns) fields.set(objectName, [...(fields.get(objectName) ?? []), ...columns]);
  }
  return [...fields].map(([name, all]) => [name, { fields: all, parents: new Map<string, string>() }]);
}
