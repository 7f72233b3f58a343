import { counted } from '../../base/text/counted.js';
import type { RunNote } from '../../outbox/index.js';
import type { UnreadableFeed } from './feedPump.js';

/** Code of the notes of a run about feeds that cannot be read, also those that an earlier run could not read. */
export const feedRefused = 'feed-refused';
/** Code of the note of a run that feeds of other sources wait. */
export const feedOfOtherSource = 'feed-of-other-source';
/** Code of the notes of a run about feeds that only a newer build of this package can read. */
export const feedLeft = 'feed-left';

/** Returns the note about a feed that cannot be read. */
export function refusalNote({
  name,
  error,
}: {
  readonly name: string;
  readonly error: { readonly message: string };
}): RunNote {
  return {
    code: feedRefused,
    message: `The feed ${name} could not be read, and waits for a person. ${error.message}`,
  };
}

/** Returns the note about feeds that wait for a worker of another source. */
export function otherSourcesNote(count: number, source: string): RunNote {
  const wait = count === 1 ? '1 feed of another source waits' : `${counted(count, 'feed')} of other sources wait`;
  return { code: feedOfOtherSource, message: `${wait} for a worker with --source. This one reads feeds of ${source}.` };
}

/** Returns the note about a feed that only a newer build can read. */
export function leftNote({ name, error }: UnreadableFeed): RunNote {
  const message = `The feed ${name} waits for a worker with a newer version, because this one does not understand it. ${error.message}`;
  return { code: feedLeft, message };
}
