import type { Change } from './smallProgram.js';

interface BrokenProgram {
  readonly changes: readonly Change[];
  /** Each with its line. */
  readonly mistakes: readonly string[];
}

export type BrokenPrograms = Readonly<Record<string, BrokenProgram>>;
