import { counted } from '../../base/text/counted.js';
import { durationText } from '../../base/text/durationText.js';
import { Messages } from '@salesforce/core';
import { columns, countText, wrapped } from '../terminal/terminalText.js';
import type { SyncProbeResult } from './probeResult.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.probe');

/** Returns the result of a probe as lines of at most 80 columns. */
export function probeLines(probe: SyncProbeResult): string[] {
  return [
    messages.getMessage('probe.title', [probe.program]),
    '',
    ...limitLines(probe),
    ...markerLines(probe),
    ...fieldLines(probe),
    '',
    ...lines(messages.getMessage(`level.${probe.level}`), ''),
  ];
}

function limitLines({ numberLength, limits, clockDifference }: SyncProbeResult): string[] {
  const { callsLeft, callsMax, longRequests } = limits;
  const isSame = clockDifference === 0;
  const clock =
    clockDifference === null
      ? 'probe.clockUnknown'
      : isSame
        ? 'probe.clockSame'
        : clockDifference > 0
          ? 'probe.clockAhead'
          : 'probe.clockBehind';
  return [
    ...lines(messages.getMessage('probe.numberLength', [numberLength])),
    ...lines(messages.getMessage('probe.calls', [countText(callsLeft), countText(callsMax)])),
    ...lines(messages.getMessage('probe.longRequests', [counted(longRequests, 'request')])),
    ...lines(messages.getMessage(clock, [durationText(Math.abs(clockDifference ?? 0))])),
  ];
}

function markerLines({ markers: { object, state, issues } }: SyncProbeResult): string[] {
  return [
    ...lines(messages.getMessage(`probe.markers.${state}`, [object])),
    ...issues.flatMap((issue) => lines(issue, '    ')),
  ];
}

function fieldLines({ uniqueField }: SyncProbeResult): string[] {
  if (!uniqueField) return lines(messages.getMessage('probe.noField'));
  const { field, length, outcome, message, journals } = uniqueField;
  return [
    ...lines(messages.getMessage('probe.field', [field, length])),
    ...lines(messages.getMessage(`probe.field.${outcome ?? 'notProbed'}`, [message]), '    '),
    ...(journals.length > 0 ? lines(messages.getMessage('probe.left', [journals.join(', ')]), '    ') : []),
  ];
}

function lines(sentence: string, indent = '  '): string[] {
  return wrapped(sentence, indent, Math.min(columns, 80));
}
