import { z } from 'zod';
import { LostAnswerError, LoyaltyApiError, soqlText } from '../client/index.js';
import type { FieldValues, LoyaltyClient } from '../client/index.js';
import { ProgramCreationError } from './creationError.js';
import { ProgramDefinition } from './definition.js';
import type { ProgramDefinitionInput } from './definition.js';
import { recordsOf } from './definitionRecords.js';
import type { EnsuredRecord, ProgramRecord } from './programRecord.js';

/** What `createProgram` needs of a {@link LoyaltyClient}. */
export interface ProgramClient {
  readonly query: Pick<LoyaltyClient['query'], 'allRows'>;
  readonly sobjects: Pick<LoyaltyClient['sobjects'], 'create'>;
}

export interface ProgramCreation {
  readonly programId: string;
  /** In the order of their creation. */
  readonly records: readonly EnsuredRecord[];
  readonly counts: { readonly created: number; readonly existing: number };
}

/**
 * Creates what is missing of a program, with queries and single creates only. A record is there if its owner has one of
 * that name, in any case of letters; it is then left as it is, also where the definition says otherwise.
 *
 * Processes are created without rules: the local org has a rule of its own, in any other org rules come from Setup or
 * as metadata (LoyaltyProgramSetup).
 *
 * @throws {z.ZodError} for a definition that contradicts itself; nothing is sent.
 * @throws {ProgramCreationError} when the org refuses a record, or when the answer to a create is lost.
 * @throws {LoyaltyApiError} with status 401, LostAnswerError: the org was not reached; it says nothing about the program.
 */
export async function createProgram(
  client: ProgramClient,
  definition: ProgramDefinitionInput,
): Promise<ProgramCreation> {
  const records = recordsOf(ProgramDefinition.parse(definition));
  const writer = new ProgramWriter(client);
  for (const record of records) await writer.ensure(record);
  const { done } = writer;
  const created = done.filter(({ status }) => status === 'created').length;
  return { programId: writer.idOf(records[0]), records: done, counts: { created, existing: done.length - created } };
}

const NamedRow = z.object({ Id: z.string(), Name: z.string() });

class ProgramWriter {
  readonly done: EnsuredRecord[] = [];
  readonly #ids = new Map<ProgramRecord, string>();

  readonly #client: ProgramClient;

  constructor(client: ProgramClient) {
    this.#client = client;
  }

  async ensure(record: ProgramRecord): Promise<void> {
    const existing = await this.#find(record);
    const id = existing ?? (await this.#create(record));
    const { object, name } = record;
    this.#ids.set(record, id);
    this.done.push({ object, name, id, status: existing === undefined ? 'created' : 'existing' });
  }

  idOf(record: ProgramRecord): string {
    const id = this.#ids.get(record);
    if (id === undefined)
      throw new RangeError(`The ${record.object} "${record.name}" comes after a record that needs it.`);
    return id;
  }

  /** The record's Id; the oldest if there are several, because names are not unique in an org. */
  async #find(record: ProgramRecord): Promise<string | undefined> {
    const { object, name, parentField, references } = record;
    const parent = parentField === undefined ? undefined : references[parentField];
    const ofParent = parent === undefined ? '' : ` AND ${parentField} = ${soqlText(this.idOf(parent))}`;
    const soql = `SELECT Id, Name FROM ${object} WHERE Name = ${soqlText(name)}${ofParent} ORDER BY CreatedDate, Id`;
    const rows = await this.#client.query.allRows(soql, NamedRow).catch((error: unknown) => {
      throw isRefusal(error) ? new ProgramCreationError(record, error, this.done) : error;
    });
    return (rows.find((row) => row.Name === name) ?? rows[0])?.Id;
  }

  async #create(record: ProgramRecord): Promise<string> {
    const fields: FieldValues = { Name: record.name, ...record.fields };
    for (const [field, target] of Object.entries(record.references)) fields[field] = this.idOf(target);
    return this.#client.sobjects.create(record.object, fields).catch((error: unknown) => {
      const inDoubt = error instanceof LostAnswerError && error.mayHaveHappened;
      throw inDoubt || isRefusal(error) ? new ProgramCreationError(record, error, this.done) : error;
    });
  }
}

/** A session that ended says nothing about the record. */
function isRefusal(error: unknown): error is LoyaltyApiError {
  return error instanceof LoyaltyApiError && error.status !== 401;
}
