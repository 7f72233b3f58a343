import type { Calculation, FieldDefinition, ValueByValue } from '../../../contract/sobject.js';
import type { ModelField, ObjectModel, SObjectType } from './objectModel.js';

/**
 * Values that the org computes, as the definitions of its objects say. SQLite computes them, so no code that writes rows
 * can forget them. A value computed from its own row is a generated column. A value that callers may also write, or that
 * comes from another row, is set by triggers.
 */

const zero = (column: string): string => `coalesce("${column}", 0)`;

/** SQL expression over the same row, rounded to the field's scale because binary sums drift. */
export function generatedExpression({ calculation, createable, scale = 0 }: FieldDefinition): string | undefined {
  if (!calculation || 'copyOf' in calculation) return undefined;
  if ('joined' in calculation) return joined(calculation.joined);
  if ('fiscal' in calculation) return fiscal(calculation.fiscal, `"${calculation.of}"`);
  if ('byValueOf' in calculation) return createable ? undefined : byValue(calculation);
  if ('plus' in calculation) {
    const { plus, minus = [] } = calculation;
    return `round(${[plus.map(zero).join(' + '), ...minus.map(zero)].join(' - ')}, ${scale})`;
  }
  if ('product' in calculation) {
    const { product, dividedBy = 1 } = calculation;
    return `round(${product.map((column) => `"${column}"`).join(' * ')} / ${dividedBy}.0, ${scale})`;
  }
  const { part, whole } = calculation;
  return `CASE WHEN "${whole}" > 0 THEN round(${zero(part)} * 100.0 / "${whole}", ${scale}) END`;
}

function byValue({ byValueOf, values, otherwise }: ValueByValue, row = ''): string {
  const cases = Object.entries(values).map(([value, result]) => `WHEN ${literal(value)} THEN ${literal(result)}`);
  const rest = otherwise === undefined ? '' : ` ELSE ${literal(otherwise)}`;
  return `CASE ${row}"${byValueOf}" ${cases.join(' ')}${rest} END`;
}

function literal(value: string | number | boolean): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(Number(value));
}

/** Fiscal years begin in January, as in a new org. */
function fiscal(part: 'year' | 'quarter' | 'yearAndQuarter', date: string): string {
  const year = `substr(${date}, 1, 4)`;
  const quarter = `((CAST(substr(${date}, 6, 2) AS INTEGER) + 2) / 3)`;
  if (part === 'yearAndQuarter') return `${year} || ' ' || ${quarter}`;
  return part === 'year' ? `CAST(${year} AS INTEGER)` : quarter;
}

function joined(columns: readonly string[]): string {
  return `trim(${columns.map((column) => `coalesce("${column}", '')`).join(` || ' ' || `)})`;
}

interface Trigger {
  readonly name: string;
  readonly sql: string;
}

/**
 * Triggers for copies of other records' fields, and for values that callers may overwrite: a new record gets the value,
 * and later changes follow.
 */
export function copyTriggers(model: ObjectModel): Trigger[] {
  return model.types.flatMap((type) => type.fields.flatMap((field) => triggersOf(model, type, field)));
}

function triggersOf(model: ObjectModel, type: SObjectType, field: ModelField): Trigger[] {
  const { calculation, createable } = field.definition;
  if (!calculation) return [];
  if ('byValueOf' in calculation) return createable ? valueTriggers(type, field.name, calculation) : [];
  return 'copyOf' in calculation ? triggersOfCopy(model, type, field.name, calculation) : [];
}

type Copy = Extract<Calculation, { readonly copyOf: string }>;

function triggersOfCopy(model: ObjectModel, type: SObjectType, name: string, { copyOf, behind }: Copy): Trigger[] {
  const reference = type.field(behind)?.definition;
  const [parent = ''] = reference?.referenceTo ?? [];
  if (!model.type(parent)) return [];
  const copy = `BEGIN
        UPDATE "${type.name}" SET "${name}" =
          (SELECT "${copyOf}" FROM "${parent}" WHERE "Id" = new."${behind}") WHERE "Id" = new."Id";
      END`;
  return [
    {
      name: `${name}_of_new_${type.name}`,
      sql: `AFTER INSERT ON "${type.name}" WHEN new."${behind}" IS NOT NULL ${copy}`,
    },
    ...(reference?.updateable
      ? [{ name: `${name}_of_moved_${type.name}`, sql: `AFTER UPDATE OF "${behind}" ON "${type.name}" ${copy}` }]
      : []),
    {
      name: `${name}_of_every_${type.name}`,
      sql: `AFTER UPDATE OF "${copyOf}" ON "${parent}" BEGIN
        UPDATE "${type.name}" SET "${name}" = new."${copyOf}" WHERE "${behind}" = new."Id";
      END`,
    },
  ];
}

/** A change of the picklist alone sets the value anew. One that is written together with it stays. */
function valueTriggers({ name: table }: SObjectType, name: string, calculation: ValueByValue): Trigger[] {
  const { byValueOf } = calculation;
  const set = `BEGIN
      UPDATE "${table}" SET "${name}" = ${byValue(calculation, 'new.')} WHERE "Id" = new."Id";
    END`;
  return [
    { name: `${name}_of_new_${table}`, sql: `AFTER INSERT ON "${table}" WHEN new."${name}" IS NULL ${set}` },
    {
      name: `${name}_of_changed_${table}`,
      sql: `AFTER UPDATE OF "${byValueOf}" ON "${table}"
        WHEN new."${byValueOf}" IS NOT old."${byValueOf}" AND new."${name}" IS old."${name}" ${set}`,
    },
  ];
}

const namePerson = `BEGIN
      UPDATE "Account" SET "Name" = ${joined(['FirstName', 'LastName'])}, "IsPersonAccount" = 1 WHERE "Id" = new."Id";
    END`;

/**
 * An account that is inserted with a LastName is a person account, which has no Name of its own. Callers may write the
 * Name of others.
 */
export const personTriggers: readonly Trigger[] = [
  {
    name: 'name_of_new_person',
    sql: `AFTER INSERT ON "Account" WHEN new."LastName" IS NOT NULL ${namePerson}`,
  },
  {
    name: 'name_of_person',
    sql: `AFTER UPDATE OF "FirstName", "LastName" ON "Account" WHEN old."IsPersonAccount" = 1 ${namePerson}`,
  },
];
