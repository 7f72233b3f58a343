import { Messages } from '@salesforce/core';
import { counted } from '../base/text/counted.js';
import type { OrgName } from './orgName.js';
import type { SeedOrgResult } from './results/seedResults.js';
import { reportLines } from './sync/reportLines.js';
import { attentionLines } from './enrolledRecords.js';
import { wrapped } from './terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.seed.org');

export interface SeedEnd {
  readonly org: OrgName;
  /** The command that goes on. */
  readonly again: string;
  readonly rejects: number;
  readonly maxRejects: number;
}

/** What a person reads of a seed that has ended: what needs attention, and where the rest is. */
export function seedEndLines({ program, stages, results }: SeedOrgResult, end: SeedEnd): string[] {
  if (stages === null) return [];
  const { members, history } = stages;
  const run = history.run;
  const isTold = run !== null && history.status !== 'done';
  return [
    ...attentionLines(members.problems.map((problem) => ({ ...problem }))),
    ...(isTold ? ['', ...reportLines(run, { org: end.org, startAgain: end.again })] : []),
    ...closing(Object.values(stages), program, end),
    ...(results === null ? [] : [messages.getMessage('info.results', [results])]),
  ];
}

function closing(
  stages: ReadonlyArray<{ readonly status: string }>,
  program: string,
  { org, again, rejects, maxRejects }: SeedEnd,
): string[] {
  const isUnfinished = stages.some(({ status }) => status !== 'done' && status !== 'absent' && status !== 'attention');
  if (isUnfinished) return wrapped(messages.getMessage('info.unfinished', [again]), '');
  const needing = counted(rejects, 'row needs a person', 'rows need a person');
  if (rejects > maxRejects) return wrapped(messages.getMessage('info.rejects', [needing]), '');
  const tolerated = rejects === 0 ? [] : wrapped(messages.getMessage('info.tolerated', [needing]), '');
  return [
    ...tolerated,
    ...wrapped(messages.getMessage('info.seeded', [org ?? messages.getMessage('word.org'), program]), ''),
  ];
}
