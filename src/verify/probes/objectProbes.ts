import { sObjects } from '../../contract/objects/index.js';
import type { FieldDefinition } from '../../contract/sobject.js';
import { at, listAt, outcome } from '../probeAnswer.js';
import { compared, differs, held, noneOf, unclear } from '../probe.js';
import type { Probe } from '../probe.js';
import type { ProbedOrg } from '../probedOrg.js';

/** The objects that the client and the sync read or write. */
const used = [
  ...['LoyaltyProgram', 'LoyaltyProgramMember', 'TransactionJournal', 'LoyaltyLedger', 'LoyaltyProgramCurrency'],
  ...['LoyaltyMemberCurrency', 'LoyaltyMemberTier', 'LoyaltyTierGroup', 'LoyaltyTier', 'Promotion', 'JournalType'],
  ...['LoyaltyProgramMbrPromotion', 'LoyaltyProgramProcess', 'JournalSubType'],
];

/** Returns what describe says about a field. Undefined if the org does not have it, or the user cannot see it. */
async function fieldOf(org: ProbedOrg, object: string, name: string): Promise<unknown> {
  const fields = listAt(await org.describe(object), 'fields');
  return fields.find((field) => at(field, 'name') === name);
}

/** Returns the first deviation of each field of the used objects. */
async function deviations(
  org: ProbedOrg,
  of: (described: unknown, definition: FieldDefinition) => string | undefined,
): Promise<string[]> {
  const found = [];
  for (const { name, fields } of sObjects.filter((object) => used.includes(object.name))) {
    for (const [field, definition] of Object.entries(fields)) {
      const described = await fieldOf(org, name, field);
      const deviation = described === undefined ? undefined : of(described, definition);
      if (deviation !== undefined) found.push(`${name}.${field} ${deviation}`);
    }
  }
  return found;
}

export const objectProbes: readonly Probe[] = [
  {
    id: 'key-prefixes',
    assumption: 'The key prefixes of the objects are those of the local org.',
    needs: [],
    calls: 1,
    ask: async (org) => {
      const { json } = await org.ask('GET', '/sobjects');
      const listed = new Map(listAt(json, 'sobjects').map((each) => [at(each, 'name'), at(each, 'keyPrefix')]));
      const wrong = sObjects.flatMap(({ name, keyPrefix }) => {
        const prefix = listed.get(name);
        return typeof prefix !== 'string' || prefix === keyPrefix ? [] : [`${name} ${prefix}`];
      });
      return noneOf(wrong);
    },
  },
  {
    id: 'field-types-and-sizes',
    assumption: 'Types, lengths and decimals of the fields are those of the local org.',
    needs: [],
    calls: used.length,
    ask: async (org) => noneOf(await deviations(org, sizeDeviation)),
  },
  {
    id: 'picklists-restricted',
    assumption: 'Picklists are restricted where the local org restricts them, with at least its values.',
    needs: [],
    calls: used.length,
    ask: async (org) => noneOf(await deviations(org, picklistDeviation)),
  },
  {
    id: 'picklist-defaults',
    assumption: 'Defaults of picklists are those of the local org.',
    needs: [],
    calls: used.length,
    ask: async (org) => noneOf(await deviations(org, defaultDeviation)),
  },
  {
    id: 'master-details',
    assumption: 'Details are deleted with their master, and lookups are not.',
    needs: [],
    calls: used.length,
    ask: async (org) => {
      const wrong = [];
      for (const name of used) {
        for (const child of listAt(await org.describe(name), 'childRelationships')) {
          const [object, field] = [String(at(child, 'childSObject')), String(at(child, 'field'))];
          const definition = sObjects.find((each) => each.name === object)?.fields[field];
          const isDetail = definition && (definition.masterDetail === true || definition.onParentDelete === 'cascade');
          if (definition && isDetail !== at(child, 'cascadeDelete')) wrong.push(`${object}.${field}`);
        }
      }
      return noneOf(wrong);
    },
  },
  {
    id: 'account-and-contact-relations',
    assumption:
      'Describe says which records go with an account or a contact, and which hold it, as the local org does.',
    needs: [],
    calls: 2,
    ask: async (org) => {
      const wrong = [];
      for (const name of ['Account', 'Contact']) {
        for (const child of listAt(await org.describe(name), 'childRelationships')) {
          const [object, field] = [String(at(child, 'childSObject')), String(at(child, 'field'))];
          const definition = sObjects.find((each) => each.name === object)?.fields[field];
          // An org does both with orders.
          if (!definition || object === 'Order') continue;
          const seen = [at(child, 'cascadeDelete'), at(child, 'restrictedDelete')];
          const assumed = [definition.onParentDelete === 'cascade', definition.onParentDelete === 'refuse'];
          if (seen.join() !== assumed.join()) wrong.push(`${object}.${field}`);
        }
      }
      return noneOf(wrong);
    },
  },
  {
    id: 'ledgers-hold-their-journal',
    assumption: 'Describe calls the relationship from a journal to its ledgers restricted.',
    needs: [],
    calls: 1,
    ask: async (org) => {
      const children = listAt(await org.describe('TransactionJournal'), 'childRelationships');
      const ledgers = children.find(
        (child) => at(child, 'childSObject') === 'LoyaltyLedger' && at(child, 'field') === 'TransactionJournalId',
      );
      return ledgers === undefined ? unclear('not described') : compared(at(ledgers, 'restrictedDelete'), true);
    },
  },
  {
    id: 'currency-iso-code',
    assumption: 'In an org of several currencies every object that can be created has CurrencyIsoCode; ledgers do not.',
    needs: [],
    calls: used.length,
    ask: async (org) => {
      const wrong = [];
      const has = async (name: string) => (await fieldOf(org, name, 'CurrencyIsoCode')) !== undefined;
      const several = await has('LoyaltyProgram');
      for (const name of used) if ((await has(name)) !== (several && name !== 'LoyaltyLedger')) wrong.push(name);
      return noneOf(wrong);
    },
  },
  {
    id: 'fields-of-attributes-and-batch-jobs',
    assumption: 'Engagement attributes have EngagementType and ValueType, both picklists; job parts ExternalReference.',
    needs: [],
    calls: 2,
    ask: async (org) => {
      const types = [
        at(await fieldOf(org, 'LoyaltyPgmEngmtAttribute', 'EngagementType'), 'type') ?? null,
        at(await fieldOf(org, 'LoyaltyPgmEngmtAttribute', 'ValueType'), 'type') ?? null,
        at(await fieldOf(org, 'BatchJobPart', 'ExternalReference'), 'name') ?? null,
      ];
      return compared(types, ['picklist', 'picklist', 'ExternalReference']);
    },
  },
  {
    id: 'member-name-field',
    assumption: 'A member has no Name; MembershipNumber is its name field.',
    needs: [],
    calls: 1,
    ask: async (org) => {
      const fields = listAt(await org.describe('LoyaltyProgramMember'), 'fields');
      const names = fields.filter((field) => at(field, 'nameField') === true).map((field) => at(field, 'name'));
      return compared(names, ['MembershipNumber']);
    },
  },
  {
    id: 'corrected-field-names',
    assumption: 'The fields that the guide misspells are Promotion.RuleLibraryId, EndDateTime and LoyaltyTierGroupId.',
    needs: [],
    calls: 2,
    ask: async (org) => {
      const names = [
        ['Promotion', 'RuleLibraryId'],
        ['Promotion', 'EndDateTime'],
        ['LoyaltyProgramProcess', 'LoyaltyTierGroupId'],
      ] as const;
      const missing = [];
      for (const [object, field] of names) {
        if ((await fieldOf(org, object, field)) === undefined) missing.push(`no ${object}.${field}`);
      }
      return noneOf(missing);
    },
  },
  {
    id: 'primary-flags',
    assumption: 'IsPrimary is a field of currencies and of tier groups.',
    needs: [],
    calls: 2,
    ask: async (org) => {
      const currency = await fieldOf(org, 'LoyaltyProgramCurrency', 'IsPrimary');
      const group = await fieldOf(org, 'LoyaltyTierGroup', 'IsPrimary');
      return compared([currency !== undefined, group !== undefined], [true, true]);
    },
  },
  {
    id: 'tier-group-without-currency',
    assumption: 'TierAssessmentCurrencyId of a tier group may stay empty.',
    needs: ['program'],
    calls: 1,
    ask: async (org) => {
      const soql = `SELECT TierAssessmentCurrencyId FROM LoyaltyTierGroup WHERE LoyaltyProgramId = '${org.program.id}'`;
      const rows = await org.rows(soql);
      return compared(
        rows.map((row) => row['TierAssessmentCurrencyId'] === null),
        [true],
      );
    },
  },
  {
    id: 'names-are-not-unique',
    assumption: 'An org accepts a second tier of the same name, so a name alone does not identify a record.',
    needs: ['program'],
    calls: 1,
    ask: async (org) => {
      const group = org.program.ids.get('LoyaltyTierGroup Probe Status');
      const tier = { Name: 'Probe high', LoyaltyTierGroupId: group, SequenceNumber: 9, MinimumEligibleBalance: 900 };
      const answer = await org.create('LoyaltyTier', tier);
      return answer.status < 300 ? held : differs(outcome(answer));
    },
  },
];

function sizeDeviation(described: unknown, { type, length, scale }: FieldDefinition): string | undefined {
  const seen = at(described, 'type');
  if (seen !== type) return `is ${String(seen)} and not ${type}`;
  if (length !== undefined && at(described, 'length') !== length) return `length ${String(at(described, 'length'))}`;
  if (scale !== undefined && at(described, 'scale') !== scale) return `scale ${String(at(described, 'scale'))}`;
  return undefined;
}

function picklistDeviation(described: unknown, { type, restricted = false, values = [] }: FieldDefinition) {
  if (type !== 'picklist') return undefined;
  if (at(described, 'restrictedPicklist') !== restricted) return restricted ? 'is not restricted' : 'is restricted';
  const listed = new Set(listAt(described, 'picklistValues').map((each) => at(each, 'value')));
  const missing = restricted ? values.filter((value) => !listed.has(value)) : [];
  return missing.length > 0 ? `lacks ${missing.length} values` : undefined;
}

function defaultDeviation(described: unknown, { type, defaultValue }: FieldDefinition): string | undefined {
  if (type !== 'picklist') return undefined;
  const chosen = listAt(described, 'picklistValues').find((each) => at(each, 'defaultValue') === true);
  const seen = at(chosen, 'value');
  return seen === defaultValue ? undefined : `defaults to ${JSON.stringify(seen ?? null)}`;
}
