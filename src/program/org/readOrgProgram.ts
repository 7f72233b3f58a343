import { z } from 'zod';
import { inLists, LoyaltyApiError, soqlText } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import type { DescribedField } from '../../contract/query.js';
import { programObjects } from './programObjects.js';
import type { ProgramObject } from './programObjects.js';

/** The parts of {@link LoyaltyClient} that reading a program needs. */
export interface ProgramReader {
  readonly query: Pick<LoyaltyClient['query'], 'allRows'>;
  readonly sobjects: Pick<LoyaltyClient['sobjects'], 'describe'>;
}

/** A record in an org. References are Ids of 18 characters. */
export interface OrgRecord {
  readonly object: string;
  readonly id: string;
  /** The fields of `programObjects`, as far as this org and user have them. */
  readonly values: Readonly<Record<string, string | number | boolean | null>>;
}

/** What an org has of one object. */
export interface OrgObject {
  /** By name. Empty if the org does not have the object, or hides it from the user. */
  readonly fields: ReadonlyMap<string, DescribedField>;
  /** The oldest first. */
  readonly records: readonly OrgRecord[];
}

/** What an org has of a program. */
export interface OrgProgram {
  /** Undefined if the org has no program of that name. */
  readonly programId: string | undefined;
  /** One for each of `programObjects`, in that order. */
  readonly objects: ReadonlyMap<string, OrgObject>;
}

export interface ProgramQuestion {
  /** Name of the program, in any case. */
  readonly name: string;
  /** Names of accounts to read besides those of the partners. */
  readonly accounts?: readonly string[];
}

/**
 * Reads the records of a program, and those that are shared by the whole org. Fields drift between releases and depend
 * on features and permissions, so each object is described first.
 * @throws {LoyaltyApiError | LostAnswerError}
 */
export async function readOrgProgram(client: ProgramReader, question: ProgramQuestion): Promise<OrgProgram> {
  const described = await Promise.all(
    programObjects.map(async (each) => ({ ...each, known: await describedFields(client, each.object) })),
  );
  const hasPartners = described.some(({ object, known }) => object === 'LoyaltyProgramPartner' && known.size > 0);
  const programId = await findProgramId(client, question.name, described[0]?.known.size ?? 0);
  const entries = await Promise.all(
    described.map(async ({ known: fields, ...each }) => {
      const records = new Map<string, OrgRecord>();
      const accounts = { names: question.accounts ?? [], hasPartners };
      const conditions = fields.size === 0 ? [] : conditionsOf(each, programId, accounts);
      for (const condition of conditions) {
        for (const record of await read(client, { each, fields, condition })) records.set(record.id, record);
      }
      return [each.object, { fields, records: [...records.values()] }] as const;
    }),
  );
  return { programId, objects: new Map(entries) };
}

/** Returns no fields for an object that the org does not have, or that the user may not see. */
export async function describedFields(
  client: Pick<ProgramReader, 'sobjects'>,
  object: string,
): Promise<ReadonlyMap<string, DescribedField>> {
  try {
    const { fields } = await client.sobjects.describe(object);
    return new Map(fields.map((field) => [field.name, field]));
  } catch (error) {
    if (error instanceof LoyaltyApiError && error.status === 404) return new Map();
    throw error;
  }
}

const IdRow = z.object({ Id: z.string(), Name: z.string() });

/** Names of programs are not unique. The one in the same case comes first, and then the oldest one. */
async function findProgramId(client: ProgramReader, name: string, fields: number): Promise<string | undefined> {
  if (fields === 0) return undefined;
  const soql = `SELECT Id, Name FROM LoyaltyProgram WHERE Name = ${soqlText(name)} ORDER BY CreatedDate, Id`;
  const rows = await client.query.allRows(soql, IdRow);
  return (rows.find((row) => row.Name === name) ?? rows[0])?.Id;
}

interface AccountQuestion {
  readonly names: readonly string[];
  /** Whether the org has partners at all. */
  readonly hasPartners: boolean;
}

/** Returns the conditions on the records to read. A record may fulfill several. */
function conditionsOf(
  { object, programPath }: ProgramObject,
  programId: string | undefined,
  accounts: AccountQuestion,
): string[] {
  const ofProgram = programId === undefined ? undefined : soqlText(programId);
  if (object === 'Account') return accountConditions(ofProgram, accounts);
  if (programPath === undefined) return ['Id != null'];
  return ofProgram === undefined ? [] : [`${programPath} = ${ofProgram}`];
}

/** SOQL allows no sub-select beside OR. */
function accountConditions(ofProgram: string | undefined, { names, hasPartners }: AccountQuestion): string[] {
  const partners = `SELECT LoyaltyPartnerId FROM LoyaltyProgramPartner WHERE LoyaltyProgramId = ${ofProgram}`;
  const named = inLists(names).map((list) => `Name IN ${list}`);
  return ofProgram === undefined || !hasPartners ? named : [...named, `Id IN (${partners})`];
}

const Value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

interface ReadQuestion {
  readonly each: ProgramObject;
  readonly fields: OrgObject['fields'];
  readonly condition: string;
}

async function read(client: ProgramReader, { each, fields, condition }: ReadQuestion): Promise<OrgRecord[]> {
  const { object } = each;
  const selected = [...each.fields, ...Object.keys(each.references)].filter((field) => fields.has(field));
  const shape = z.object({ Id: z.string(), ...Object.fromEntries(selected.map((field) => [field, Value])) });
  const order = fields.has('CreatedDate') ? 'CreatedDate, Id' : 'Id';
  const soql = `SELECT ${['Id', ...selected].join(', ')} FROM ${object} WHERE ${condition} ORDER BY ${order}`;
  const rows = await client.query.allRows(soql, shape);
  return rows.map(({ Id, ...values }) => ({ object, id: Id, values: values }));
}
