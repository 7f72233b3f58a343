import { Messages } from '@salesforce/core';
import { durationText } from '../../base/text/durationText.js';
import { defaults, heartbeatLife } from '../../sync/index.js';
import { countText } from '../terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync');

interface KilledRun {
  readonly counts: { readonly items: Readonly<Record<'ready' | 'sent' | 'unknown', number>> };
  readonly notes: readonly { readonly code: string }[];
}

/**
 * Returns about how long the next run waits for requests of a process that was killed. With a marker in the org,
 * everything waits that the org does not show; otherwise only what was under way.
 * @param settle the settle window of the run, in seconds
 */
export function killedWait({ counts: { items }, notes }: KilledRun, settle: unknown): string[] {
  const window = typeof settle === 'number' ? settle * 1000 : defaults.settle;
  const inDoubt = items.sent + items.unknown;
  const open = inDoubt + items.ready;
  const hasMarker = notes.some(({ code }) => code === 'level-1');
  if (hasMarker && open > 0)
    return [
      messages.getMessage('report.killedWaits', [durationText((window + heartbeatLife) / 1000), countText(open)]),
    ];
  return inDoubt === 0
    ? []
    : [messages.getMessage('report.sentWaits', [durationText(window / 1000), countText(inDoubt)])];
}
