import { isDecimal } from '../../base/decimal.js';
import { withDecimalPoint } from '../mapping/decimalComma.js';
import { dateRulesFor } from './dateRules.js';
import type { DateRuleDraft } from './dateRules.js';
import type { FeedSample } from './feedSample.js';

/** What the values of a column look like. */
export interface ColumnProfile {
  readonly name: string;
  readonly values: readonly string[];
  readonly isFilled: boolean;
  /** Whether every row has another value. */
  readonly isUnique: boolean;
  readonly distinct: number;
  /** How many of them are numbers. */
  readonly numbers: number;
  /** Undefined if they are not all numbers. */
  readonly number: { readonly decimalSeparator: '.' | ','; readonly hasPlaces: boolean } | undefined;
  /** Rules by which all of them are dates. */
  readonly dates: readonly DateRuleDraft[];
}

export function columnProfiles({ columns, rows }: FeedSample): ColumnProfile[] {
  return columns.flatMap((name, index) => {
    // An expression could not name it.
    if (name === '' || columns.indexOf(name) !== index) return [];
    const values = rows.map((row) => row[index] ?? '');
    const filled = values.filter((value) => value !== '');
    const distinct = new Set(filled).size;
    const number = numberOf(filled);
    return {
      name,
      values,
      distinct,
      isFilled: filled.length === values.length && values.length > 0,
      isUnique: distinct === values.length && values.length > 0,
      number,
      numbers: Math.max(filled.filter((value) => isDecimal(value)).length, filled.filter(hasDecimalComma).length),
      dates: filled.length === 0 ? [] : dateRulesFor(name, filled),
    };
  });
}

/** Returns the column whose name and values fit, one that every row has if there is one. */
export function bestColumn(
  profiles: readonly ColumnProfile[],
  names: RegExp,
  fits: (profile: ColumnProfile) => boolean,
): ColumnProfile | undefined {
  const named = profiles.filter((profile) => names.test(profile.name) && fits(profile) && profile.distinct > 0);
  return named.find(({ isFilled }) => isFilled) ?? named[0];
}

function hasDecimalComma(value: string): boolean {
  return withDecimalPoint(value) !== undefined && /\d/.test(value);
}

function numberOf(values: readonly string[]): ColumnProfile['number'] {
  if (values.length === 0) return undefined;
  if (values.every((value) => isDecimal(value)))
    return { decimalSeparator: '.', hasPlaces: values.some((value) => value.includes('.')) };
  if (values.every(hasDecimalComma))
    return { decimalSeparator: ',', hasPlaces: values.some((value) => value.includes(',')) };
  return undefined;
}
