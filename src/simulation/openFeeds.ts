import { loadMapping, openFeed } from '../feed/index.js';
import type { Feed, FeedFormat } from '../feed/index.js';

export interface FeedFiles {
  readonly files: readonly string[];
  /** Path of the mapping file. */
  readonly map: string;
  /** Where the endings of the files do not tell it. */
  readonly format?: FeedFormat | undefined;
}

/** Opens feeds as a sync does. @throws {FeedError} */
export async function openFeeds({ files, map, format }: FeedFiles): Promise<Feed[]> {
  const mapping = await loadMapping(map);
  return Promise.all(files.map((file) => openFeed(file, mapping, format)));
}
