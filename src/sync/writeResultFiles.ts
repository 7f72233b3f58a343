import { join, resolve } from 'node:path';
import { fileProblem } from '../base/files/fileProblem.js';
import { makeFolder } from '../base/files/makeFolder.js';
import { mustTakeFile } from '../base/files/replaceFile.js';
import { writeCsv } from '../base/csv/writeCsv.js';
import { itemStates, rejectsFile } from '../outbox/index.js';
import type { LineReport, Outbox } from '../outbox/index.js';
import type { CrossedThreshold } from './memberProgress/memberProgressOptions.js';
import { withTexts } from './exportedLines.js';

/** Rows of the feed that need attention, with their original text. */
const rejects = {
  file: rejectsFile,
  columns: ['kind', 'feed', 'line', 'key', 'member', 'column', 'value', 'code', 'message', 'raw'],
} as const;
/** What became of every transaction of the run. */
const transactions = {
  file: 'transactions.csv',
  columns: [
    ...(['key', 'member', 'state', 'origin', 'journalId', 'found', 'effect'] as const),
    ...(['attempts', 'tries', 'retries', 'waitsFor', 'code', 'message', 'feed', 'line'] as const),
  ],
} as const;

/** Thresholds that members have crossed. Written only if the run followed their progress and one was crossed. */
const thresholds = {
  file: 'thresholds.csv',
  columns: [
    ...(['member', 'promotionId', 'promotionName', 'attributeName', 'threshold', 'round'] as const),
    ...(['completed', 'target', 'percent', 'toGo', 'asOf', 'told', 'eventId'] as const),
  ],
} as const;

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
 * Makes the folder and checks that it is writable, so that a run does not fail at its end. @throws {Error} from the
 * file system
 */
export async function claimResultsFolder(folder: string): Promise<void> {
  makeFolder(folder);
  for (const { file } of [rejects, transactions, thresholds]) await mustTakeFile(join(folder, file));
}

/**
 * Writes what became of every row and transaction of a run, row by row, as `rejects.csv` and `transactions.csv`. Memory
 * does not grow with the run. Only the owner can read the files, because they contain purchases. Once a run has ended,
 * these files have the text of its rejected rows, and the outbox drops it.
 * @throws {ResultFilesError}
 */
export async function writeResults(outbox: Outbox, run: string, folder: string): Promise<void> {
  try {
    makeFolder(folder);
    const written = await writeRejects(outbox, run, join(folder, rejects.file));
    await writeCsv(join(folder, transactions.file), transactions.columns, outbox.runs.items(run, itemStates));
    await writeThresholds(outbox, run, join(folder, thresholds.file));
    await outbox.runs.exported(run, resolve(folder), written);
  } catch (error) {
    throw fileProblem(error) ? new ResultFilesError({ run, folder, outbox: outbox.name }, error) : error;
  }
}

async function writeThresholds({ followed }: Outbox, run: string, path: string): Promise<void> {
  const rows = Iterator.from(followed.thresholds(run)).map(({ id, event, isTold }) => {
    return { ...(event as CrossedThreshold), told: isTold, eventId: id };
  });
  const first = rows.next();
  if (first.done === true) return;
  await writeCsv(path, thresholds.columns, withFirst(first.value, rows));
}

function* withFirst<T>(first: T, others: Iterable<T>): Iterable<T> {
  yield first;
  yield* others;
}

/** Returns how many lines are in the file. */
async function writeRejects({ runs }: Outbox, run: string, path: string): Promise<number> {
  const earlier = (await runs.find(run))?.results;
  const lines = counted(runs.lines(run));
  const rows = earlier === undefined ? lines.all : withTexts(lines.all, join(earlier, rejects.file));
  await writeCsv(path, rejects.columns, rows);
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
