import { z } from 'zod';
import { soqlText } from '../../client/index.js';
import type { DescribedField } from '../../contract/query.js';
import { programObjects } from '../org/programObjects.js';
import type { ProgramObject } from '../org/programObjects.js';
import type { OrgProgram, ProgramReader } from '../org/readOrgProgram.js';
import type { NotExported } from './exportedRecords.js';

/** Fields that say what happened, not how the program is set up, or that every record has. */
const notSetUp = new Set([
  ...['OwnerId', 'CurrencyIsoCode', 'RecordTypeId'],
  ...['CurrentLiabilityAmount', 'CurrentPointCount', 'IssuedVoucherCount', 'IsCloned'],
  ...['CreditedPoints', 'DebitedPoints', 'PurchasedPoints', 'PostpaidBillAmount', 'LastProcessedDateTime'],
]);
const compoundTypes = new Set(['address', 'location', 'base64', 'anyType', 'complexvalue']);
const Value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/**
 * Finds values of a program's records in fields that a definition has no key for. Values that say nothing are left out:
 * none, false, zero, and the default of the org.
 */
export async function readLeftOutFields(client: ProgramReader, org: OrgProgram): Promise<NotExported[]> {
  const found: NotExported[] = [];
  for (const each of programObjects) {
    const others = otherFields(each, org);
    if (each.programPath === undefined || others.length === 0) continue;
    const fields = others.map(({ name }) => name);
    const shape = z.object({
      Id: z.string(),
      ...Object.fromEntries(['Name', ...fields].map((field) => [field, Value])),
    });
    const soql = `SELECT Id, ${['Name', ...fields].join(', ')} FROM ${each.object}`;
    const where = `WHERE ${each.programPath} = ${soqlText(org.programId ?? '')} ORDER BY Name, Id`;
    for (const row of await client.query.allRows(`${soql} ${where}`, shape)) {
      found.push(...leftOutOf(row, others).map((field) => ({ object: each.object, ...field })));
    }
  }
  return found;
}

/** Fields that somebody can set and that a definition does not know. */
function otherFields({ object, fields, references }: ProgramObject, org: OrgProgram): DescribedField[] {
  const known = new Set(['Id', 'Name', ...fields, ...Object.keys(references)]);
  return [...(org.objects.get(object)?.fields.values() ?? [])].filter(
    ({ name, type, createable, updateable }) =>
      (createable === true || updateable === true) &&
      !known.has(name) &&
      !notSetUp.has(name) &&
      !compoundTypes.has(type),
  );
}

function leftOutOf(row: Readonly<Record<string, unknown>>, fields: readonly DescribedField[]): LeftOutField[] {
  const name = String(row['Name'] ?? row['Id']);
  return fields.flatMap((described) => {
    const value = Value.parse(row[described.name] ?? null);
    if (!value || value === described['defaultValue']) return [];
    return [{ name, field: described.name, value, reason: 'a definition has no key for it' }];
  });
}

type LeftOutField = Omit<NotExported, 'object'>;
