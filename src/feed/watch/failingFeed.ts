import type { Feed } from '../feed.js';
import type { FeedError } from '../feedError.js';

/** A feed that could not be opened: whoever reads it gets the error. */
export function failingFeed(name: string, error: FeedError): Feed {
  return { name, growth: () => Promise.reject(error), read: () => neverRead(error) };
}

// eslint-disable-next-line require-yield -- what cannot be read has no rows
async function* neverRead(error: FeedError): AsyncGenerator<never> {
  throw error;
}
