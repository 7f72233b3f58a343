import { countedName } from './progressRecord.js';
import { doneText, leftText } from './progressWords.js';
import type { NamedProgressRecord, ProgressRecord } from './results/progressResults.js';
import { terminalColumns, progressText } from './terminal/terminalText.js';
import { numberColumn } from './terminal/tableLayout.js';

interface ProgressTable {
  readonly columns: (ReturnType<typeof numberColumn> | string)[];
  readonly data: Record<string, string>[];
}

/** Columns from which a table of many members has room for everything. */
const wide = 100;
/** Columns of a terminal for which a bar is short. */
const narrow = 80;

/** Progress of one member. @param available columns of the terminal */
export function progressTable(records: readonly ProgressRecord[], available?: number): ProgressTable {
  return {
    columns: ['promotion', 'progress', numberColumn('done'), 'left'],
    data: records.map((record) => rowOf(record, available)),
  };
}

/**
 * Progress of many members, each with its name. In a narrow terminal it has either a bar or numbers, and no room for
 * earlier rewards beside a bar.
 *
 * @param isOpen nobody has reached the target, so that a bar says more than numbers
 * @param available columns of the terminal
 */
export function membersProgressTable(
  records: readonly NamedProgressRecord[],
  isOpen: boolean,
  available = terminalColumns,
): ProgressTable {
  const isWide = available >= wide;
  const progress = isWide || isOpen ? ['progress'] : [];
  const done = isWide || !isOpen ? [numberColumn('done')] : [];
  return {
    columns: ['member', 'name', 'promotion', ...progress, ...done, 'left'],
    data: records.map((record) => ({
      ...{ member: record.member, name: record.name ?? '–', ...rowOf(record, narrow) },
      ...(isOpen && !isWide && { left: leftText({ ...record, timesReached: 0 }) }),
    })),
  };
}

function rowOf(record: ProgressRecord, available?: number): Record<string, string> {
  return {
    promotion: countedName(record),
    progress: progressText(record.percent, available),
    done: doneText(record),
    left: leftText(record),
  };
}
