import type { SQLOutputValue } from '../../base/sqlite.js';
import type { ItemState, OutboxItem } from '../outbox.js';

export type Row = Record<string, SQLOutputValue>;

export const itemColumns = 'seq, key, member, journal, state, attempts';

/** Column of a lane: nobody has looked for the member in the org yet, the program has it, or has it not. */
export const checked = { no: 0, found: 1, absent: 2 } as const;

export function toItem(row: Row): OutboxItem {
  return {
    seq: Number(row['seq']),
    key: String(row['key']),
    member: String(row['member']),
    journal: JSON.parse(String(row['journal'])) as OutboxItem['journal'],
    state: row['state'] as ItemState,
    attempts: Number(row['attempts']),
  };
}

export function optionalText(value: SQLOutputValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function optionalNumber(value: SQLOutputValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
