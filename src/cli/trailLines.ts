import { Messages } from '@salesforce/core';
import { doneText, leftText } from './progressWords.js';
import type { TrailRecord, TrailStepRecord } from './results/trailResults.js';
import { numberColumn } from './terminal/tableLayout.js';
import { countText, dateText, progressText } from './terminal/terminalText.js';
import { isReached } from './trailRecord.js';
import type { SectionTable } from './voucherTable.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.list.trails');

/** A bar of ten blocks leaves room for names and dates. */
const narrow = 80;

/** The steps of a trail. A step without an end has no date. */
export function trailTable({ steps }: Pick<TrailRecord, 'steps'>): SectionTable {
  const ends = steps.some(({ endDate }) => endDate !== null) ? ['until'] : [];
  return { columns: ['step', 'progress', numberColumn('done'), 'left', ...ends], data: steps.map(stepRow) };
}

function stepRow(step: TrailStepRecord): Record<string, string> {
  return {
    step: step.name ?? '–',
    progress: progressText(step.percent, narrow),
    ...doneAndLeft(step),
    until: dateText(step.endDate),
  };
}

/** Values that are not numbers are shown as the org has them. */
function doneAndLeft(step: TrailStepRecord): { readonly done: string; readonly left: string } {
  const { completed, target, currentValue, targetValue } = step;
  if (completed === null) return { done: [currentValue, targetValue].filter(Boolean).join(' / ') || '–', left: '–' };
  const status = isReached(step) ? ('reached' as const) : ('open' as const);
  const counted = { completed, target, status, timesReached: 0 };
  return { done: doneText(counted), left: leftText(counted) };
}

/** What is below the table: how often the trail can be completed, and what it gives. */
export function trailSentences({ timesPossible, timesLeft, rewards }: TrailRecord): string[] {
  const { points, vouchers, badges } = rewards;
  const given = [
    ...points.map((each) => `${countText(each.points)} ${each.currency ?? '–'}`),
    ...vouchers.map(({ voucher }) => messages.getMessage('word.voucher', [voucher ?? '–'])),
    ...badges.map(({ badge }) => messages.getMessage('word.badge', [badge ?? '–'])),
  ];
  const again = messages.getMessage('info.times', [countText(timesPossible), countText(timesLeft)]);
  return [
    ...(timesPossible === null || timesLeft === null ? [] : [again]),
    ...(given.length === 0 ? [] : [messages.getMessage('info.rewards', [given.join(', ')])]),
  ];
}
