import { Messages } from '@salesforce/core';
import { counted } from '../../base/text/counted.js';
import type { ListSegmentsResult } from '../results/segmentResults.js';
import { countText } from '../terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.list.segments');

/** What is said of the members of a segment besides their table. */
export function segmentLines({ file, counts }: ListSegmentsResult, segment: string): string[] {
  const { members, listed, unwilling } = counts;
  if (members === 0) return [messages.getMessage('info.empty', [segment])];
  const willing = members - unwilling;
  return [
    ...(file === undefined
      ? []
      : [messages.getMessage('info.written', [countText(listed), counted(members, 'member')])]),
    ...(unwilling > 0 ? [messages.getMessage('info.unwilling', [counted(unwilling, 'member')])] : []),
    ...(listed < willing ? [messages.getMessage('info.more', [countText(listed), counted(willing, 'member')])] : []),
  ];
}
