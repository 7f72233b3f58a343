import { Messages } from '@salesforce/core';
import { commandLine } from '../../base/text/commandLine.js';
import { counted } from '../../base/text/counted.js';
import { differenceStatuses } from '../../sync/index.js';
import type { OrgName } from '../orgName.js';
import type { DeliveryWords } from './syncFlags.js';
import { countText, wrapped } from '../terminal/terminalText.js';
import type { SyncVerifyResult } from './verifyResult.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.verify');

/** Differences that are shown on the screen. */
const shown = 10;

/**
 * Returns the result of a comparison as lines for a person.
 * @param delivery flags with which the run delivers otherwise than usual
 */
export function verifyLines(result: SyncVerifyResult, org: OrgName, delivery: DeliveryWords = {}): string[] {
  const { notes, results } = result;
  return [
    ...wrapped(head(result), ''),
    ...comparedLines(result),
    ...statusLines(result),
    ...exampleLines(result),
    ...(notes.length === 0 ? [] : ['', messages.getMessage('verify.notes')]),
    ...notes.flatMap(({ message }) => wrapped(message, '  ')),
    ...(results === null ? [] : ['', messages.getMessage('verify.results'), `  ${results}`]),
    ...nextLines(result, org, delivery),
  ];
}

function head({ program, run, counts, uncompared }: SyncVerifyResult): string {
  const what = run === undefined ? program : messages.getMessage('verify.ofRun', [program, run]);
  if (counts.total > 0) return messages.getMessage('verify.differs', [what, counted(counts.total, 'difference')]);
  return messages.getMessage(uncompared > 0 ? 'verify.unsure' : 'verify.same', [what]);
}

function comparedLines({ run, compared: { feedRows, transactions, journals } }: SyncVerifyResult): string[] {
  return aligned([
    ...(feedRows === undefined ? [] : [[messages.getMessage('verify.feedRows'), feedRows] as const]),
    [messages.getMessage(run === undefined ? 'verify.transactions' : 'verify.transactionsOfRun'), transactions],
    [messages.getMessage('verify.journals'), journals],
  ]);
}

function statusLines({ counts }: SyncVerifyResult): string[] {
  const found = differenceStatuses.filter((status) => counts[status] > 0);
  return aligned(found.map((status) => [messages.getMessage(`status.${status}`), counts[status]] as const));
}

function exampleLines({ records, counts }: SyncVerifyResult): string[] {
  const some = records.slice(0, shown);
  if (some.length === 0) return [];
  const title = counts.total > some.length ? 'verify.first' : 'verify.all';
  const lines = some.flatMap(({ key, feed, line, message }) => {
    const place = feed === undefined ? '' : messages.getMessage('verify.place', [feed, line ?? 0]);
    return wrapped(`${key ?? place}: ${message}`, '  ');
  });
  return ['', messages.getMessage(title), ...lines];
}

function nextLines({ counts, outbox, run }: SyncVerifyResult, org: OrgName, delivery: DeliveryWords): string[] {
  const words = { run, outbox, ...delivery, 'target-org': org };
  return [
    ...(counts.open > 0 ? ['', messages.getMessage('verify.resume', [commandLine('sync resume', words)])] : []),
    ...(counts.refused + counts.parked + counts.conflictInOrg + counts.doubled > 0
      ? ['', messages.getMessage('verify.retry', [commandLine('sync retry', words)])]
      : []),
  ];
}

function aligned(lines: readonly (readonly [label: string, count: number])[]): string[] {
  if (lines.length === 0) return [];
  const width = Math.max(...lines.map(([label]) => label.length));
  const digits = Math.max(...lines.map(([, count]) => countText(count).length));
  return ['', ...lines.map(([label, count]) => `  ${label.padEnd(width)}  ${countText(count).padStart(digits)}`)];
}
