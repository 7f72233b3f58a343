import { Messages } from '@salesforce/core';
import { databaseFeedName, failingFeed, FeedError, isDatabaseAddress, openFeed } from '../../sync/index.js';
import type { Feed, FeedFormat, Mapping, Outbox, Run } from '../../sync/index.js';
import { startAgainCommand } from './runSettings.js';
import type { OrgName } from '../orgName.js';
import { countText } from '../terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.resume');

interface Place {
  readonly run: Run;
  readonly outbox: Outbox;
  /** Format of the feeds, if the start named it. */
  readonly format: FeedFormat | undefined;
  /** Name of a feed in the outbox. Default: its path. */
  readonly nameOf?: ((path: string) => Promise<string>) | undefined;
  /** Name of the org, for the commands that are printed. */
  readonly org: OrgName;
}

/**
 * Opens the feeds of a run again. Pipelines archive what has been read: one that the run has read to its end may be
 * gone.
 * @throws {SfError} for a feed that is gone before the run had read it to its end
 */
export function resumedFeeds(paths: readonly string[], mapping: Mapping, place: Place): Promise<Feed[]> {
  return Promise.all(
    paths.map(async (path) => {
      const name = await nameOf(path, mapping, place);
      try {
        return { ...(await openFeed(path, mapping, place.format)), name };
      } catch (error) {
        if (!(error instanceof FeedError) || !unreadable.has(error.code)) throw error;
        return await goneFeed(name, error, place);
      }
    }),
  );
}

const unreadable: ReadonlySet<string> = new Set(['file-unreadable', 'database-unreadable']);

async function nameOf(path: string, mapping: Mapping, place: Place): Promise<string> {
  if (isDatabaseAddress(path)) return databaseFeedName(path, mapping);
  return (await place.nameOf?.(path)) ?? path;
}

async function goneFeed(name: string, error: FeedError, { run, outbox, org }: Place): Promise<Feed> {
  const progress = await outbox.intake.progress(run.id, name);
  if (progress?.complete) return failingFeed(name, error);
  const { rows = 0 } = (progress?.position ?? {}) as { readonly rows?: number };
  const start = startAgainCommand({ settings: { ...run.settings, files: [] } }, outbox.name, org);
  throw messages.createError('error.feedGone', [error.message, countText(rows)], [start]);
}
