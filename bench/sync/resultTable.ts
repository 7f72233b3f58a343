import type { MeasuredLine, RoundValues } from './measure.js';

/** Returns a row of the table: the median of the rounds with the least and the most, and whether they reach the goal. */
export function tableRow(line: MeasuredLine, values: readonly number[]): string {
  const { what, unit, must, aim } = line;
  const text = (value: number | undefined): string => (value === undefined ? '–' : formatted(value, line));
  const range = `${text(median(values))} (${text(Math.min(...values))}–${text(Math.max(...values))})${unit && ` ${unit}`}`;
  return `| ${[what, range, text(must), text(aim), judged(line, values)].join(' | ')} |`;
}

export const tableHead = '| measure | median (least–most) | must | aim | must holds |\n|---|---|---|---|---|';

/** Lists the values of each line, round by round. */
export function valuesOf(name: string, rounds: readonly RoundValues[]): number[] {
  return rounds.flatMap((round) => round[name] ?? []);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

function judged({ must, better }: MeasuredLine, values: readonly number[]): string {
  if (must === undefined) return '–';
  const holds = values.filter((value) => (better === 'more' ? value >= must : value <= must)).length;
  if (holds === values.length) return 'yes';
  return holds === 0 ? 'no' : `in ${holds} of ${values.length} rounds`;
}

function formatted(value: number, { digits }: MeasuredLine): string {
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
