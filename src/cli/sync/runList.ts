import { Messages } from '@salesforce/core';
import { z } from 'zod';
import { commandLine } from '../../base/text/commandLine.js';
import { counted } from '../../base/text/counted.js';
import { killed, needingPerson, presentRuns } from '../../sync/index.js';
import type { Outbox, Run, RunCounts } from '../../sync/index.js';
import type { OrgName } from '../orgName.js';
import { RecordError, wholeCount } from '../results/recordShapes.js';
import { countText, wrapped } from '../terminal/terminalText.js';
import { programOf } from './runSettings.js';
import { ShownEnding } from './syncResult.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.report');
const words = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync');

/** What `sync report --list` prints with `--json`. */
export const RunList = z.object({
  outbox: z.string(),
  /** The newest first. */
  runs: z.array(
    z.object({
      run: z.string(),
      /** Absent for a run of other software that names none. */
      source: z.string().optional(),
      program: z.string(),
      ending: ShownEnding,
      /** Why it stopped early or failed; `KILLED` if its process was killed or crashed. */
      stopped: RecordError.optional(),
      startedAt: z.string(),
      /** Absent while it runs, and if its process was killed or crashed. */
      endedAt: z.string().optional(),
      counts: z.object({
        /** Rows that were read. */
        rows: wholeCount,
        /** Rows that could not become transactions. */
        rejected: wholeCount,
        /** Transactions that were read. */
        read: wholeCount,
        done: wholeCount,
        refused: wholeCount,
        /** Rows and transactions that need a person, those that were refused among them. */
        attention: wholeCount,
        open: wholeCount,
      }),
    }),
  ),
  runsLeftOut: wholeCount,
});
export type RunList = z.infer<typeof RunList>;
type ListedRun = RunList['runs'][number];

/** Lists the latest runs of an outbox. */
export async function listRuns(outbox: Outbox, limit: number): Promise<RunList> {
  const { runs, leftOut } = await presentRuns(outbox, limit);
  const listed: ListedRun[] = [];
  for (const run of runs) listed.push(listedRun(run, await outbox.runs.counts(run.id)));
  return { outbox: outbox.name, runs: listed, runsLeftOut: leftOut };
}

function listedRun(run: Run, counts: RunCounts): ListedRun {
  const { source } = run.settings;
  const { transactions, items } = counts;
  return {
    run: run.id,
    ...(typeof source === 'string' && source !== '' && { source }),
    program: programOf(run),
    ending: run.ending ?? 'running',
    ...(run.stopped && { stopped: { code: run.stopped.code, message: run.stopped.message } }),
    startedAt: new Date(run.startedAt).toISOString(),
    ...(run.endedAt !== undefined && { endedAt: new Date(run.endedAt).toISOString() }),
    counts: {
      rows: counts.rows.read,
      rejected: counts.rows.rejected,
      read: transactions.made,
      done: items.done,
      refused: items.refused,
      attention: needingPerson({ counts }),
      open: items.ready + items.sent + items.unknown + items.held,
    },
  };
}

/** Returns the list as lines for a person. */
export function runListLines({ outbox, runs, runsLeftOut }: RunList, org: OrgName): string[] {
  const command = commandLine('sync report', { run: null, outbox, 'target-org': org });
  return [
    ...runs.flatMap((run) => [...runLines(run), '']),
    ...(runsLeftOut === 0 ? [] : wrapped(messages.getMessage('list.more', [countText(runsLeftOut)]), '')),
    messages.getMessage('list.report', [command]),
  ];
}

function runLines({ run, source = '–', program, ending, stopped, startedAt, endedAt, counts }: ListedRun): string[] {
  const times = [startedAt, endedAt].flatMap((time) => (time === undefined ? [] : new Date(time).toLocaleString()));
  const place = messages.getMessage(endedAt === undefined ? 'list.begun' : 'list.ended', [source, program, ...times]);
  const { rows, rejected, done, refused, open, attention } = counts;
  const lines = [counted(rows, 'row'), countText(rejected)];
  const transactions = [counted(done, 'transaction'), ...[refused, open, attention].map((count) => countText(count))];
  const numbers = lines.concat(transactions);
  return [
    messages.getMessage('list.run', [run, endingText(ending, stopped?.code)]),
    ...wrapped(place, '  '),
    ...wrapped(messages.getMessage('list.counts', numbers), '  '),
  ];
}

function endingText(ending: ListedRun['ending'], code: string | undefined): string {
  const word = words.getMessage(`ending.${ending}`);
  if (code === undefined) return word;
  return `${word}, ${code === killed.code ? messages.getMessage('list.killed') : code}`;
}
