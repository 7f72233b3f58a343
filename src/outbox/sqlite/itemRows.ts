import type { SQLOutputValue } from '../../base/sqlite/sqlite.js';
import { personStates } from '../item.js';
import type { ItemState, OutboxItem } from '../item.js';

export type ItemRow = Record<string, SQLOutputValue>;

/** The columns that `toItem` reads. The payload is deleted once an item is done. */
export const itemColumns =
  'item.seq, item.key, item.member, payload.journal, item.state, item.attempts, item.mend, item.counted';
export const itemTables = 'item LEFT JOIN payload ON payload.item = item.seq';

/**
 * A condition on rows of `item`. It is written exactly as in the index `item_person`, so that SQLite uses the index.
 */
export const needsPerson = `state IN (${personStates.map((state) => `'${state}'`).join(', ')})`;

/** Values of a column of a lane: the member has not been looked up yet, the program has the member, or it does not. */
export const checkedItem = { no: 0, found: 1, absent: 2 } as const;

export function toItem(row: ItemRow): OutboxItem {
  return {
    seq: Number(row['seq']),
    key: String(row['key']),
    member: String(row['member']),
    journal: JSON.parse(optionalText(row['journal']) ?? '{}') as OutboxItem['journal'],
    state: row['state'] as ItemState,
    attempts: Number(row['attempts']),
    mayMend: row['mend'] === 1,
    counted: Number(row['counted']),
  };
}

export function optionalText(value: SQLOutputValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function optionalNumber(value: SQLOutputValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** Converts 1, 0 or NULL. */
export function optionalFlag(value: SQLOutputValue | undefined): boolean | undefined {
  return value === null || value === undefined ? undefined : value === 1;
}
