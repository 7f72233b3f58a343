import { mustTakeFile } from '../../base/files/replaceFile.js';
import type { NearMemory } from '../../insight/index.js';
import { printLines, writeLines, writeLinesWith } from '../generatedFile.js';

/** Where rows go, and who was told before. */
export interface NearTarget {
  /** Undefined for standard output. */
  readonly file: string | undefined;
  /** File of the memory. */
  readonly since: string | undefined;
  readonly memory: NearMemory | undefined;
  readonly signal: AbortSignal;
}

/**
 * Checks before the org is read that both files can be written at the end: who is written but not remembered gets a
 * message twice, and who is remembered but not written gets none.
 * @throws {Error} that names the path
 */
export async function mustTakeFiles({ file, since }: Pick<NearTarget, 'file' | 'since'>): Promise<void> {
  for (const path of [file, since]) if (path !== undefined) await mustTakeFile(path);
}

/**
 * Writes the lines, and keeps who is near now once all of them are written.
 * @returns false if standard output did not take them all. Then nothing is kept
 * @throws {Error} from the file system. Then both files are as before
 */
export async function writeNear(
  lines: AsyncIterable<string>,
  { file, since, memory, signal }: NearTarget,
): Promise<boolean> {
  if (file === undefined) {
    const isComplete = await printLines(lines, signal);
    if (isComplete && since !== undefined) await memory?.save(since);
    return isComplete;
  }
  if (since === undefined || memory === undefined) return writeLines(file, lines, signal);
  return writeLinesWith({ path: file, lines, signal }, { path: since, lines: () => memory.lines() });
}
