import type { FieldDefinition } from '../../../contract/sobject.js';
import type { ModelField, ObjectModel, SObjectType } from './objectModel.js';

/**
 * Values that the org computes, as the definitions of its objects say. SQLite computes them, so no code that writes rows
 * can forget them. A value computed from its own row is a generated column. A value that callers may also write, or that
 * comes from another row, is set by triggers.
 */

const zero = (column: string): string => `coalesce("${column}", 0)`;

/** SQL expression over the same row, rounded to the field's scale because binary sums drift. */
export function generatedExpression({ calculation, scale = 0 }: FieldDefinition): string | undefined {
  if (!calculation || 'copyOf' in calculation) return undefined;
  if ('joined' in calculation) return joined(calculation.joined);
  if ('plus' in calculation) {
    const { plus, minus = [] } = calculation;
    return `round(${[plus.map(zero).join(' + '), ...minus.map(zero)].join(' - ')}, ${scale})`;
  }
  const { part, whole } = calculation;
  return `CASE WHEN "${whole}" > 0 THEN round(${zero(part)} * 100.0 / "${whole}", ${scale}) END`;
}

function joined(columns: readonly string[]): string {
  return `trim(${columns.map((column) => `coalesce("${column}", '')`).join(` || ' ' || `)})`;
}

interface Trigger {
  readonly name: string;
  readonly sql: string;
}

/** Triggers for copies of other records' fields: a new record gets the value, and later changes follow. */
export function copyTriggers(model: ObjectModel): Trigger[] {
  return model.types.flatMap((type) => type.fields.flatMap((field) => triggersOf(model, type, field)));
}

function triggersOf(
  model: ObjectModel,
  type: SObjectType,
  { name, definition: { calculation } }: ModelField,
): Trigger[] {
  if (!calculation || !('copyOf' in calculation)) return [];
  const { copyOf, behind } = calculation;
  const [parent = ''] = type.field(behind)?.definition.referenceTo ?? [];
  if (!model.type(parent)) return [];
  return [
    {
      name: `${name}_of_new_${type.name}`,
      sql: `AFTER INSERT ON "${type.name}" WHEN new."${behind}" IS NOT NULL BEGIN
        UPDATE "${type.name}" SET "${name}" =
          (SELECT "${copyOf}" FROM "${parent}" WHERE "Id" = new."${behind}") WHERE "Id" = new."Id";
      END`,
    },
    {
      name: `${name}_of_every_${type.name}`,
      sql: `AFTER UPDATE OF "${copyOf}" ON "${parent}" BEGIN
        UPDATE "${type.name}" SET "${name}" = new."${copyOf}" WHERE "${behind}" = new."Id";
      END`,
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
