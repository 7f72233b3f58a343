import { once } from 'node:events';
import type { Readable } from 'node:stream';

/**
 * Returns true if standard input is a pipe or a file that has data. Data read for this check is put back. Waits until
 * there is data, the input ends, or the signal is aborted, which counts as no input.
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
