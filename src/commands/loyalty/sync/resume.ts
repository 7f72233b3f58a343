import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { deliveryFlags, programFlags, runFlag } from '../../../cli/commonFlags.js';
import { concludeCommand } from '../../../cli/concludeCommand.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { deliverRun } from '../../../cli/sync/deliverRun.js';
import { openEarlierRun } from '../../../cli/sync/earlierRun.js';
import type { SyncResult } from '../../../cli/sync/syncResult.js';
import { hasInput } from '../../../cli/sync/standardInput.js';
import { resumedFeeds } from '../../../cli/sync/resumedFeeds.js';
import { latestGeneration, restOfFolder } from '../../../cli/sync/watchedPath.js';
import { storedSettings } from '../../../cli/sync/runSettings.js';
import { storedMapping, withStoredMapping } from '../../../cli/sync/storedMapping.js';
import { resumeSync } from '../../../sync/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.resume');
export type { SyncResult } from '../../../cli/sync/syncResult.js';

export default class SyncResume extends SfCommand<SyncResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = { ...programFlags, ...deliveryFlags, run: runFlag };

  public async run(): Promise<SyncResult> {
    return concludeCommand(this, async (signal) => {
      const { flags } = await this.parse(SyncResume);
      const open = openEarlierRun(this, flags, async (run, options) => {
        const { program, source, files, format, watch } = storedSettings(run);
        const own = { ...options, program, source, run: run.id };
        // A run of a door or a worker owes only what the outbox has, and that needs no mapping.
        if (files.length === 0) return resumeSync({ ...own, feeds: [] });
        const isGiven = !files.includes('-') || (await hasInput(process.stdin, signal));
        const progress = isGiven ? undefined : await options.outbox.intake.progress(run.id, '-');
        const isUnread = !isGiven && progress?.complete !== true;
        if (isUnread) this.warn(messages.getMessage('warning.standardInput'));
        const paths = isGiven ? files : files.filter((file) => file !== '-');
        const { outbox } = options;
        return withStoredMapping(run, { outbox: outbox.name, org: this.orgName }, async () => {
          const mapping = storedMapping(run);
          const [path] = paths;
          if (watch?.doneMarker !== undefined && path !== undefined) {
            const watched = await restOfFolder(path, watch.doneMarker, { run, outbox, format, mapping });
            return resumeSync({ ...own, feeds: [], watched });
          }
          const nameOf = watch && ((watchedFile: string) => latestGeneration(watchedFile, run, outbox));
          const feeds = await resumedFeeds(paths, mapping, { run, outbox, format, nameOf, org: this.orgName });
          return resumeSync({ ...own, feeds, unreadable: isUnread ? ['-'] : [] });
        });
      });
      return deliverRun(this, { flags, signal }, open);
    });
  }
}
