import { counted } from '../../base/text/counted.js';
import { eventRows } from '../../insight/index.js';
import type { ReportedEvent } from '../../insight/index.js';
import { daysText, numbers } from './reportTable.js';
import type { ReportTable } from './reportTable.js';

/** What those who took part in an event did beside the others. */
export function eventTable(event: ReportedEvent): ReportTable {
  const { name, during, tookPart, others, caveat } = event;
  const days = daysText(during);
  const title = name === days ? `Event: ${days}` : `Event: ${name}, ${days}`;
  return {
    title: `${title}. ${counted(tookPart.members, 'member')} took part, ${others.members.toLocaleString('en-US')} did not`,
    columns: [{ key: 'measure', name: 'Per member' }, 'who', ...numbers('before', 'during', 'after')],
    data: eventRows(event).map((row) => ({ ...row })),
    note: caveat,
  };
}
