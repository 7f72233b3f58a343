import { Messages } from '@salesforce/core';
import { counted } from '../../base/text/counted.js';
import { durationText } from '../../base/text/durationText.js';
import { refreshCache } from '../../insight/index.js';
import type { CacheRefreshOptions, ReadingPlan, RefreshReport } from '../../insight/index.js';
import { filledText } from '../commonFlags.js';
import { countText } from '../terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.insight');

/** Where the records of the program are kept. */
export const cacheFlag = filledText({
  summary: messages.getMessage('flags.cache.summary'),
  description: messages.getMessage('flags.cache.description'),
});

/** Where it says how far it is. */
export interface RefreshSpinner {
  start(action: string): void;
  stop(): void;
  status: string | undefined;
}

/** Brings the cache up to date. Says beforehand how much will be read, and meanwhile how much has been. */
export async function refreshInsight(
  spinner: RefreshSpinner,
  given: Pick<CacheRefreshOptions, 'client' | 'cache' | 'signal'>,
): Promise<RefreshReport> {
  let all = 0;
  const onPlan = ({ rows, calls, seconds }: ReadingPlan): void => {
    all = rows;
    const [records, called] = [counted(rows, 'record'), counted(calls, 'API call')];
    const duration = durationText(Math.max(1, seconds));
    spinner.start(messages.getMessage('info.reading', [records, called, duration]));
  };
  const onProgress = (rows: number): void => {
    spinner.status = `${countText(rows)} of ${countText(all)}`;
  };
  const report = await refreshCache({ ...given, onPlan, onProgress });
  spinner.stop();
  return report;
}
