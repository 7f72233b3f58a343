import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { sObjectByName } from '../../src/contract/objects/index.js';
import type { FieldDefinition } from '../../src/contract/sobject.js';

/** A row of the published field tables: the developer guide, with sizes of the field reference. */
interface Published {
  readonly object: string;
  readonly field: string;
  readonly type: string;
  /** `255`, `18,2`; empty where none is published. */
  readonly size: string;
  /** C and U: createable, updateable. L: idLookup. `?`: not known. */
  readonly flags: string;
  readonly references: string;
  readonly relationship: string;
}

/** Where the model knows better than the tables, and why. */
const deviations: Readonly<Record<string, string>> = {
  'LoyaltyPgmMbrPromEligView.*': 'a view, although the guide lists create()',
  'BatchCalcJobDefinitionView.DefinitionRunMode': 'a view, although the guide lists it as createable',
  'LoyaltyPgmCurrencySubtype.LoyaltyProgramCurrencyId': 'no metadata shows it as master-detail',
  'LoyaltyPgmMbrLinkedPtnr.LoyaltyProgramMemberId': 'no metadata shows it as master-detail',
  'LoyaltyTierEligibilitySrc.LoyaltyTierId': 'no metadata shows it as master-detail',
  'LoyaltyTierMshpFeeOption.LoyaltyTierId': 'no metadata shows it as master-detail',
  'LoyaltyTierPromotion.LoyaltyTierId': 'no metadata shows it as master-detail',
  'LoyaltyProgramProcess.LoyaltyTierGroup':
    'the guide repeats the row of LoyaltyProgramId; describe has LoyaltyTierGroupId',
  'Promotion.EndDateTime': 'the guide says date',
  'Promotion.RuleLibraryId': 'the guide repeats the row of RelatedPromotionId',
  'PromotionMarketSegment.MarketSegmentId': 'the guide leaves out what it refers to',
};

const file = new URL('publishedFields.csv', import.meta.url);
const published: Published[] = parse(readFileSync(file, 'utf8'), { columns: true });

function flagsOf(field: FieldDefinition): string {
  const flags = {
    req: field.required,
    C: field.createable,
    U: field.updateable,
    ro: !field.createable && !field.updateable && !field.autoNumber,
    auto: field.autoNumber,
    L: field.idLookup,
    nofilter: field.unfilterable,
    master: field.masterDetail,
  };
  return Object.entries(flags)
    .filter(([, isSet]) => isSet)
    .map(([flag]) => flag)
    .join(' ');
}

function sizeOf({ length, precision, scale, digits }: FieldDefinition): string {
  return precision === undefined ? String(length ?? digits ?? '') : `${precision},${scale ?? 0}`;
}

/** The field in the words of the tables. What they do not tell is not compared. */
function asPublished(field: FieldDefinition, row: Published): Omit<Published, 'field' | 'object'> {
  return {
    type: row.type && field.type,
    size: row.size && sizeOf(field),
    flags: row.flags === '?' ? '?' : flagsOf(field),
    references: [...(field.referenceTo ?? [])].sort().join(' '),
    relationship: row.relationship && (field.relationshipName ?? ''),
  };
}

describe('Fields of the loyalty objects', () => {
  for (const object of new Set(published.map((row) => row.object))) {
    it(`${object}: types, sizes, flags and references are the published ones`, () => {
      const fields = sObjectByName(object)?.fields ?? {};
      const rows = published.filter((row) => row.object === object);
      const compared = rows.filter(({ field }) => !deviations[`${object}.${field}`] && !deviations[`${object}.*`]);
      const expected = compared.map(({ object: _object, field, ...row }) => [field, row]);
      const found = compared.map((row) => {
        const own = fields[row.field];
        return [row.field, own && asPublished(own, row)];
      });
      expect(Object.fromEntries(found)).to.deep.equal(Object.fromEntries(expected));
    });
  }

  it('deviate only where the tables have the row that is deviated from', () => {
    const names = new Set(published.flatMap(({ object, field }) => [`${object}.${field}`, `${object}.*`]));
    expect(Object.keys(deviations).filter((name) => !names.has(name))).to.deep.equal([]);
  });
});
