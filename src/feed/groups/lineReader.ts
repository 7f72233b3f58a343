import { controlCharacter, hasControlCharacter } from '../controlCharacter.js';
import { RowEvaluator } from '../expressions/rowEvaluator.js';
import type { EvaluationOptions, Exceeded, RowResults } from '../expressions/rowEvaluator.js';
import { withComputed } from '../mapping/computedCells.js';
import type { LineCell } from '../mapping/mappedFields.js';
import { rowExpressions } from '../mapping/rowExpressions.js';
import type { FeedRow, FeedTable } from '../mapping/rowMapper.js';
import { errorOfIssue } from '../mapping/rowRejection.js';
import { errorOfCell, RowError } from '../rowError.js';
import type { GroupLine } from './groupLine.js';

type LineTable<Row extends FeedRow> = Omit<FeedTable<Row>, 'journals'>;

/** Reads rows as lines of groups: whether they are skipped, and to which group they belong. */
export class LineReader<Row extends FeedRow> implements Disposable {
  readonly #table: LineTable<Row>;
  readonly #index: ReadonlyMap<string, number>;
  readonly #columns: readonly string[];
  readonly #evaluator: RowEvaluator | undefined;
  #rows: number;

  /** @param rows number of rows of the feed before the first one that will be read */
  constructor(table: LineTable<Row>, rows: number, { limits, signal }: EvaluationOptions) {
    const { mapping, columns } = table;
    this.#table = table;
    this.#rows = rows;
    this.#columns = mapping.group?.columns ?? [];
    const all = [...columns, ...mapping.computed.map(({ column }) => column)];
    this.#index = new Map(all.map((column, index) => [column, index]));
    const expressions = rowExpressions({ ...mapping, enroll: undefined, journals: [] });
    this.#evaluator = expressions.length === 0 ? undefined : new RowEvaluator(expressions, limits, signal);
  }

  /** Why no more rows can be read. */
  get exceeded(): Exceeded | undefined {
    return this.#evaluator?.exceeded;
  }

  /** Returns one line for each row, in order, or fewer if {@link exceeded} is then set. */
  async read(rows: readonly Row[]): Promise<GroupLine<Row>[]> {
    const results = await this.#evaluate(rows);
    const lines: GroupLine<Row>[] = [];
    for (const row of rows) {
      const ofRow = results?.get(row);
      if (results && ofRow === undefined && this.#isEvaluable(row)) break;
      lines.push(this.#line(row, ofRow));
      this.#rows++;
    }
    return lines;
  }

  [Symbol.dispose](): void {
    this.#evaluator?.[Symbol.dispose]();
  }

  async #evaluate(all: readonly Row[]): Promise<ReadonlyMap<Row, RowResults> | undefined> {
    if (this.#evaluator === undefined) return undefined;
    const rows = all.filter((row) => this.#isEvaluable(row));
    const texts = rows.map((row) => ({ line: row.start.line, json: this.#table.json(row) }));
    const results = await this.#evaluator.evaluate(texts);
    return new Map(results.flatMap((result, index) => (rows[index] ? [[rows[index], result]] : [])));
  }

  #isEvaluable(row: Row): boolean {
    return (row.issue === undefined || row.issue.code === 'nested') && !this.#table.isVoid(row);
  }

  #line(row: Row, results: RowResults | undefined): GroupLine<Row> {
    const at = { offset: row.start.offset, line: row.start.line, rows: this.#rows };
    const skip = this.#table.isVoid(row) || this.#skip(results);
    if (skip === true) return { kind: 'skipped', row, at };
    const { mapping, columns, wholeText } = this.#table;
    const place = { computed: mapping.computed, columns: columns.length, first: mapping.skip === undefined ? 0 : 1 };
    const { cells, failed } = withComputed(row.cells, results, place);
    const cell = this.#cell(cells, row);
    const parts = this.#columns.map((column) => {
      const value = cell(column);
      return value === '' || hasControlCharacter(value) ? null : value;
    });
    const [failure] = failed.values();
    const error =
      errorOfIssue(row, this.#table) ??
      (skip instanceof RowError ? skip : undefined) ??
      failure ??
      this.#errorOfParts(parts, cell);
    const text = row.cells.length === 0 ? wholeText(row) : undefined;
    return { kind: 'line', row, at, cell, parts, text, error };
  }

  #cell(cells: FeedRow['cells'], { start }: Row): LineCell {
    const read = (column: string): string => cells[this.#index.get(column) ?? -1]?.trim() ?? '';
    return Object.assign(read, { line: start.line, title: `${this.#table.unit ?? 'line'} ${start.line}` });
  }

  #skip(results: RowResults | undefined): boolean | RowError {
    if (this.#table.mapping.skip === undefined || results === undefined) return false;
    const result = results instanceof RowError ? results : results[0];
    if (typeof result === 'boolean' || result instanceof RowError) return result;
    if (result === undefined) return false;
    return new RowError('expression-failed', `the expression of skip gives "${result}", not true or false`);
  }

  #errorOfParts(parts: readonly (string | null)[], cell: LineCell): RowError | undefined {
    if (!parts.includes(null)) return undefined;
    const column = this.#columns[parts.indexOf(null)] ?? '';
    const value = cell(column);
    if (value !== '') return controlCharacter(column, value);
    return errorOfCell('missing-key', column, '', 'is empty, so the row belongs to no group');
  }
}
