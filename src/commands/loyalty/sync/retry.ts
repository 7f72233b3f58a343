import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { deliveryFlags, filledText, programFlags } from '../../../cli/commonFlags.js';
import { concludeCommand } from '../../../cli/concludeCommand.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { deliverRun } from '../../../cli/sync/deliverRun.js';
import { openEarlierRun } from '../../../cli/sync/earlierRun.js';
import type { SyncResult } from '../../../cli/sync/syncResult.js';
import { programOf, settingsWithoutFeeds } from '../../../cli/sync/runSettings.js';
import { retrySync } from '../../../sync/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.retry');
export type { SyncResult } from '../../../cli/sync/syncResult.js';

export default class SyncRetry extends SfCommand<SyncResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    ...deliveryFlags,
    run: filledText({ summary: messages.getMessage('flags.run.summary') }),
    key: filledText({ summary: messages.getMessage('flags.key.summary'), multiple: true }),
    code: filledText({ summary: messages.getMessage('flags.code.summary'), multiple: true }),
    'keep-org': filledText({
      summary: messages.getMessage('flags.keep-org.summary'),
      description: messages.getMessage('flags.keep-org.description'),
      multiple: true,
    }),
  };

  public async run(): Promise<SyncResult> {
    return concludeCommand(this, async (signal) => {
      const { flags } = await this.parse(SyncRetry);
      const open = openEarlierRun(this, flags, (run, options) =>
        retrySync({
          ...options,
          program: programOf(run),
          run: flags.run,
          keys: flags.key,
          codes: flags.code,
          keepOrg: flags['keep-org'],
          settings: { ...settingsWithoutFeeds(run), delivery: this.delivery },
        }),
      );
      return deliverRun(this, { flags, signal }, open);
    });
  }
}
