import { Messages } from '@salesforce/core';
import type { SyncResult } from '../results.js';
import { countText, wrapped } from '../text.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync');

/** Reasons shown on a screen; the results files have all problems. */
const shown = 10;

/** The report of a run as lines for a person. */
export function reportLines(result: SyncResult): string[] {
  return [...head(result), ...counts(result), ...problems(result), ...next(result)];
}

function head({ run, program, ending, stopped }: SyncResult): string[] {
  const lines = [messages.getMessage('report.head', [run, program, messages.getMessage(`ending.${ending}`)])];
  if (stopped) lines.push(`${stopped.code}: ${stopped.message}`);
  return lines;
}

/** Numbers aligned, parts below their sum, and only those that say something. */
function counts({ counts: { rows, transactions }, retried }: SyncResult): string[] {
  const entries: [string, number][] = [
    ...pairs('row', rows, ['read', 'used', 'skipped', 'rejected']),
    ...pairs('transaction', transactions, ['made', 'duplicate', 'conflict', 'accepted']),
    ...pairs('item', transactions, ['done', 'refused', 'ready', 'sent', 'unknown', 'held', 'parked']),
    ['item.retried', retried],
  ];
  const said = entries.filter(([key, count]) => count > 0 || always.has(key));
  const texts = said.map(([key, count]) => [indentOf(key) + messages.getMessage(key), countText(count)] as const);
  const width = Math.max(...texts.map(([label]) => label.length));
  const digits = Math.max(...texts.map(([, count]) => count.length));
  return ['', ...texts.map(([label, count]) => `  ${label.padEnd(width)}  ${count.padStart(digits)}`)];
}

/** Message files lose blanks at the beginning of a line. */
function indentOf(key: string): string {
  if (key.startsWith('item.')) return '    ';
  return sums.has(key) ? '' : '  ';
}

const sums = new Set(['row.read', 'transaction.made']);
const always = new Set(['row.read', 'row.rejected', 'transaction.accepted', 'item.done']);

function pairs<K extends string>(
  kind: string,
  counts: Readonly<Record<K, number>>,
  keys: readonly K[],
): [string, number][] {
  return keys.map((key) => [`${kind}.${key}`, counts[key]]);
}

function problems({ reasons }: SyncResult): string[] {
  if (reasons.length === 0) return [];
  const lines = reasons.slice(0, shown).flatMap(({ status, code, count, example }) => {
    const reason = code === undefined ? status : `${status}, ${code}`;
    return wrapped(`${countText(count)} × ${reason}: ${example}`, '  ');
  });
  const more = reasons.slice(shown).reduce((sum, { count }) => sum + count, 0);
  if (more > 0) lines.push(`  ${messages.getMessage('report.more', [countText(more)])}`);
  return ['', messages.getMessage('report.problems'), ...lines];
}

function next({ counts, ending, run, outbox, results, stopped }: SyncResult): string[] {
  const lines = results === null ? [] : ['', messages.getMessage('report.results', [results])];
  if (stopped?.action !== undefined) lines.push(stopped.action);
  if (ending === 'running') lines.push(messages.getMessage('report.running'));
  if (!['complete', 'planned'].includes(ending)) lines.push(messages.getMessage('report.resume', [run, outbox]));
  else if (counts.transactions.refused > 0) lines.push(messages.getMessage('report.retry', [run, outbox]));
  return lines;
}
