import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Transaction } from '../../../src/transaction.js';
import { header, lineOf } from './changingFile.js';

/** What a writer does to its folder. */
export type FolderStep = 'begin' | 'complete' | 'rewrite';

/**
 * A folder in which files arrive: each is begun, completed and marked. The latest one may be written again with more
 * lines, whole, and marked again.
 */
export class MarkedFolder {
  readonly path: string;
  readonly #future: Transaction[];
  readonly #marked: Transaction[] = [];
  /** What the latest file has, or will have. */
  #rows: Transaction[] = [];
  #files = 0;
  #markers = 0;
  #isMarked = true;

  constructor(path: string, future: readonly Transaction[]) {
    this.path = path;
    this.#future = [...future];
    mkdirSync(path);
  }

  get isWritten(): boolean {
    return this.#future.length === 0 && this.#isMarked;
  }

  /** What has been in a file with its marker. */
  get marked(): readonly Transaction[] {
    return this.#marked;
  }

  /** @param rewrites whether the latest file is written again, rather than another one begun */
  step(rewrites: boolean): FolderStep {
    if (!this.#isMarked) {
      this.#mark();
      return 'complete';
    }
    const fresh = this.#future.splice(0, 3);
    this.#isMarked = false;
    if (rewrites && this.#files > 0) {
      this.#rows.push(...fresh);
      this.#replace();
      return 'rewrite';
    }
    this.#files += 1;
    this.#rows = fresh;
    // Half a date is no date, and the end of the last line is missing.
    writeFileSync(this.#file, this.#content.slice(0, -9));
    return 'begin';
  }

  get #file(): string {
    return join(this.path, `part-${String(this.#files).padStart(3, '0')}.csv`);
  }

  get #content(): string {
    return `${header}\n${this.#rows.map(lineOf).join('\n')}\n`;
  }

  /** Whoever reads the file meanwhile has the one or the other. */
  #replace(): void {
    const hidden = join(this.path, `.${basename(this.#file)}`);
    writeFileSync(hidden, this.#content);
    renameSync(hidden, this.#file);
  }

  /** No two markers are of the same length: a clock may stand still between two writings. */
  #mark(): void {
    writeFileSync(this.#file, this.#content);
    this.#markers += 1;
    writeFileSync(`${this.#file}.done`, '.'.repeat(this.#markers));
    this.#isMarked = true;
    this.#marked.push(...this.#rows.filter((row) => !this.#marked.includes(row)));
  }
}
