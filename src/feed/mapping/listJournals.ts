import type { Mark } from '../../base/rowBytes.js';
import type { Transaction } from '../../transaction.js';
import { RowEvaluator } from '../expressions/rowEvaluator.js';
import type { EvaluationOptions, Exceeded, RowResults } from '../expressions/rowEvaluator.js';
import { RowError, errorOfCell } from '../rowError.js';
import { rowAsJson, rowPerElement } from './listElements.js';
import { makeJournal } from './makeJournal.js';
import type { CompiledJournal } from './makeJournal.js';
import { expressionsOfJournal } from './mappedJournals.js';
import { nestedValue } from './nestedValue.js';

/** A row that may have lists. */
export interface ListRow {
  /** The object that the row is, if it is one. */
  readonly value?: Readonly<Record<string, unknown>> | undefined;
  readonly start: Mark;
}

/** Makes a journal of each element of a list. */
export class ListJournals implements Disposable {
  readonly #compiled: CompiledJournal;
  readonly #path: string;
  readonly #evaluator: RowEvaluator | undefined;
  #results = new Map<ListRow, readonly RowResults[]>();

  constructor(compiled: CompiledJournal, { limits, signal }: EvaluationOptions) {
    this.#compiled = compiled;
    this.#path = compiled.mapped.each ?? '';
    const expressions = expressionsOfJournal(compiled.mapped);
    this.#evaluator = expressions.length === 0 ? undefined : new RowEvaluator(expressions, limits, signal);
  }

  get exceeded(): Exceeded | undefined {
    return this.#evaluator?.exceeded;
  }

  /** Evaluates the expressions for the elements of these rows, and forgets those of earlier rows. */
  async evaluate(rows: readonly ListRow[]): Promise<void> {
    this.#results = new Map();
    if (this.#evaluator === undefined) return;
    const counts = rows.map((row) => this.#elements(row).length);
    const texts = rows.flatMap((row) =>
      this.#elements(row).map((element) => ({
        line: row.start.line,
        // Made when it is needed: together, the copies of a long row may be large.
        get json(): string {
          return rowAsJson(element);
        },
      })),
    );
    const results = await this.#evaluator.evaluate(texts);
    let next = 0;
    for (const [index, row] of rows.entries()) {
      const count = counts[index] ?? 0;
      if (next + count > results.length) return;
      this.#results.set(row, results.slice(next, (next += count)));
    }
  }

  isEvaluated(row: ListRow): boolean {
    return this.#evaluator === undefined || this.#results.has(row);
  }

  /** Returns what each element becomes; undefined for one that does not meet the condition. */
  make(row: ListRow): readonly (Transaction['journal'] | RowError | undefined)[] | RowError {
    const elements = rowPerElement(row.value ?? {}, this.#path);
    if ('issue' in elements) return errorOfCell('nested-value', this.#path, '', elements.issue);
    const results = this.#results.get(row) ?? [];
    return elements.map((element, index) => this.#makeOne(element, results[index] ?? []));
  }

  [Symbol.dispose](): void {
    this.#evaluator?.[Symbol.dispose]();
  }

  #elements(row: ListRow): readonly Readonly<Record<string, unknown>>[] {
    const elements = rowPerElement(row.value ?? {}, this.#path);
    return 'issue' in elements ? [] : elements;
  }

  #makeOne(
    element: Readonly<Record<string, unknown>>,
    results: RowResults,
  ): Transaction['journal'] | RowError | undefined {
    if (results instanceof RowError) return results;
    let nested: RowError | undefined;
    const journal = makeJournal(
      this.#compiled,
      (column) => {
        const value = nestedValue(element, column);
        if ('text' in value) return value.text.trim();
        nested ??= errorOfCell('nested-value', column, '', value.issue);
        return '';
      },
      results,
    );
    return journal === undefined ? undefined : (nested ?? journal);
  }
}
