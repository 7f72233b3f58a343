import { z } from 'zod';
import { InactiveProgramError, UnknownProgramError } from './failures/lookUpErrors.js';
import type { QueryResource } from './query/queryResource.js';
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
  /** Names of programs that were seen, in lower case: no question about them needs to ask again. */
  readonly #seen = new Set<string>();

  constructor(query: QueryResource) {
    this.#query = query;
  }

  async list(): Promise<ProgramRow[]> {
    return this.#rows(`${select} ORDER BY Name`);
  }

  /** The program with this name in any case of letters, spelled as the org has it; undefined when there is none. */
  async find(name: string): Promise<ProgramRow | undefined> {
    const rows = await this.#rows(`${select} WHERE Name = ${soqlText(name)}`);
    return rows.find((row) => row.Name === name) ?? rows[0];
  }

  /**
   * As `find`, for a program that must be there.
   *
   * @throws {UnknownProgramError} which names the programs that the org has
   */
  async get(name: string): Promise<ProgramRow> {
    const found = await this.find(name);
    if (!found) throw new UnknownProgramError(name, await this.list());
    return found;
  }

  /**
   * Tells an empty answer about a program from a question about none. Asks only for a program that was not seen before.
   *
   * @throws {UnknownProgramError}
   */
  async mustExist(name: string): Promise<void> {
    if (!this.#seen.has(name.toLowerCase())) await this.get(name);
  }

  /**
   * As `get`, for an answer that is empty in a program where nothing counts.
   *
   * @throws {UnknownProgramError}
   * @throws {InactiveProgramError}
   */
  async mustBeActive(name: string): Promise<void> {
    const { Name, Status } = await this.get(name);
    if (Status !== 'Active') throw new InactiveProgramError(Name, Status);
  }

  async #rows(soql: string): Promise<ProgramRow[]> {
    const rows = await this.#query.allRows(soql, ProgramRow);
    for (const { Name } of rows) this.#seen.add(Name.toLowerCase());
    return rows;
  }
}
