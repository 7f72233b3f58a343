import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { replaceFile, replaceTogether } from '../base/files/replaceFile.js';
import { printable } from '../base/text/printable.js';
import { interruptedError } from './concludeCommand.js';

/** Most characters that are written at once. */
const blockLength = 64 * 1024;

/** Each with its line end. */
type Lines = Iterable<string> | AsyncIterable<string>;

/**
 * Writes lines into a file, which replaces an existing one when it is complete.
 * @throws {Error} from the file system, and when the signal is aborted: then the file is as before
 */
export async function writeLines(path: string, lines: Lines, signal: AbortSignal): Promise<true> {
  await replaceFile(path, [Readable.from(blocksOf(lines, signal))]);
  return true;
}

/**
 * Does the same, and then replaces another file by what is known when the lines have been produced. Either both are
 * replaced or, except at a power cut between them, none.
 */
export async function writeLinesWith(
  { path, lines, signal }: { readonly path: string; readonly lines: Lines; readonly signal: AbortSignal },
  other: { readonly path: string; readonly lines: () => Iterable<string> },
): Promise<true> {
  await replaceTogether(
    { path, content: [Readable.from(blocksOf(lines, signal))] },
    { path: other.path, content: () => [Readable.from(other.lines())] },
  );
  return true;
}

/**
 * Writes lines to standard output as they are, for another program or a file; on a terminal, they are made safe.
 *
 * @returns false if they could not all be written, because the reader has closed the pipe or the disk is full. The command
 *   then ends as any other whose output is lost
 * @throws {SfError} when the signal is aborted
 */
export async function printLines(lines: Lines, signal: AbortSignal): Promise<boolean> {
  const { stdout } = process;
  const shown = stdout.isTTY ? printableLines(lines) : lines;
  try {
    await pipeline(Readable.from(blocksOf(shown, signal)), stdout, { end: false });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && 'syscall' in error) return false;
    throw error;
  }
}

async function* printableLines(lines: Lines): AsyncGenerator<string> {
  for await (const line of lines) yield `${printable(line.replace(/\r?\n$/, ''))}\n`;
}

/** Joins lines, and lets signals and other work come between the blocks. */
async function* blocksOf(lines: Lines, signal: AbortSignal): AsyncGenerator<string> {
  let block = '';
  for await (const line of lines) {
    block += line;
    if (block.length < blockLength) continue;
    yield block;
    block = '';
    await setImmediate();
    if (signal.aborted) throw interruptedError();
  }
  if (block !== '') yield block;
}
