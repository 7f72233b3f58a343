import { z } from 'zod';
import { LostAnswerError, LoyaltyApiError, soqlText } from '../client/index.js';
import type { FieldValues, LoyaltyClient } from '../client/index.js';
import { ProgramCreationError } from './creationError.js';
import { ProgramDefinition } from './definition/programDefinition.js';
import type { ProgramDefinitionInput } from './definition/programDefinition.js';
import { recordsOf } from './records/definitionRecords.js';
import type { EnsuredRecord, ProgramRecord } from './records/programRecord.js';

/** The parts of {@link LoyaltyClient} that `createProgram` uses. */
export interface ProgramClient {
  readonly query: Pick<LoyaltyClient['query'], 'allRows'>;
  readonly sobjects: Pick<LoyaltyClient['sobjects'], 'create'>;
}

export interface ProgramCreation {
  readonly programId: string;
  /** In the order of creation. */
  readonly records: readonly EnsuredRecord[];
  readonly counts: { readonly created: number; readonly existing: number };
}

/**
 * Creates the missing records of a program, with queries and single creates only. A record exists if its owner has one
 * of that name, in any case. Existing records are not changed, even if they differ from the definition.
 *
 * Processes are created without rules. The local org has a built-in rule; in any other org rules come from Setup or
 * from metadata (LoyaltyProgramSetup).
 *
 * @throws {z.ZodError} for a definition that contradicts itself; nothing is sent
 * @throws {ProgramCreationError} if the org refuses a record, or if the answer to a create is lost
 * @throws {LoyaltyApiError} with status 401, and LostAnswerError: the org was not reached, which says nothing about the
 * program
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

  /** Returns the record's Id. If there are several, it is the oldest one, because names are not unique in an org. */
  async #find(record: ProgramRecord): Promise<string | undefined> {
    const { object, name, identity } = record;
    const where = identity.map((field) => `${field} = ${soqlValue(this.#valueOf(record, field))}`).join(' AND ');
    const soql = `SELECT Id, Name FROM ${object} WHERE ${where} ORDER BY CreatedDate, Id`;
    const rows = await this.#client.query.allRows(soql, NamedRow).catch((error: unknown) => {
      throw isRefusal(error) ? new ProgramCreationError(record, error, this.done) : error;
    });
    return (rows.find((row) => row.Name === name) ?? rows[0])?.Id;
  }

  #valueOf({ fields, references }: ProgramRecord, field: string): FieldValues[string] {
    const target = references[field];
    return target ? this.idOf(target) : (fields[field] ?? null);
  }

  async #create(record: ProgramRecord): Promise<string> {
    const fields: FieldValues = { ...record.fields };
    for (const [field, target] of Object.entries(record.references)) fields[field] = this.idOf(target);
    return this.#client.sobjects.create(record.object, fields).catch((error: unknown) => {
      const inDoubt = error instanceof LostAnswerError && error.mayHaveHappened;
      throw inDoubt || isRefusal(error) ? new ProgramCreationError(record, error, this.done) : error;
    });
  }
}

function soqlValue(value: FieldValues[string]): string {
  return typeof value === 'string' ? soqlText(value) : String(value);
}

/** Tells whether the org refused the record. An expired session says nothing about the record. */
function isRefusal(error: unknown): error is LoyaltyApiError {
  return error instanceof LoyaltyApiError && error.status !== 401;
}
