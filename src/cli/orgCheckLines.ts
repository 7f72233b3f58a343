import { Messages } from '@salesforce/core';
import type { CheckOrgResult } from './results/orgResults.js';
import { columns, wrapped } from './terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.check.org');

type Finding = CheckOrgResult['records'][number];

const width = Math.min(columns, 80);
/** Columns of the longest status and a space. */
const margin = 9;

/** What a person reads: the findings about the org, then those about each program, and how many there are of each kind. */
export function orgCheckLines({ records, counts }: CheckOrgResult): string[] {
  const programs = [...new Set(records.map(({ program }) => program))];
  const blocks = programs.map((program) => [
    program ?? messages.getMessage('title.org'),
    ...records.filter((record) => record.program === program).flatMap(findingLines),
    '',
  ]);
  const total = [
    messages.getMessage('count.good', [counts.good]),
    messages.getMessage('count.note', [counts.note]),
    counts.missing === 0
      ? messages.getMessage('count.nothing')
      : messages.getMessage('count.missing', [counts.missing]),
  ];
  return [...blocks.flat(), messages.getMessage('info.total', total)];
}

function findingLines({ status, message, toDo, error }: Finding): string[] {
  const word = messages.getMessage(`status.${status}`).padEnd(margin - 1);
  const why = error === undefined ? '' : ` ${error.code}: ${error.message}`;
  const [first = '', ...more] = hanging(`${message}${why}`);
  return [
    `${word} ${first}`,
    ...[...more, ...(toDo === undefined ? [] : hanging(toDo))].map((line) => ' '.repeat(margin) + line),
  ];
}

/** Lines that leave room for the status before them. All but the first are indented further. */
function hanging(sentence: string): string[] {
  return wrapped(sentence, '', width - margin);
}
