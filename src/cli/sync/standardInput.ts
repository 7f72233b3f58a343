import { once } from 'node:events';
import type { Readable } from 'node:stream';

/**
 * Whether somebody gives standard input: a pipe or a file with something in it, and neither a terminal nor nothing.
 * What was read to find out is put back. Without an answer when the signal comes, which also ends the waiting.
 */
export async function hasInput(input: Readable & { readonly isTTY?: boolean }, signal: AbortSignal): Promise<boolean> {
  if (input.isTTY) return false;
  try {
    await Promise.race([once(input, 'readable', { signal }), once(input, 'end', { signal })]);
  } catch (error) {
    input.destroy();
    if (signal.aborted) return false;
    throw error;
  }
  const chunk: unknown = input.read();
  if (chunk === null) return false;
  input.unshift(chunk);
  return true;
}
