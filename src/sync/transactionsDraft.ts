import { appendFileSync, closeSync, fdatasync, openSync, rmdirSync, rmSync } from 'node:fs';
import { completeCsv, csvHeadOf, csvLineOf } from '../base/csv/writeCsv.js';
import { makeFolder } from '../base/files/makeFolder.js';
import { privateFile } from '../base/files/privateFiles.js';
import { draftBeside } from '../base/files/replaceFile.js';
import { itemStates } from '../outbox/index.js';
import type { ItemPosition, Outbox } from '../outbox/index.js';
import { resultsPath } from './resultsFile.js';

/** What became of every transaction of the run. */
export const transactions = {
  name: 'transactions',
  columns: [
    ...(['key', 'member', 'state', 'origin', 'journalId', 'found', 'effect'] as const),
    ...(['attempts', 'tries', 'retries', 'waitsFor', 'code', 'message', 'feed', 'line'] as const),
  ],
} as const;

/** Rows that are written at a time, which takes a few milliseconds. */
const stretch = 500;
/** Milliseconds between two stretches, and until the outbox is asked again after it had none. */
const pauses = { more: 30, none: 500 } as const;
/** Characters after which the disk is told to keep what was written, so that the end need not wait for it. */
const syncEvery = 4_000_000;

interface Draft {
  readonly path: string;
  readonly run: string;
  readonly folder: string;
  /** Undefined when it is closed. */
  file: number | undefined;
}

/**
 * Writes `transactions.csv` while a run still goes on, as far as everything in front is done: most of a run is waiting for
 * answers, and the end need not wait for the file then. If anything changes that was written, the draft is not used.
 * The outbox stays the only truth: a process that dies leaves a part of a file that nobody reads.
 */
export class TransactionsDraft implements Disposable {
  readonly #folderOf: (run: string) => string;
  #draft: Draft | undefined;
  #position: ItemPosition = { first: 0, last: 0 };
  #timer: NodeJS.Timeout | undefined;
  #unsynced = 0;
  #isSyncing = false;
  #isGivenUp = false;

  /** @param folderOf returns the folder for the results files of a run */
  constructor(folderOf: (run: string) => string) {
    this.#folderOf = folderOf;
  }

  /** Begins to write when the run is known. Can be called again. */
  follow(outbox: Outbox, run: string): void {
    if (this.#timer || this.#isGivenUp) return;
    this.#wait(outbox, run, pauses.none);
  }

  /** Writes a stretch of rows, if the next ones are done. Returns how many. */
  writeOn(outbox: Outbox, run: string): number {
    const { items, position } = outbox.runs.doneAfter(run, this.#position, stretch);
    if (items.length > 0) this.#write(run, items.map((item) => csvLineOf(transactions.columns, item)).join(''));
    this.#position = position;
    return items.length;
  }

  /** Completes the file. Returns false if there is no draft that can be used. */
  async complete(outbox: Outbox, run: string, folder: string): Promise<boolean> {
    clearTimeout(this.#timer);
    const draft = this.#draft;
    if (draft?.run !== run || draft.folder !== folder || !outbox.runs.isStillDone(run, this.#position)) return false;
    this.#close();
    const rows = outbox.runs.items(run, itemStates, this.#position.last);
    const path = resultsPath({ folder, name: transactions.name }, 'csv');
    await completeCsv(path, draft.path, { columns: transactions.columns, rows });
    return true;
  }

  /** Removes what is left of the draft, as far as possible: nobody reads it, and no run fails because of it. */
  [Symbol.dispose](): void {
    this.#isGivenUp = true;
    clearTimeout(this.#timer);
    const draft = this.#draft;
    this.#draft = undefined;
    if (!draft) return;
    const { file, path, folder } = draft;
    if (file !== undefined) ifPossible(() => closeSync(file));
    ifPossible(() => rmSync(path, { force: true }));
    // It may have the results files.
    ifPossible(() => rmdirSync(folder));
  }

  #wait(outbox: Outbox, run: string, milliseconds: number): void {
    this.#timer = setTimeout(() => this.#goOn(outbox, run), milliseconds).unref();
  }

  /** Writes a stretch. Whatever fails here is met again at the end of the run, where it can be told. */
  #goOn(outbox: Outbox, run: string): void {
    try {
      this.#wait(outbox, run, this.writeOn(outbox, run) === stretch ? pauses.more : pauses.none);
    } catch {
      this[Symbol.dispose]();
    }
  }

  #write(run: string, text: string): void {
    const { file } = this.#draft ?? this.#begin(run);
    if (file === undefined) return;
    appendFileSync(file, text);
    this.#unsynced += text.length;
    if (this.#unsynced < syncEvery || this.#isSyncing) return;
    this.#unsynced = 0;
    this.#isSyncing = true;
    fdatasync(file, () => (this.#isSyncing = false));
  }

  #close(): void {
    if (this.#draft?.file !== undefined) closeSync(this.#draft.file);
    if (this.#draft) this.#draft.file = undefined;
  }

  #begin(run: string): Draft {
    const folder = this.#folderOf(run);
    makeFolder(folder);
    const path = draftBeside(resultsPath({ folder, name: transactions.name }, 'csv'));
    const draft = { path, run, folder, file: openSync(path, 'wx', privateFile) };
    this.#draft = draft;
    try {
      appendFileSync(draft.file, csvHeadOf(transactions.columns));
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
    return draft;
  }
}

function ifPossible(work: () => void): void {
  try {
    work();
  } catch {
    // Whatever is left does no harm.
  }
}
