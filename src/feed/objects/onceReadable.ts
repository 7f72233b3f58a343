import type { Feed, FeedPosition, FeedStretch, ReadOptions } from '../feed.js';
import { FeedError } from '../feedError.js';

/** A feed whose rows come once. */
export function onceReadable(feed: Feed): Feed {
  return {
    ...feed,
    growth: undefined,
    read: (options: ReadOptions) =>
      options.from === undefined ? feed.read(options) : refused(feed.name, options.from),
  };
}

// eslint-disable-next-line require-yield -- nothing can be read
async function* refused(name: string, { rows }: FeedPosition): AsyncGenerator<FeedStretch> {
  throw new FeedError('position-refused', `The feed ${name} cannot be read on after row ${rows}: its rows come once.`, [
    'Resume the run without this feed to deliver what was read, and start a new run for the rows that come now.',
  ]);
}
