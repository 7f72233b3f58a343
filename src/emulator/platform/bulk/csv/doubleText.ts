/**
 * Formats a number as the platform writes doubles in CSV: `45.0`, `9.12260031E8`, `1.0E-4`. The guide's samples show
 * `9.12260031E8` for 912260031. It is inferred that all numbers have the form of Java's `Double.toString`.
 */
export function doubleText(number: number): string {
  const size = Math.abs(number);
  if (size === 0) return '0.0';
  if (size >= 1e-3 && size < 1e7) {
    const text = String(number);
    return text.includes('.') ? text : `${text}.0`;
  }
  const [digits = '', exponent = ''] = number.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
}

/** Formats the number in a cell of an upload. Returns any other text unchanged. */
export function doubleCell(cell: string): string {
  const number = cell.trim() === '' ? Number.NaN : Number(cell);
  return Number.isFinite(number) ? doubleText(number) : cell;
}
