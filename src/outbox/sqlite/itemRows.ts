import type { SQLOutputValue } from '../../base/sqlite/sqlite.js';
import { openStates, personStates } from '../item.js';
import type { BareItem, ItemState, OutboxItem } from '../item.js';

export type ItemRow = Record<string, SQLOutputValue>;

/** The columns that {@link toBareItem} reads. An item without a state of its own is ready. */
export const bareColumns = 'item.seq, item.key, item.member, own.state, own.attempts, own.mend';
/** The columns that {@link toItem} reads, and the tables that have them. */
export const itemColumns = `${bareColumns}, payload.journal`;
export const itemTables =
  'item LEFT JOIN payload ON payload.item = item.seq LEFT JOIN item_state AS own ON own.item = item.seq';

/** The same for items that have a state of their own. */
export const ownStateTables =
  'item_state AS own JOIN item ON item.seq = own.item LEFT JOIN payload ON payload.item = own.item';

/** Conditions on rows of `item_state`, written exactly as in its indexes, so that SQLite uses them. */
export const needsPerson = stateIn(personStates);
export const isOpen = stateIn(openStates);

export function toItem(row: ItemRow): OutboxItem {
  return { ...toBareItem(row), journal: toContent(row) };
}

export function toContent({ journal }: ItemRow): OutboxItem['journal'] {
  return JSON.parse(optionalText(journal) ?? '{}') as OutboxItem['journal'];
}

export function toBareItem(row: ItemRow): BareItem {
  return {
    seq: Number(row['seq']),
    key: String(row['key']),
    member: String(row['member']),
    state: (row['state'] ?? 'ready') as ItemState,
    attempts: Number(row['attempts']),
    mayMend: row['mend'] === 1,
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

function stateIn(states: readonly ItemState[]): string {
  return `state IN (${states.map((state) => `'${state}'`).join(', ')})`;
}
