import { appendFileSync, copyFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Transaction } from '../../../src/transaction.js';
import { header, lineOf } from './changingFile.js';

/** A file to which a till appends, often half a line at a time, and which a log rotation moves away or truncates. */
export class RotatedFile {
  readonly path: string;
  /** Files that were the watched one before, oldest first. Together with it they have every line. */
  readonly archives: string[] = [];
  readonly #future: Transaction[];
  /** What is still to be written of the line that was begun. */
  #rest = '';

  constructor(path: string, future: readonly Transaction[]) {
    this.path = path;
    this.#future = [...future];
    writeFileSync(path, `${header}\n`);
  }

  get isWritten(): boolean {
    return this.#future.length === 0 && this.#rest === '';
  }

  /** Writes the next piece: the rest of a line, or the beginning of the next. Returns whether a line is half there. */
  grow(share: number): boolean {
    if (this.#rest === '') {
      const next = this.#future.shift();
      if (!next) return false;
      this.#rest = `${lineOf(next)}\n`;
    }
    const cut = Math.max(1, Math.ceil(this.#rest.length * share));
    appendFileSync(this.path, this.#rest.slice(0, cut));
    this.#rest = this.#rest.slice(cut);
    return this.#rest !== '';
  }

  /** Completes a line that was begun. */
  complete(): void {
    if (this.#rest !== '') this.grow(1);
  }

  /** Moves the file away; a new one takes its place. */
  replace(): void {
    this.complete();
    renameSync(this.path, this.#archive());
    writeFileSync(this.path, `${header}\n`);
  }

  /** Copies the file and truncates it in place, as `copytruncate` of logrotate does. */
  truncate(): void {
    this.complete();
    copyFileSync(this.path, this.#archive());
    writeFileSync(this.path, `${header}\n`);
  }

  #archive(): string {
    const path = this.path.replace('.csv', `-${this.archives.length + 1}.csv`);
    this.archives.push(path);
    return path;
  }
}
