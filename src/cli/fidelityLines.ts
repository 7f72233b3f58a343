import { Messages } from '@salesforce/core';
import type { VerifyFidelityResult } from './results/fidelityResults.js';
import { columns, wrapped } from './terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.verify.fidelity');

const width = Math.min(columns, 80);

/** Returns the result as text: deviations, unclear probes, records left in the org, and counts. */
export function fidelityLines({ records, counts, left }: VerifyFidelityResult): string[] {
  return [
    ...section('info.differs', records, 'differs'),
    ...section('info.unclear', records, 'unclear'),
    ...leftLines(left),
    messages.getMessage('info.counts', [
      counts.held,
      `${counts.differs} ${counts.differs === 1 ? 'differs' : 'differ'}`,
      counts.unclear,
    ]),
  ];
}

type Records = VerifyFidelityResult['records'];

function section(title: string, records: Records, status: Records[number]['status']): string[] {
  const some = records.filter((record) => record.status === status);
  if (some.length === 0) return [];
  const lines = some.flatMap(({ key, assumption, seen, reason }) => [
    ...wrapped(`${key}: ${assumption}`, '  ', width),
    ...wrapped(seen === undefined ? (reason ?? '') : messages.getMessage('info.seen', [seen]), '      ', width),
  ]);
  return [messages.getMessage(title), ...lines, ''];
}

/** Ids are grouped by object, because there can be dozens of journals. `--json` lists all of them. */
const shown = 3;

function leftLines(left: VerifyFidelityResult['left']): string[] {
  if (left.length === 0) return [];
  const byObject = Map.groupBy(left, ({ object }) => object);
  const lines = [...byObject].flatMap(([object, records]) => {
    const ids = records.slice(0, shown).map(({ id }) => id);
    const more = records.length > shown ? ', …' : '';
    return wrapped(`${object}, ${records.length}: ${ids.join(', ')}${more}`, '  ', width);
  });
  return [messages.getMessage('info.left'), ...lines, ''];
}
