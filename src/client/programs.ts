import { z } from 'zod';
import type { QueryResource } from './query/query.js';
import { soqlText } from './query/soql.js';

const ProgramRow = z.object({
  Id: z.string(),
  Name: z.string(),
  /** `Active` or `Inactive`. */
  Status: z.string().nullable(),
});
export type ProgramRow = z.infer<typeof ProgramRow>;

const select = `SELECT ${Object.keys(ProgramRow.shape).join(', ')} FROM LoyaltyProgram`;

/** `client.programs`: LoyaltyProgram. */
export class ProgramsResource {
  readonly #query: QueryResource;

  constructor(query: QueryResource) {
    this.#query = query;
  }

  async list(): Promise<ProgramRow[]> {
    return this.#query.allRows(`${select} ORDER BY Name`, ProgramRow);
  }

  /** The program with this name in any case of letters, spelled as the org has it; undefined when there is none. */
  async find(name: string): Promise<ProgramRow | undefined> {
    const rows = await this.#query.allRows(`${select} WHERE Name = ${soqlText(name)}`, ProgramRow);
    return rows.find((row) => row.Name === name) ?? rows[0];
  }
}
