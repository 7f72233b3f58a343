import { Messages } from '@salesforce/core';
import { commandLine } from '../../base/text/commandLine.js';
import { counted } from '../../base/text/counted.js';
import type { SyncMapResult } from './syncMapResult.js';
import { countText, wrapped } from '../terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.map');

interface DraftFiles {
  readonly feed: string;
  /** File of the mapping; undefined if it was printed. */
  readonly output: string | undefined;
}

/** Returns what a person should know about a draft. */
export function draftLines(draft: SyncMapResult, { feed, output }: DraftFiles): string[] {
  const { rows, rejected, rejections, assumed, open } = draft;
  const lines = output === undefined ? [] : [messages.getMessage('info.wrote', [output])];
  if (open.length > 0) return [...lines, ...listed('info.decide', open), ...listed('info.check', assumed)];
  lines.push(
    messages.getMessage('info.tried', [
      counted(rows, 'row'),
      counted(rows - rejected, 'transaction'),
      countText(rejected),
    ]),
  );
  const next = commandLine('sync start', { file: feed, map: output ?? null, 'target-org': null, 'dry-run': true });
  return [
    ...lines,
    ...rejections.flatMap(({ message }) => wrapped(message, '  ')),
    ...listed('info.check', assumed),
    '',
    messages.getMessage('info.next', [next]),
  ];
}

function listed(title: string, sentences: readonly string[]): string[] {
  if (sentences.length === 0) return [];
  return ['', messages.getMessage(title), ...sentences.flatMap((sentence) => wrapped(sentence, '  '))];
}
