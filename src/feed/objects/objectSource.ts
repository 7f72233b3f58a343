import { Readable } from 'node:stream';
import type { ByteSource } from '../bytes/byteSource.js';
import { FeedError } from '../feedError.js';
import { objectLine } from './objectLine.js';
import { iteratorOf, readyRows } from './readyRows.js';
import type { GivenRows } from './readyRows.js';

/**
 * Objects as the bytes of one line each. So what holds for a stream holds for them: a place in the feed is a number of
 * rows, and a digest of the rows in front of it says whether they are the same when they are given again.
 */
export function objectSource(name: string, rows: GivenRows<object>): ByteSource {
  return {
    name,
    size: async () => undefined,
    open: () => {
      const iterator = iteratorOf(rows);
      const abandon = (): void => {
        if (rows instanceof Readable) rows.destroy();
        iterator.return?.().catch(() => undefined);
      };
      return { chunks: linesOf(name, iterator), abandon };
    },
  };
}

async function* linesOf(name: string, iterator: AsyncIterator<object>): AsyncGenerator<Uint8Array, undefined> {
  const groups = readyRows(iterator);
  try {
    for (;;) {
      const next = await groups.next().catch((error: unknown) => {
        throw rowsFailed(name, error);
      });
      if (next.done) return undefined;
      yield Buffer.from(next.value.map((row) => `${objectLine(row)}\n`).join(''));
    }
  } finally {
    await groups.return(undefined);
  }
}

/** The error of the code that gives the rows, with the name of the feed. */
function rowsFailed(name: string, error: unknown): FeedError {
  const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new FeedError(
    'rows-failed',
    `The rows of the feed ${name} ended with an error (${why}).`,
    ['Correct what gives them. What was read until then is in the outbox; resume the run, or start a new one.'],
    { cause: error },
  );
}
