import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { deliveryFlags, filledText, programFlags } from '../../../cli/commonFlags.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { continueRun } from '../../../cli/sync/continueRun.js';
import type { SyncResult } from '../../../cli/sync/syncResult.js';
import { Shutdown } from '../../../cli/shutdown.js';
import { programOf, settingsFor } from '../../../cli/sync/runSettings.js';
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
    using shutdown = new Shutdown();
    const { flags } = await this.parse(SyncRetry);
    return await continueRun(this, { flags, signal: shutdown.signal }, (run, options) =>
      retrySync({
        ...options,
        program: programOf(run),
        run: flags.run,
        keys: flags.key,
        codes: flags.code,
        keepOrg: flags['keep-org'],
        settings: { ...settingsFor(run) },
      }),
    );
  }
}
