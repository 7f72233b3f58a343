import { Messages } from '@salesforce/core';
import { systemClock } from '../../base/clock.js';
import { counted } from '../../base/text/counted.js';
import { refreshCache } from '../../insight/index.js';
import type { CacheRefreshOptions, ReadingPlan, RefreshReport } from '../../insight/index.js';
import { countText } from '../terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.report.program');

interface Spinner {
  start(action: string): unknown;
  stop(): unknown;
  status: string | undefined;
}

/** Brings the cache up to date, and says meanwhile what it takes and how far it is. */
export async function refreshInsight(
  spinner: Spinner,
  reading: Pick<CacheRefreshOptions, 'client' | 'cache' | 'signal'>,
): Promise<RefreshReport> {
  let all = 0;
  const onPlan = ({ rows, calls }: ReadingPlan): void => {
    all = rows;
    spinner.start(messages.getMessage('info.reading', [counted(rows, 'changed record'), counted(calls, 'API call')]));
  };
  const onProgress = (rows: number): void => {
    spinner.status = `${countText(rows)} of ${countText(all)}`;
  };
  const report = await refreshCache({ ...reading, clock: systemClock, onPlan, onProgress });
  spinner.stop();
  return report;
}
