import { product, readDecimal, writeDecimal } from '../../base/decimal.js';
import type { Decimal } from '../../base/decimal.js';
import { smallProduct } from '../../base/smallDecimal.js';
import { RowError, errorOfCell } from '../rowError.js';
import { decimalCommaHint } from './decimalComma.js';

/** Returns the product of the cells of these columns, and of any numbers after them, as text, exactly. */
export function columnProduct(
  columns: readonly string[],
  cells: readonly string[],
  decimals: number | undefined,
): string | RowError {
  return smallProduct(cells, decimals) ?? exactProduct(columns, cells, decimals);
}

function exactProduct(
  columns: readonly string[],
  cells: readonly string[],
  decimals: number | undefined,
): string | RowError {
  const factors: Decimal[] = [];
  for (const [index, cell] of cells.entries()) {
    const factor = numberOf(columns[index] ?? cell, cell);
    if (factor instanceof RowError) return factor;
    factors.push(factor);
  }
  return writeDecimal(product(factors), decimals);
}

function numberOf(from: string, value: string): Decimal | RowError {
  if (value === '') return errorOfCell('missing-value', from, '', 'is empty where a number is needed');
  const decimal = readDecimal(value);
  if (decimal !== undefined) return decimal;
  const { reason, detail, place } = errorOfCell(
    'unreadable-number',
    from,
    value,
    'is not a decimal number such as -15.30',
  );
  return new RowError(reason, detail, { ...place, mend: decimalCommaHint(from, value) });
}
