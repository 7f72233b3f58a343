import { z } from 'zod';
import type { TransactionJournalInput } from '../contract/endpoints/realtimeEndpoints.js';
import { interchangeableField } from '../contract/interchangeableNames.js';
import { JournalTypeNotFoundError } from './failures/lookUpErrors.js';
import type { MembersResource } from './members.js';
import type { ProgramsResource } from './programs.js';
import type { QueryResource } from './query/queryResource.js';
import { soqlText } from './query/soql.js';
import type { FieldValues } from './sobjects.js';

export interface JournalLookUps {
  readonly query: QueryResource;
  readonly programs: ProgramsResource;
  readonly members: MembersResource;
}

/** Names that a journal may have instead of Ids, by the field that takes the Id. */
type GivenNames = ReadonlyMap<string, { readonly name: string; readonly value: string }>;

const TypeRow = z.object({ Id: z.string(), Name: z.string().nullable() });

/**
 * Returns the fields of a new Pending journal as the record API takes them: it does not know the names that the
 * real-time API accepts, so membership number, journal type and subtype are looked up.
 *
 * @throws {RangeError} for a name of another kind, such as ProductCode: give the Id instead
 * @throws {UnknownProgramError}
 * @throws {UnknownMemberError}
 * @throws {JournalTypeNotFoundError}
 */
export async function pendingJournalFields(
  lookUps: JournalLookUps,
  program: string,
  journal: TransactionJournalInput,
): Promise<FieldValues> {
  const { fields, names } = divided(journal);
  const { Id: LoyaltyProgramId } = await lookUps.programs.get(program);
  const member = names.get('MemberId')?.value;
  const ids = {
    ...(member !== undefined && { MemberId: (await lookUps.members.get(program, member)).Id }),
    ...(await journalTypeIds(lookUps.query, names)),
  };
  return { LoyaltyProgramId, Status: 'Pending', ...fields, ...ids };
}

const lookedUp = new Set(['MemberId', 'JournalTypeId', 'JournalSubTypeId']);

function divided(journal: TransactionJournalInput): { fields: FieldValues; names: GivenNames } {
  const fields: FieldValues = {};
  const names = new Map<string, { name: string; value: string }>();
  for (const [name, value] of Object.entries(journal)) {
    const field = interchangeableField(name);
    if (field === undefined) fields[name] = value;
    else if (lookedUp.has(field)) names.set(field, { name, value: String(value) });
    else throw new RangeError(`A record of TransactionJournal has no ${name}. Give it ${field} instead.`);
  }
  return { fields, names };
}

/** A subtype is one of its type, so names of subtypes can occur more than once in an org. */
async function journalTypeIds(query: QueryResource, names: GivenNames): Promise<FieldValues> {
  const type = names.get('JournalTypeId')?.value;
  const subType = names.get('JournalSubTypeId')?.value;
  const ofType = type === undefined ? '' : ` AND JournalType.Name = ${soqlText(type)}`;
  return {
    ...(type !== undefined && { JournalTypeId: await idNamed(query, 'JournalType', type) }),
    ...(subType !== undefined && { JournalSubTypeId: await idNamed(query, 'JournalSubType', subType, ofType) }),
  };
}

async function idNamed(query: QueryResource, object: JournalTypeObject, name: string, more = ''): Promise<string> {
  const soql = `SELECT Id, Name FROM ${object} WHERE Name = ${soqlText(name)}${more} LIMIT 1`;
  const [found] = await query.allRows(soql, TypeRow);
  if (found) return found.Id;
  const known = await query.allRows(`SELECT Id, Name FROM ${object} ORDER BY Name`, TypeRow);
  throw new JournalTypeNotFoundError(object, name, [...new Set(known.flatMap(({ Name }) => Name ?? []))]);
}

type JournalTypeObject = 'JournalType' | 'JournalSubType';
