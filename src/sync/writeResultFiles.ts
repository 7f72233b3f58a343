import { join, parse, resolve } from 'node:path';
import { fileProblem } from '../base/files/fileProblem.js';
import { makeFolder } from '../base/files/makeFolder.js';
import { mustTakeFile } from '../base/files/replaceFile.js';
import { itemStates, OutboxBusyError, OutboxDatabaseError, OutboxTakenError, rejectsFile } from '../outbox/index.js';
import type { LineReport, Outbox } from '../outbox/index.js';
import type { CrossedThreshold } from './memberProgress/memberProgressOptions.js';
import { withTexts } from './exportedLines.js';
import { resultsFormats, resultsPath, writeResultsFile } from './resultsFile.js';
import type { ResultsFile, ResultsFormat } from './resultsFile.js';
import { transactions } from './transactionsDraft.js';
import type { TransactionsDraft } from './transactionsDraft.js';

/** Rows of the feed that need attention, with their original text. */
const rejects = {
  name: parse(rejectsFile).name,
  columns: ['kind', 'feed', 'line', 'key', 'member', 'column', 'value', 'code', 'message', 'raw'],
} as const;
/** Thresholds that members have crossed. Written only if the run followed their progress and one was crossed. */
const thresholds = {
  name: 'thresholds',
  columns: [
    ...(['member', 'promotionId', 'promotionName', 'attributeName', 'threshold', 'round'] as const),
    ...(['completed', 'target', 'percent', 'toGo', 'asOf', 'told', 'eventId'] as const),
  ],
} as const;

/** Members who were enrolled on the way, or whom the org refused. Written only if there are any. */
const members = { name: 'members', columns: ['member', 'state', 'memberId', 'code', 'message'] } as const;

/** A run has ended, but its results files could not be written. */
export class ResultFilesError extends Error {
  override readonly name = 'ResultFilesError';
  readonly actions: readonly string[];
  readonly run: string;
  readonly folder: string;
  /** Name of the outbox. */
  readonly outbox: string;

  constructor(place: { readonly run: string; readonly folder: string; readonly outbox: string }, cause: unknown) {
    const { run, folder, outbox } = place;
    const problem = fileProblem(cause);
    const reason = problem ? `${problem.path} cannot be used: ${problem.reason}` : String(cause);
    super(`The results files of the run ${run} cannot be written to ${folder}: ${reason}. The run itself is stored.`, {
      cause,
    });
    this.run = run;
    this.folder = folder;
    this.outbox = outbox;
    this.actions = [`Make room, or choose another folder: the report of the run ${run} writes them again.`];
  }
}

/**
 * Makes the folder and checks that it is writable, so that a run does not fail at its end.
 * @throws {Error} from the file system
 */
export async function claimResultsFolder(folder: string): Promise<void> {
  makeFolder(folder);
  for (const path of everyPath(folder)) await mustTakeFile(path);
}

/**
 * Writes what became of every row and transaction of a run, row by row, as `rejects` and `transactions`, and of members. Memory does not
 * grow with the run. Only the owner can read the files, because they contain purchases. Once a run has ended, these files
 * have the text of its rejected rows, and the outbox drops it. A later report takes the text from `rejects.csv`, so that
 * this file is written in any format.
 * @param draft what was written of the transactions while the run went on, as CSV
 * @throws {ResultFilesError} also if one of the files is a feed of the run
 */
export async function writeResults(
  outbox: Outbox,
  run: string,
  folder: string,
  format: ResultsFormat = 'csv',
  draft?: TransactionsDraft,
): Promise<void> {
  try {
    await mustNotBeFeeds(outbox, run, folder);
    makeFolder(folder);
    const written = await writeRejects(outbox, run, folder, format);
    if ((await draft?.complete(outbox, run, folder)) !== true) {
      await writeResultsFile({ folder, ...transactions }, format, outbox.runs.items(run, itemStates));
    }
    await writeThresholds(outbox, run, folder, format);
    await writeIfAny({ folder, ...members }, format, outbox.enrollments.ofRun(run));
    await dropTexts(outbox, { run, folder, written });
  } catch (error) {
    throw fileProblem(error) ? new ResultFilesError({ run, folder, outbox: outbox.name }, error) : error;
  }
}

/**
 * Drops the text of rejected rows from the outbox, because the results files have it. The run is over, and its report is
 * worth more than that: another process may have the outbox by now, or its database may be away. Then the text stays.
 */
async function dropTexts(
  { runs }: Outbox,
  { run, folder, written }: { readonly run: string; readonly folder: string; readonly written: number },
): Promise<void> {
  try {
    await runs.exported(run, resolve(folder), written);
  } catch (error) {
    if (!notOurs.some((kind) => error instanceof kind)) throw error;
  }
}

const notOurs = [OutboxBusyError, OutboxTakenError, OutboxDatabaseError];

async function writeThresholds(
  { followed }: Outbox,
  run: string,
  folder: string,
  format: ResultsFormat,
): Promise<void> {
  const rows = Iterator.from(followed.thresholds(run)).map(({ id, event, isTold }) => {
    return { ...(event as CrossedThreshold), told: isTold, eventId: id };
  });
  await writeIfAny({ folder, ...thresholds }, format, rows);
}

async function writeIfAny(file: ResultsFile, format: ResultsFormat, all: Iterable<object>): Promise<void> {
  const rows = Iterator.from(all);
  const first = rows.next();
  if (first.done === true) return;
  await writeResultsFile(file, format, withFirst(first.value, rows));
}

function* withFirst<T>(first: T, others: Iterable<T>): Iterable<T> {
  yield first;
  yield* others;
}

/** Returns every path that a results file of a run can have in a folder. */
function everyPath(folder: string): string[] {
  return [rejects, transactions, thresholds, members].flatMap(({ name }) =>
    resultsFormats.map((format) => resultsPath({ folder, name }, format)),
  );
}

async function mustNotBeFeeds({ runs }: Outbox, run: string, folder: string): Promise<void> {
  const files = (await runs.find(run))?.settings['files'];
  const feeds = new Set(Array.isArray(files) ? files.map((file) => resolve(String(file))) : []);
  const path = everyPath(folder).find((each) => feeds.has(resolve(each)));
  if (path !== undefined) throw Object.assign(new Error(`${path} is a feed.`), { code: 'EFEED', path });
}

/** Returns how many lines are in the file. */
async function writeRejects({ runs }: Outbox, run: string, folder: string, format: ResultsFormat): Promise<number> {
  const earlier = (await runs.find(run))?.results;
  const lines = counted(runs.lines(run));
  const rows = earlier === undefined ? lines.all : withTexts(lines.all, join(earlier, rejectsFile));
  await writeResultsFile({ folder, ...rejects }, 'csv', rows);
  if (format !== 'csv') {
    const withText = withTexts(runs.lines(run), join(folder, rejectsFile));
    await writeResultsFile({ folder, ...rejects }, format, withText);
  }
  return lines.count();
}

function counted(lines: Iterable<LineReport>): { readonly all: Iterable<LineReport>; count(): number } {
  let count = 0;
  function* all(): Iterable<LineReport> {
    for (const line of lines) {
      count += 1;
      yield line;
    }
  }
  return { all: all(), count: () => count };
}
