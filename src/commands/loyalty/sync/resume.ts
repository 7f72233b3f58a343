import { Messages } from '@salesforce/core';
import { SfCommand } from '@salesforce/sf-plugins-core';
import { explained } from '../../../cli/explain.js';
import { deliveryFlags, programFlags, runFlag } from '../../../cli/flags.js';
import { outboxPath } from '../../../cli/outboxPath.js';
import { chooseProgram } from '../../../cli/program.js';
import type { SyncResult } from '../../../cli/results.js';
import { findRun } from '../../../cli/run.js';
import { Shutdown } from '../../../cli/shutdown.js';
import { deliveryOptions } from '../../../cli/syncFlags.js';
import { reportLines } from '../../../cli/syncReport.js';
import { claimFolder, resultsFolder, toSyncResult } from '../../../cli/syncResult.js';
import { settingsOf } from '../../../cli/syncSettings.js';
import { withStages } from '../../../cli/syncStages.js';
import { LoyaltyClient } from '../../../client/index.js';
import * as sync from '../../../sync/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.resume');
export type { SyncResult } from '../../../cli/results.js';

export default class SyncResume extends SfCommand<SyncResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = { ...programFlags, ...deliveryFlags, run: runFlag };

  public async run(): Promise<SyncResult> {
    using shutdown = new Shutdown();
    const { flags } = await this.parse(SyncResume);
    const org = flags['target-org'];
    const result = await explained(async () => {
      const client = new LoyaltyClient(org.getConnection(flags['api-version']));
      const path =
        flags.outbox ?? outboxPath(this.config.dataDir, org, await chooseProgram(client, flags.program, this));
      await using outbox = await sync.SqliteOutbox.openExisting(path);
      const run = await findRun(outbox, flags.run);
      const { program, source, files, mapping } = settingsOf(run, flags.program);
      if (files.includes('-')) this.warn(messages.getMessage('warning.standardInput'));
      const feeds = await openFeeds(files, sync.parseMapping(mapping.text, mapping.name, { source }));
      await claimFolder(flags['results-dir']);
      const report = await withStages({ silent: this.jsonEnabled(), log: this.log.bind(this) }, (onProgress) =>
        sync.resumeSync({
          ...deliveryOptions(flags),
          client,
          program,
          outbox,
          source,
          run: run.id,
          feeds,
          signal: shutdown.signal,
          onProgress,
        }),
      );
      const folder = resultsFolder(outbox.name, report.run, flags['results-dir']);
      await sync.writeResults(outbox, report.run, folder);
      process.exitCode = sync.exitCode(report);
      return toSyncResult(report, folder);
    });
    for (const line of reportLines(result)) this.log(line);
    return result;
  }
}

/** Standard input cannot be read again: what was read of it is in the outbox. */
function openFeeds(files: readonly string[], mapping: sync.Mapping): Promise<sync.Feed[]> {
  return Promise.all(files.filter((file) => file !== '-').map((file) => sync.openFeed(file, mapping)));
}
