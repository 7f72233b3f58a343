import type { JournalRow } from '../../client/index.js';
import { contentHash } from '../../transaction.js';
import type { Transaction } from '../../transaction.js';
import { contentValue } from './contentDifferences.js';

/** Every set of names under which a mapping can send the content, the usual one first. */
const nameSets: readonly (readonly string[])[] = [
  [['ActivityDate']],
  [['JournalTypeName'], ['JournalTypeId']],
  [[], ['JournalSubTypeName'], ['JournalSubTypeId']],
  [['TransactionAmount'], []],
  [[], ['Quantity']],
  [[], ['Distance']],
].reduce<string[][]>((sets, choices) => sets.flatMap((set) => choices.map((choice) => [...set, ...choice])), [[]]);

/**
 * Compares journals with transactions of which only the hash of the content is left. A hash does not tell which fields
 * were sent, so every set of them is tried, first that of the transaction before.
 */
export class HashedContent {
  #latest: readonly string[] = nameSets[0] ?? [];

  /** Returns whether a journal has the content with this hash. The member is compared apart, so it is taken as given. */
  isSame(content: string, member: string, journal: JournalRow): boolean {
    const matches = (names: readonly string[]): boolean => {
      const fields = fieldsOf(names, journal);
      return fields !== undefined && contentHash({ key: '', member, journal: fields }) === content;
    };
    if (matches(this.#latest)) return true;
    const found = nameSets.find(matches);
    if (found) this.#latest = found;
    return found !== undefined;
  }
}

/** Returns undefined if the journal does not have all of these fields. */
function fieldsOf(names: readonly string[], journal: JournalRow): Transaction['journal'] | undefined {
  const fields: Transaction['journal'] = {};
  for (const name of names) {
    const value = contentValue(name, journal);
    if (value === null || value === undefined) return undefined;
    fields[name] = value;
  }
  return fields;
}
