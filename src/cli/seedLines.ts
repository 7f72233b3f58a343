import { basename } from 'node:path';
import { Messages } from '@salesforce/core';
import { counted } from '../base/text/counted.js';
import type { Seeds, SeedReport, SeedStage } from '../seed/index.js';
import { countText, wrapped } from './terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.seed.org');

/** What follows the program. */
export function seedPlanLines({ members, history }: Seeds): string[] {
  const files = history?.files ?? [];
  return [
    ...(members ? wrapped(messages.getMessage('info.members', [basename(members.file)]), '') : []),
    ...(history
      ? wrapped(
          messages.getMessage('info.history', [
            counted(files.length, 'feed'),
            history.mapping.source,
            files.map((file) => basename(file)).join(', '),
          ]),
          '',
        )
      : []),
  ];
}

type StageLine<N extends SeedStage> = (stage: SeedReport['stages'][N], status: string, seconds: string) => string;

const lines: { readonly [N in SeedStage]: StageLine<N> } = {
  program: ({ objects }, status, seconds) => {
    const sum = (name: 'created' | 'changed' | 'unchanged'): string =>
      countText(objects.reduce((all, object) => all + object[name], 0));
    return messages.getMessage('info.program', [status, sum('created'), sum('changed'), sum('unchanged'), seconds]);
  },
  members: ({ counts: { enrolled, exists, failed, unknown, open } }, status, seconds) => {
    const [now, before, not] = [enrolled, exists, failed + unknown + open].map(countText);
    return messages.getMessage('info.stage.members', [status, now, before, not, seconds]);
  },
  history: ({ report }, status, seconds) => {
    const { rows, items, transactions } = report?.counts ?? {};
    const [sent, found, known] = [items?.sentNow, items?.found, transactions?.known].map(countText);
    const read = counted(rows?.read ?? 0, 'row');
    return messages.getMessage('info.stage.history', [status, read, sent, found, known, seconds]);
  },
};

/** One sentence about a stage that has ended. */
export function stageLines<N extends SeedStage>(name: N, stage: SeedReport['stages'][N]): string[] {
  const { status, milliseconds } = stage;
  if (status === 'absent' || status === 'waiting') return [];
  const seconds = (milliseconds / 1000).toFixed(1);
  return wrapped(lines[name](stage, messages.getMessage(`status.${status}`), seconds), '');
}
