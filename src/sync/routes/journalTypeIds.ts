import { soqlText } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';

/** Finds the Ids of journal types and subtypes, and remembers them. */
export class JournalTypeIds {
  readonly #query: LoyaltyClient['query'];
  readonly #ids = new Map<string, string>();

  constructor(query: LoyaltyClient['query']) {
    this.#query = query;
  }

  /**
   * @param field `JournalTypeId` or `JournalSubTypeId`
   * @param type name of the type of a subtype: names of subtypes can occur more than once in an org
   */
  async find(field: string, name: string, type: string | undefined): Promise<string | undefined> {
    const isType = field === 'JournalTypeId';
    const ofType = isType || type === undefined ? '' : ` AND JournalType.Name = ${soqlText(type)}`;
    const from = `FROM ${isType ? 'JournalType' : 'JournalSubType'} WHERE Name = ${soqlText(name)}${ofType}`;
    const known = this.#ids.get(from);
    if (known !== undefined) return known;
    const [row] = await this.#query.all(`SELECT Id ${from} LIMIT 1`);
    const id = row?.['Id'];
    if (typeof id !== 'string') return undefined;
    this.#ids.set(from, id);
    return id;
  }
}
