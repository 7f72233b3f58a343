import { Messages } from '@salesforce/core';
import { enrollmentStates } from '../../sync/index.js';
import { countText } from '../terminal/terminalText.js';
import type { SyncResult } from './syncResult.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync');

/** A count, its indentation, and whether it is shown even if it is 0. */
type CountLine = readonly [label: string, count: number, depth: number, always?: boolean];

const madeOf = [
  ...(['new', 'corrected', 'takenUpByItself', 'known', 'detailsDiffer', 'superseded', 'repeatAccepted'] as const),
  ...(['forgotten', 'openBefore', 'refusedBefore', 'repeated', 'conflict'] as const),
];
const origins = ['new', 'corrected', 'takenUpByItself', 'takenUpAgain', 'carriedOver'] as const;
const doneOf = ['sentNow', 'withoutEffect', 'found', 'cancelled'] as const;
const leftOf = [
  ...(['refused', 'ready', 'sent', 'unknown', 'held', 'parked', 'conflictInOrg', 'doubled', 'replaced'] as const),
];

/** Returns the counts as lines, with aligned numbers and parts below their sum. Leaves out zeros. */
export function countLines(result: SyncResult): string[] {
  return aligned(shownCounts(result));
}

/** Returns the counts with their labels. Parts are indented. */
export function labeledCounts(result: SyncResult): (readonly [label: string, count: number])[] {
  return shownCounts(result).map(([key, count, depth]) => ['– '.repeat(depth) + messages.getMessage(key), count]);
}

function shownCounts({ counts, ending, members }: SyncResult): CountLine[] {
  const { rows, transactions } = counts;
  const hasRead = rows.read > 0 || origins.every((name) => counts.items[name] === 0);
  const lines: CountLine[] = [
    ['row.read', rows.read, 0, hasRead],
    ...(['used', 'skipped', 'rejected'] as const).map((name): CountLine => [`row.${name}`, rows[name], 1]),
    ['transaction.made', transactions.made, 0, hasRead],
    ...madeOf.map((name): CountLine => [`transaction.${name}`, transactions[name], 1 + +(name === 'detailsDiffer')]),
    ...(ending === 'planned' ? plannedLines(counts.items) : deliveryLines(counts.items)),
    ...enrollmentStates.map((state): CountLine => [`member.${state}`, members?.[state] ?? 0, 0]),
  ];
  return lines.filter(([, count, , always]) => count > 0 || always === true);
}

/** Returns the lines about delivery. The total is shown only if it differs from what the run has read. */
function deliveryLines(items: SyncResult['counts']['items']): CountLine[] {
  const isMoreThanRead = items.takenUpAgain + items.carriedOver > 0;
  return [
    ...(isMoreThanRead ? totalLines(items) : []),
    ['item.done', items.done, 0, true],
    ...doneOf.map((name): CountLine => [`item.${name}`, items[name], partDepth(name)]),
    ['item.left', sumOf(items, leftOf), 0],
    ...leftOf.map((name): CountLine => [`item.${name}`, items[name], 1]),
  ];
}

/** Returns the lines of a dry run: what the org already has, and what would become of the rest. */
function plannedLines(items: SyncResult['counts']['items']): CountLine[] {
  const [total] = totalLines(items);
  return [
    ...(total ? [total] : []),
    ['item.wouldBeSent', items.ready, 1],
    ...(['found', 'cancelled'] as const).map((name): CountLine => [`item.${name}`, items[name], partDepth(name)]),
    ...leftOf.filter((name) => name !== 'ready').map((name): CountLine => [`item.${name}`, items[name], 1]),
  ];
}

function totalLines(items: SyncResult['counts']['items']): CountLine[] {
  return [
    ['item.total', sumOf(items, origins), 0],
    ...origins.map((name): CountLine => [`item.${name}`, items[name], 1]),
  ];
}

/** Returns the indentation of a part of "Done". These two count items that another part counts too. */
function partDepth(name: (typeof doneOf)[number]): number {
  return name === 'withoutEffect' || name === 'cancelled' ? 2 : 1;
}

function sumOf<K extends string>(counts: Readonly<Record<K, number>>, names: readonly K[]): number {
  return names.reduce((sum, name) => sum + counts[name], 0);
}

function aligned(lines: readonly CountLine[]): string[] {
  const texts = lines.map(
    ([key, count, depth]) => ['  '.repeat(depth) + messages.getMessage(key), countText(count)] as const,
  );
  const width = Math.max(...texts.map(([label]) => label.length));
  const digits = Math.max(...texts.map(([, count]) => count.length));
  return ['', ...texts.map(([label, count]) => `  ${label.padEnd(width)}  ${count.padStart(digits)}`)];
}
