import { Messages } from '@salesforce/core';
import { SfCommand } from '@salesforce/sf-plugins-core';
import { deliveryFlags, filledText, programFlags, runFlag } from '../../../cli/flags.js';
import { goOn } from '../../../cli/sync/goOn.js';
import type { SyncResult } from '../../../cli/results.js';
import { Shutdown } from '../../../cli/shutdown.js';
import { programOf } from '../../../cli/sync/settings.js';
import { retrySync } from '../../../sync/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.retry');
export type { SyncResult } from '../../../cli/results.js';

export default class SyncRetry extends SfCommand<SyncResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    ...deliveryFlags,
    run: runFlag,
    key: filledText({ summary: messages.getMessage('flags.key.summary'), multiple: true }),
    code: filledText({ summary: messages.getMessage('flags.code.summary'), multiple: true }),
  };

  public async run(): Promise<SyncResult> {
    using shutdown = new Shutdown();
    const { flags } = await this.parse(SyncRetry);
    return await goOn(this, { flags, signal: shutdown.signal }, (run, options) =>
      retrySync({ ...options, program: programOf(run), run: run.id, keys: flags.key, codes: flags.code }),
    );
  }
}
