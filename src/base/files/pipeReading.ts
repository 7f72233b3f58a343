import { closeSync, constants, createReadStream, fstatSync, openSync, statSync, writeSync } from 'node:fs';
import type { ReadStream } from 'node:fs';

/** Pipes that are being opened or read, with their paths. */
const reading = new Map<ReadStream, string>();

const retryMilliseconds = 50;

/**
 * Opens a file like `createReadStream`. A named pipe that nobody writes to blocks the thread that opens or reads it, and a process
 * cannot end before that thread does: when this process exits, or calls {@link stopReading}, it is woken.
 */
export function readStream(
  path: string,
  options?: { readonly end?: number; readonly highWaterMark?: number },
): ReadStream {
  const isPipe = statSync(path, { throwIfNoEntry: false })?.isFIFO() ?? false;
  const stream = createReadStream(path, options);
  if (!isPipe) return stream;
  if (reading.size === 0) process.on('exit', wakeAll);
  reading.set(stream, path);
  stream.once('close', () => {
    reading.delete(stream);
    if (reading.size === 0) process.off('exit', wakeAll);
  });
  return stream;
}

/** Ends a stream of {@link readStream} at once, whatever it waits for. */
export function stopReading(stream: ReadStream): void {
  stream.destroy();
  const path = reading.get(stream);
  if (path === undefined || stream.closed) return;
  wake(path);
  // The thread may not have come to the pipe yet.
  const timer = setInterval(() => wake(path), retryMilliseconds);
  stream.once('close', () => clearInterval(timer));
}

function wakeAll(): void {
  for (const path of reading.values()) wake(path);
}

/** Becomes the writer that the reader waits for. */
function wake(path: string): void {
  try {
    const file = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    try {
      // Something else may have taken the place of the pipe.
      if (fstatSync(file).isFIFO()) writeSync(file, '\n');
    } finally {
      closeSync(file);
    }
  } catch {
    // Nobody reads it any more.
  }
}
