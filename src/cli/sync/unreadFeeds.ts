import { feedLeft, feedRefused } from '../../sync/index.js';
import { exitCodes } from '../errors/exitCodes.js';
import type { ExitCode } from '../errors/exitCodes.js';
import type { SyncResult } from './syncResult.js';
import type { SyncWorkerResult } from './syncWorkerResult.js';

type UnreadFeedCounts = Pick<SyncWorkerResult, 'feedsRefused' | 'feedsLeft'>;

/** Counts the feeds that a worker's run could not read, by its notes. */
export function unreadFeeds(result: SyncResult | null): UnreadFeedCounts {
  const noted = (code: string): number => result?.notes.filter((note) => note.code === code).length ?? 0;
  return { feedsRefused: noted(feedRefused), feedsLeft: noted(feedLeft) };
}

/** Returns the exit code of a worker whose run has left such feeds: it is not 0 as long as there are any. */
export function withUnread(exitCode: ExitCode, { feedsRefused, feedsLeft }: UnreadFeedCounts): ExitCode {
  if (exitCode !== exitCodes.done && exitCode !== exitCodes.attention) return exitCode;
  if (feedsLeft > 0) return exitCodes.unfinished;
  return feedsRefused > 0 ? exitCodes.attention : exitCode;
}
