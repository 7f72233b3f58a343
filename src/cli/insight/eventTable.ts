import { counted } from '../../base/text/counted.js';
import { daysText, eventRows } from '../../insight/index.js';
import type { ReportedEvent } from '../../insight/index.js';
import { countText } from '../terminal/terminalText.js';
import { numbers } from './reportTable.js';
import type { ReportTable } from './reportTable.js';

/** What those who took part in an event did beside the others. */
export function eventTable(event: ReportedEvent): ReportTable {
  const { name, during, tookPart, others, caveat } = event;
  const days = daysText(during);
  return {
    title: name === days ? `Event: ${days}` : `Event: ${name}, ${days}`,
    columns: [{ key: 'measure', name: 'Per member' }, 'who', ...numbers('before', 'during', 'after')],
    data: eventRows(event).map((row) => ({ ...row })),
    notes: [`${counted(tookPart.members, 'member')} took part, ${countText(others.members)} did not.`, caveat],
  };
}
