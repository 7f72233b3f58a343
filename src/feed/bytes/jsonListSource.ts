import type { ByteSource } from './byteSource.js';
import { JsonListLines } from './jsonListLines.js';

/** Returns the elements of a JSON list as lines of NDJSON. Positions are those in these lines. */
export function jsonListSource(source: ByteSource): ByteSource {
  return {
    name: source.name,
    // It has another number of bytes.
    size: async () => undefined,
    open: () => {
      const opened = source.open();
      return { chunks: linesOf(opened.chunks, source.name), abandon: () => opened.abandon() };
    },
  };
}

async function* linesOf(chunks: AsyncIterable<Uint8Array>, feed: string): AsyncGenerator<Uint8Array> {
  const lines = new JsonListLines(feed);
  for await (const chunk of chunks) yield lines.push(chunk);
  yield lines.end();
}
