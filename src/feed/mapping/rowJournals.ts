import type { Transaction } from '../../transaction.js';
import { RowEvaluator } from '../expressions/rowEvaluator.js';
import type { EvaluationOptions, Exceeded, RowResults } from '../expressions/rowEvaluator.js';
import { RowError } from '../rowError.js';
import { ListJournals } from './listJournals.js';
import type { ListRow } from './listJournals.js';
import { makeJournal } from './makeJournal.js';
import type { CompiledJournal, JournalResults } from './makeJournal.js';
import type { Cell } from './mappedFields.js';
import { expressionsOfJournal } from './mappedJournals.js';
import type { Mapping } from './mapping.js';
import { rowExpressions } from './rowExpressions.js';

/** A journal of a row, and what ends its key. */
export interface MadeJournal {
  readonly suffix: string | undefined;
  readonly journal: Transaction['journal'];
}

/** Where the results of a journal are among those of its row. */
interface PlacedJournal {
  readonly compiled: CompiledJournal;
  readonly from: number;
  readonly to: number;
  readonly list: ListJournals | undefined;
}

/** Makes the journals of rows, and evaluates the expressions of a mapping on the way. */
export class RowJournals implements Disposable {
  readonly #journals: readonly PlacedJournal[];
  readonly #lists: readonly ListJournals[];
  readonly #evaluator: RowEvaluator | undefined;

  constructor(mapping: Mapping, compiled: readonly CompiledJournal[], { limits, signal }: EvaluationOptions = {}) {
    const expressions = rowExpressions(mapping);
    this.#evaluator = expressions.length === 0 ? undefined : new RowEvaluator(expressions, limits, signal);
    let to = expressions.length - compiled.reduce((sum, each) => sum + countIn(each), 0);
    this.#journals = compiled.map((each) => {
      const from = to;
      to += countIn(each);
      const list = each.mapped.each === undefined ? undefined : new ListJournals(each, { limits, signal });
      return { compiled: each, from, to, list };
    });
    this.#lists = this.#journals.flatMap(({ list }) => list ?? []);
  }

  /** Why nothing can be evaluated any more. */
  get exceeded(): Exceeded | undefined {
    return this.#evaluator?.exceeded ?? this.#lists.find(({ exceeded }) => exceeded)?.exceeded;
  }

  /** Returns the results of the expressions that see a whole row. Undefined if there are none. */
  async evaluate<Row extends ListRow>(
    rows: readonly Row[],
    json: (row: Row) => string,
  ): Promise<ReadonlyMap<Row, RowResults> | undefined> {
    if (this.#evaluator === undefined) return undefined;
    const results = await this.#evaluator.evaluate(rows.map((row) => ({ line: row.start.line, json: json(row) })));
    return new Map(results.flatMap((result, index) => (rows[index] ? [[rows[index], result]] : [])));
  }

  get hasLists(): boolean {
    return this.#lists.length > 0;
  }

  /** Evaluates what sees the elements of lists, for rows that are not skipped. */
  async evaluateLists(rows: readonly ListRow[]): Promise<void> {
    for (const list of this.#lists) await list.evaluate(rows);
  }

  /** Whether the elements of a row have been evaluated. They have not if {@link exceeded} is set. */
  isEvaluated(row: ListRow): boolean {
    return this.#lists.every((list) => list.isEvaluated(row));
  }

  /** Returns all journals of a row, or why one of them cannot be made. */
  make(row: ListRow, cell: Cell, results: JournalResults): readonly MadeJournal[] | RowError {
    const [first, second] = this.#journals;
    if (first && !second && first.compiled.mapped.name === undefined) return onlyOne(first, cell, results);
    const all: MadeJournal[] = [];
    for (const { compiled, from, to, list } of this.#journals) {
      const { name } = compiled.mapped;
      const some = list ? list.make(row) : [makeJournal(compiled, cell, results.slice(from, to))];
      if (some instanceof RowError) return ofJournal(name, some);
      for (const [index, journal] of some.entries()) {
        const suffix = list === undefined ? name : `${name}:${index + 1}`;
        if (journal instanceof RowError) return ofJournal(suffix, journal);
        if (journal !== undefined) all.push({ suffix, journal });
      }
    }
    return all;
  }

  [Symbol.dispose](): void {
    this.#evaluator?.[Symbol.dispose]();
    for (const list of this.#lists) list[Symbol.dispose]();
  }
}

/** A short way for what nearly every mapping makes of a row. */
function onlyOne(
  { compiled, from }: PlacedJournal,
  cell: Cell,
  results: JournalResults,
): readonly MadeJournal[] | RowError {
  const journal = makeJournal(compiled, cell, from === 0 ? results : results.slice(from));
  if (journal instanceof RowError) return journal;
  return journal === undefined ? [] : [{ suffix: undefined, journal }];
}

/** The expressions of a list see its elements, not the row. */
function countIn({ mapped }: CompiledJournal): number {
  return mapped.each === undefined ? expressionsOfJournal(mapped).length : 0;
}

function ofJournal(suffix: string | undefined, error: RowError): RowError {
  return suffix === undefined
    ? error
    : new RowError(error.reason, `in the journal ${suffix}, ${error.detail}`, error.place);
}
