import type { RowResults } from '../expressions/rowEvaluator.js';
import { RowError } from '../rowError.js';
import type { ComputedColumn } from './mapping.js';

type Cells = readonly (string | null)[];

/** The cells of a row, and what expressions make in the place of columns. */
interface CellsWithComputed {
  readonly cells: Cells;
  /** Why expressions gave nothing, by the name that takes the place of a column. */
  readonly failed: ReadonlyMap<string, RowError>;
}

interface ComputedCells {
  readonly computed: readonly ComputedColumn[];
  /** Number of columns in front of them. */
  readonly columns: number;
  /** Index of the result of the first of them. */
  readonly first: number;
}

const none: ReadonlyMap<string, RowError> = new Map();

/** Appends to the cells of a row what expressions make in the place of columns. */
export function withComputed(
  cells: Cells,
  results: RowResults | undefined,
  { computed, columns, first }: ComputedCells,
): CellsWithComputed {
  if (computed.length === 0 || results === undefined || results instanceof RowError) return { cells, failed: none };
  const failed = new Map<string, RowError>();
  const texts = computed.map(({ column }, index) => {
    const result = results[index + first];
    if (result instanceof RowError) failed.set(column, result);
    return result === undefined || result instanceof RowError ? '' : String(result);
  });
  const missing = Math.max(0, columns - cells.length);
  return { cells: [...cells, ...Array.from({ length: missing }, () => null), ...texts], failed };
}
