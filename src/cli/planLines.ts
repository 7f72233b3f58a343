import { Messages } from '@salesforce/core';
import { counted } from '../base/text/counted.js';
import type { CreateProgramResult } from './results/programResults.js';
import { columns, wrapped } from './terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.create.program');

type Planned = CreateProgramResult['records'][number];
type PlannedValue = Planned['fields'][number]['to'];

const width = Math.min(columns, 80);
/** In the order in which they are printed: what needs a person comes last, next to the summary. */
const shown = ['create', 'change', 'delete', 'cannot'] as const;

/** What a person reads of a plan: what is written with all values, what stays, and the summary. */
export function planLines({ records, untouched, counts }: CreateProgramResult): string[] {
  const skipped = records.filter(({ action, reason }) => action === 'leave' && reason !== undefined);
  const left = untouched.map(({ object, key }) => `  ${object} "${key}"`);
  return [
    ...shown.flatMap((action) => groupLines(records, action)),
    ...(skipped.length === 0 ? [] : [messages.getMessage('title.leave'), ...skipped.flatMap(entryLines), '']),
    ...(left.length === 0 ? [] : [messages.getMessage('title.untouched'), ...left, '']),
    ...wrapped(summaryLine(counts, untouched.length), '', width),
  ];
}

/** What a person reads of a plan where there is no room for all of it: what cannot be, and the summary. */
export function briefPlanLines({ records, untouched, counts }: CreateProgramResult): string[] {
  return [...groupLines(records, 'cannot'), ...wrapped(summaryLine(counts, untouched.length), '', width)];
}

function groupLines(records: readonly Planned[], action: (typeof shown)[number]): string[] {
  const entries = records.filter((record) => record.action === action);
  return entries.length === 0 ? [] : [messages.getMessage(`title.${action}`), ...entries.flatMap(entryLines), ''];
}

function entryLines({ object, key, fields, action, reason, place }: Planned): string[] {
  return [
    ...wrapped(`${object} "${key}"`, '  ', width),
    ...fields.flatMap(({ field, from, to }) => {
      if (field === 'Name' && to === key) return [];
      const text =
        action === 'change' || from !== null
          ? `${field}: ${valueText(from)} → ${valueText(to)}`
          : `${field}: ${valueText(to)}`;
      return wrapped(text, '    ', width);
    }),
    ...(reason === undefined ? [] : wrapped(reasonText(reason, place), '    ', width)),
  ];
}

function reasonText(reason: string, place: Planned['place']): string {
  return place === undefined ? reason : messages.getMessage('info.place', [place.file, place.line, reason]);
}

function valueText(value: PlannedValue): string {
  if (value === null) return messages.getMessage('word.nothing');
  return typeof value === 'string' ? `"${value}"` : String(value);
}

function summaryLine(counts: CreateProgramResult['counts'], untouched: number): string {
  const { create, change, leave, delete: deleted, cannot } = counts;
  const parts = [
    messages.getMessage('count.create', [create]),
    messages.getMessage('count.change', [change]),
    ...(deleted > 0 ? [messages.getMessage('count.delete', [deleted])] : []),
    messages.getMessage('count.leave', [leave]),
    ...(untouched > 0 ? [messages.getMessage('count.untouched', [counted(untouched, 'record')])] : []),
    ...(cannot > 0 ? [messages.getMessage('count.cannot', [cannot])] : []),
  ];
  return `${parts.join(', ')}.`;
}
