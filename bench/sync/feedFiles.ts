import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { harbourFeed } from '../../src/program/index.js';

export const harbourMapping = join(import.meta.dirname, '../../examples/harbour-feed.yml');

/**
 * `even`: the members take turns, row by row. `skewed`: as the generator of the example's feed draws them. With m
 * members, the k-th most frequent gets (√k − √(k−1)) / √m of the receipts: of 20,000, the first 0.7 %, the top tenth
 * 32 %.
 */
export type Spread = 'even' | 'skewed';

export interface FeedFile {
  readonly path: string;
  readonly rows: number;
  readonly spread: Spread;
}

const rowsPerMember = 10;
const receiptsPerPiece = 500;

/** Makes feeds of the example program in a folder, each once. All rows have a member, so all become journals. */
export class FeedFiles {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  async make(spread: Spread, rows: number): Promise<FeedFile> {
    const path = join(this.folder, `${spread}-${rows}.csv`);
    const exists = await stat(path).then(
      () => true,
      () => false,
    );
    if (!exists) await pipeline(Readable.from(pieces(spread, rows)), createWriteStream(path));
    return { path, rows, spread };
  }
}

function* pieces(spread: Spread, rows: number): Generator<string> {
  const members = Math.max(1, Math.floor(rows / rowsPerMember));
  const feed = harbourFeed({ seed: 1, rows, members, withoutMember: 0 });
  let some: string[] = [];
  for (const text of spread === 'even' ? inTurn(feed, members) : feed) {
    if (some.push(text) < receiptsPerPiece) continue;
    yield some.join('');
    some = [];
  }
  yield some.join('');
}

function* inTurn(feed: Iterable<string>, members: number): Generator<string> {
  let row = 0;
  for (const text of feed) yield text.replaceAll(/HR-\d+/g, () => `HR-${100_001 + (row++ % members)}`);
}

/** Counts the rows of each member of a feed. */
export async function rowsByMember({ path }: FeedFile): Promise<number[]> {
  const counts = new Map<string, number>();
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const member = /HR-\d+/.exec(line)?.[0];
    if (member !== undefined) counts.set(member, (counts.get(member) ?? 0) + 1);
  }
  return [...counts.values()];
}
