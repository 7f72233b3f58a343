import { goalWords, measureText } from '../../insight/index.js';
import type { ProgramReport } from '../../insight/index.js';
import { numbers } from './reportTable.js';
import type { ReportTable } from './reportTable.js';

export function goalTable({ goals }: ProgramReport): ReportTable {
  const data = goals.map(({ title, state, value, expected, number, unit, atMost, date }) => ({
    goal: title,
    state: goalWords[state],
    now: measureText(value, unit),
    expected: measureText(expected, unit),
    target: `${atMost ? '≤ ' : ''}${measureText(number, unit)}`,
    date,
  }));
  return { title: 'Goals', columns: ['goal', 'state', ...numbers('now', 'expected', 'target'), 'date'], data };
}
