import { Messages } from '@salesforce/core';
import { leftOf } from './progressRecord.js';
import type { ProgressRecord } from './results/progressResults.js';
import { countText } from './terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.list.progress');

type Counted = Pick<ProgressRecord, 'completed' | 'target' | 'status' | 'timesReached'>;

/** What is left in words: `2 to go`, `reached 3 times`, or both for a promotion that started again. */
export function leftText(record: Counted): string {
  const left = leftOf(record);
  const reached = reachedText(record.timesReached);
  if (left === null) return reached ?? '–';
  if (record.status === 'reached') return reached ?? messages.getMessage('word.reached');
  const toGo = messages.getMessage('word.toGo', [countText(left)]);
  return reached === undefined ? toGo : `${toGo}, ${reached}`;
}

/** `8 of 10` */
export function doneText({ completed, target }: Counted): string {
  return target === null
    ? countText(completed)
    : messages.getMessage('word.of', [countText(completed), countText(target)]);
}

function reachedText(times: number): string | undefined {
  if (times === 0) return undefined;
  return times === 1
    ? messages.getMessage('word.reached')
    : messages.getMessage('word.reachedTimes', [countText(times)]);
}
