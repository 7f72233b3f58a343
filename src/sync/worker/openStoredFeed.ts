import { FeedError, feedFromBytes, fileFormats, parseMapping } from '../../feed/index.js';
import type { Feed, FeedInBytes } from '../../feed/index.js';
import type { StoredFeed } from '../../outbox/index.js';

/**
 * Opens a feed that was handed in. Nothing is read yet. The process that handed it in has understood its mapping and its
 * format. So if this one does not, a newer build must read it: the error is returned, and the file is not at fault.
 * @param own `name`: with the number of the feed, because a file of the same name may be handed in every day
 */
export function openStoredFeed(stored: StoredFeed, own: Pick<FeedInBytes, 'name' | 'open'>): Feed | FeedError {
  const { name: path, source } = stored;
  try {
    const mapping = parseMapping(stored.mapping, `the mapping of ${path}`, { source });
    const format = fileFormats.find((each) => each === stored.format);
    if (stored.format !== undefined && format === undefined)
      return new FeedError('unknown-format', `The format ${stored.format} is not known.`);
    return feedFromBytes({ ...own, path, mapping, format });
  } catch (error) {
    if (error instanceof FeedError) return error;
    throw error;
  }
}
