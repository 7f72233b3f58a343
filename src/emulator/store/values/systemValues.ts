import { coerceValue } from './coerceValue.js';
import type { StoredValue } from './coerceValue.js';
import type { IdSequence } from '../ids/idSequence.js';
import type { ModelField, SObjectType } from '../model/objectModel.js';
import { generatedCode } from './generatedCode.js';
import type { StoredValues } from './validateRow.js';

/** Who writes a row, and when (`yyyy-MM-ddTHH:mm:ss.000Z`). */
export interface Stamp {
  readonly userId: string;
  readonly at: string;
}

/**
 * Values that the org itself adds to the rows of one object. The fields are found once, because this runs for every
 * row.
 */
export class SystemValues {
  readonly #defaults: readonly (readonly [ModelField, StoredValue])[];
  readonly #id: ModelField | undefined;
  readonly #autoNumbers: readonly ModelField[];
  readonly #codes: readonly ModelField[];
  readonly #created: readonly ModelField[];
  readonly #modified: readonly ModelField[];
  readonly #users: readonly ModelField[];
  readonly #modifiers: readonly ModelField[];

  constructor(type: SObjectType) {
    const named = (...names: string[]): ModelField[] => type.fields.filter((field) => names.includes(field.name));
    this.#defaults = type.fields
      .filter(({ definition }) => definition.defaultValue !== undefined && definition.defaultValue !== false)
      .map((field) => [field, coerceValue(field.definition.defaultValue, field)]);
    this.#id = type.field('Id');
    this.#autoNumbers = type.fields.filter(({ definition }) => definition.autoNumber);
    this.#codes = type.fields.filter(({ definition }) => definition.generatedCode !== undefined);
    this.#created = named('CreatedDate', 'LastModifiedDate', 'SystemModstamp');
    this.#modified = named('LastModifiedDate', 'SystemModstamp');
    this.#users = named('CreatedById', 'LastModifiedById', 'OwnerId');
    this.#modifiers = named('LastModifiedById');
  }

  /** Adds missing values: the id, auto-numbers, generated codes, audit fields, the owner, and defaults. */
  complete(values: StoredValues, { userId, at }: Stamp, ids: IdSequence): void {
    const { id, ordinal } = this.#id && values.has(this.#id) ? ids.take(values.get(this.#id) as string) : ids.next();
    fill(values, this.#id, id);
    for (const field of this.#autoNumbers) fill(values, field, numberText(ordinal, field));
    for (const field of this.#codes) fillEmpty(values, field, generatedCode(id, field.definition.generatedCode ?? 0));
    for (const field of this.#created) fill(values, field, at);
    for (const field of this.#users) fill(values, field, userId);
    for (const [field, value] of this.#defaults) fill(values, field, value);
  }

  touch(values: StoredValues, { userId, at }: Stamp): void {
    for (const field of this.#modified) values.set(field, at);
    for (const field of this.#modifiers) values.set(field, userId);
  }
}

function fill(values: StoredValues, field: ModelField | undefined, value: StoredValue): void {
  if (field && !values.has(field)) values.set(field, value);
}

/** Also replaces a null that a caller gave explicitly. */
function fillEmpty(values: StoredValues, field: ModelField, value: StoredValue): void {
  if ((values.get(field) ?? null) === null) values.set(field, value);
}

/** Puts the number in place of `{00000}`. The numbers of standard objects have eight digits. */
function numberText(ordinal: number, { definition: { displayFormat = '{00000000}' } }: ModelField): string {
  return displayFormat.replace(/\{(0+)\}/, (_place, zeros: string) => String(ordinal).padStart(zeros.length, '0'));
}
