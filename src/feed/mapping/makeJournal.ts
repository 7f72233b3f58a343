import type { Transaction } from '../../transaction.js';
import type { Scalar } from '../expressions/expression.js';
import { RowError } from '../rowError.js';
import type { Cell, CompiledField } from './mappedFields.js';
import { requiredFields } from './mappedJournals.js';
import type { MappedJournal } from './mappedJournals.js';

/** A journal that a row may become, ready to be made. */
export interface CompiledJournal {
  readonly mapped: MappedJournal;
  readonly fields: readonly CompiledField[];
  /** Those of them that expressions make. */
  readonly computed: readonly CompiledField[];
}

/** What its expressions gave for a row, in the order of `expressionsOfJournal`. */
export type JournalResults = readonly (Scalar | RowError | undefined)[];

/** Makes a journal of a row. Undefined if its condition is not met. */
export function makeJournal(
  { mapped, fields, computed }: CompiledJournal,
  cell: Cell,
  results: JournalResults,
): Transaction['journal'] | RowError | undefined {
  const isMet = mapped.when === undefined || conditionOf(results[0]);
  if (isMet !== true) return isMet === false ? undefined : isMet;
  const journal: Record<string, Scalar> = {};
  for (const { name, read } of fields) {
    const value = read?.(cell);
    if (value instanceof RowError) return value;
    if (value !== undefined) journal[name] = value;
  }
  const ofFields = mapped.when === undefined ? results : results.slice(1);
  for (const [index, { name, expression }] of computed.entries()) {
    const given = ofFields[index];
    const value = given === undefined || given instanceof RowError ? given : expression?.take(given);
    if (value instanceof RowError) return value;
    if (value !== undefined) journal[name] = value;
  }
  return missing(journal) ?? journal;
}

function conditionOf(result: JournalResults[number]): boolean | RowError {
  if (result === undefined) return false;
  if (typeof result === 'boolean' || result instanceof RowError) return result;
  return new RowError('expression-failed', `the expression of when gives "${result}", not true or false`);
}

/** Rejects a row without a field that the org requires in every journal. */
function missing(journal: Transaction['journal']): RowError | undefined {
  const name = requiredFields.find((each) => journal[each] === undefined);
  if (name === undefined) return undefined;
  return new RowError('missing-value', `${name} would be empty, but every journal needs it`);
}
