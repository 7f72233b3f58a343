import { Messages } from '@salesforce/core';
import { commandLine } from '../base/text/commandLine.js';
import { counted } from '../base/text/counted.js';
import type { GenerateFeedResult } from './results/feedResults.js';
import { wrapped } from './terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.generate.feed');

/** What a person reads about a generated feed. */
export function generatedFeedLines({ file, counts }: GenerateFeedResult): string[] {
  const { rows, transactions, purchases, returns, duplicates, late, bad, badByReason, members } = counts;
  const found = [
    messages.getMessage('info.transactions', [
      counted(transactions, 'transaction'),
      counted(members, 'member'),
      late === 0
        ? counted(purchases, 'purchase')
        : messages.getMessage('word.late', [counted(purchases, 'purchase'), counted(late, 'late one')]),
      counted(returns, 'return'),
    ]),
    ...(duplicates > 0 ? [messages.getMessage('info.duplicates', [counted(duplicates, 'duplicate')])] : []),
    ...(bad > 0 ? [messages.getMessage('info.bad', [counted(bad, 'bad row'), reasonsText(badByReason)])] : []),
  ];
  const summary =
    file === undefined
      ? messages.getMessage('info.rows', [counted(rows, 'row')])
      : messages.getMessage('info.written', [counted(rows, 'row'), file]);
  return [...wrapped(summary, ''), ...found.flatMap((line) => wrapped(line, '  '))];
}

/** The files beside the feed, and the commands that take them. @param program name, if there is a definition */
export function feedFileLines(result: GenerateFeedResult, program: string | undefined): string[] {
  const { file, membersFile, mapFile, answersFile } = result;
  const enroll = membersFile && commandLine('enroll member', { file: membersFile, program });
  const sync = file && mapFile && commandLine('sync start', { file, map: mapFile, program });
  const answers = answersFile ? wrapped(messages.getMessage('info.answers', [answersFile]), '') : [];
  const next = [enroll, sync].filter((line) => line !== undefined);
  return [
    ...answers,
    ...(next.length > 0 ? [messages.getMessage('info.next'), ...next.map((line) => `  ${line}`)] : []),
  ];
}

function reasonsText(byReason: GenerateFeedResult['counts']['badByReason']): string {
  return Object.entries(byReason)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${count} ${reason.replaceAll('-', ' ')}`)
    .join(', ');
}
