import { endedGroupsInMemory } from '../feed.js';
import type { FeedEntry } from '../feed.js';
import { FeedError } from '../feedError.js';
import { checkJournal, compileJournals } from '../mapping/journalFieldReaders.js';
import type { JournalTarget } from '../mapping/journalTarget.js';
import type { CompiledJournal } from '../mapping/makeJournal.js';
import type { Mapping } from '../mapping/mapping.js';
import { RowMapper } from '../mapping/rowMapper.js';
import { rowJson, rowOfText } from '../ndjsonFeedFormat.js';
import { RowJournals } from '../mapping/rowJournals.js';
import { usedMapping } from '../mapping/usedMapping.js';
import { compileEnrollment } from '../members/compileEnrollment.js';
import type { RowEnrollment } from '../members/rowEnrollment.js';
import { noObjectOf, objectLine } from './objectLine.js';
import type { FeedRow } from '../mapping/rowMapper.js';

/** Turns objects into transactions by a mapping, each for itself. A value counts as in a line of NDJSON. */
export class ObjectRows {
  readonly #mapping: Mapping;
  readonly #compiled: readonly CompiledJournal[];
  readonly #enrollment: RowEnrollment | undefined;
  readonly #name: string;
  readonly #columns: readonly string[];

  /**
   * @param name how messages name the rows
   * @throws {FeedError} if the mapping does not fit the org, numbers or groups rows, or makes several journals: each
   * object stands alone
   */
  constructor(mapping: Mapping, { target, name }: { readonly target: JournalTarget; readonly name: string }) {
    if (mapping.key.occurrenceWithin !== undefined || mapping.key.occurrenceWithinFeed) {
      const message = `${mapping.name} numbers rows (${mapping.key.occurrenceWithinFeed ? 'occurrenceWithinFeed' : 'occurrenceWithin'}), but each object stands alone.`;
      throw new FeedError('mapping-invalid', message, ['Give the key a column that tells the rows apart.']);
    }
    if (mapping.journals.some(({ name: suffix }) => suffix !== undefined)) {
      const message = `${mapping.name} makes several journals of a row (journals), but each object becomes one.`;
      throw new FeedError('mapping-invalid', message, ['Push one object for each journal, with a mapping of its own.']);
    }
    if (mapping.group !== undefined) {
      const message = `${mapping.name} groups rows (group), but each object stands alone.`;
      throw new FeedError('mapping-invalid', message, ['Push the lines of a purchase as one object.']);
    }
    checkJournal(mapping, target);
    this.#mapping = usedMapping(mapping, target);
    this.#compiled = compileJournals(mapping, target);
    this.#enrollment = compileEnrollment(mapping, target);
    this.#name = name;
    this.#columns = [...new Set(this.#mapping.columns.map(({ column }) => column))];
  }

  /** Returns one entry for each object, in order. */
  async entries(objects: readonly object[]): Promise<readonly FeedEntry[]> {
    const rows = objects.map((object) => this.#row(object));
    const entries: FeedEntry[] = [];
    // There are fewer entries than rows if several expressions exceed their limits. The others go on behind them.
    while (entries.length < rows.length) entries.push(...(await this.#some(rows.slice(entries.length))));
    return entries;
  }

  async #some(rows: readonly FeedRow[]): Promise<readonly FeedEntry[]> {
    using journals = new RowJournals(this.#mapping, this.#compiled);
    const made = { journals, enrollment: this.#enrollment };
    const shared = { mapping: this.#mapping, ...made, feed: this.#name, columns: this.#columns };
    const isVoid = (): boolean => false;
    const wholeText = (): undefined => undefined;
    const table = { ...shared, unit: 'row', json: rowJson, isVoid, wholeText } as const;
    return await new RowMapper(table, { endedGroups: endedGroupsInMemory(), countedRows: 0 }, 0).entries(rows);
  }

  #row(object: object): FeedRow {
    const read = rowOfText(objectLine(object), this.#columns);
    if (read.issue?.code !== 'not-json') return read;
    const { detail, raw } = noObjectOf(read.raw());
    return { ...read, issue: { ...read.issue, detail }, raw: () => raw };
  }
}
