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

const CurrencyRow = z.object({
  Id: z.string(),
  Name: z.string(),
  /** `Qualifying` counts towards a tier, `NonQualifying` can be spent. */
  CurrencyType: z.string().nullable(),
  IsPrimary: z.boolean().nullable(),
});
export type CurrencyRow = z.infer<typeof CurrencyRow>;

const select = `SELECT ${Object.keys(ProgramRow.shape).join(', ')} FROM LoyaltyProgram`;

/** `client.programs`: LoyaltyProgram. */
export class ProgramsResource {
  readonly #query: QueryResource;
  /** Names of programs that were found before, in lower case, so that they need not be looked up again. */
  readonly #seen = new Set<string>();

  constructor(query: QueryResource) {
    this.#query = query;
  }

  async list(): Promise<ProgramRow[]> {
    return this.#rows(`${select} ORDER BY Name`);
  }

  /** Returns the program with this name, spelled as in the org, or undefined if there is none. Case is ignored. */
  async find(name: string): Promise<ProgramRow | undefined> {
    const rows = await this.#rows(`${select} WHERE Name = ${soqlText(name)}`);
    return rows.find((row) => row.Name === name) ?? rows[0];
  }

  /**
   * Like `find`, but throws if there is no such program.
   *
   * @throws {UnknownProgramError} with the names of the programs that the org has
   */
  async get(name: string): Promise<ProgramRow> {
    const found = await this.find(name);
    if (!found) throw new UnknownProgramError(name, await this.list());
    return found;
  }

  /**
   * Throws if an answer was empty because the program does not exist. Sends nothing for a program that was found
   * before.
   *
   * @throws {UnknownProgramError}
   */
  async mustExist(name: string): Promise<void> {
    if (!this.#seen.has(name.toLowerCase())) await this.get(name);
  }

  /**
   * Throws if an answer was empty because the program does not exist or is not active.
   *
   * @throws {UnknownProgramError}
   * @throws {InactiveProgramError}
   */
  async mustBeActive(name: string): Promise<void> {
    const { Name, Status } = await this.get(name);
    if (Status !== 'Active') throw new InactiveProgramError(Name, Status);
  }

  /** Returns the active currencies of a program, by name. @throws {UnknownProgramError} */
  async currencies(program: string): Promise<CurrencyRow[]> {
    const soql =
      `SELECT ${Object.keys(CurrencyRow.shape).join(', ')} FROM LoyaltyProgramCurrency ` +
      `WHERE LoyaltyProgram.Name = ${soqlText(program)} AND IsActive = true ORDER BY Name`;
    const rows = await this.#query.allRows(soql, CurrencyRow);
    if (rows.length === 0) await this.mustExist(program);
    return rows;
  }

  async #rows(soql: string): Promise<ProgramRow[]> {
    const rows = await this.#query.allRows(soql, ProgramRow);
    for (const { Name } of rows) this.#seen.add(Name.toLowerCase());
    return rows;
  }
}
