import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { deliveryFlags, filledText, outboxAt, programFlags } from '../../../cli/commonFlags.js';
import { concludeCommand } from '../../../cli/concludeCommand.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { arrivalFlags } from '../../../cli/sync/arrivalFlags.js';
import { runWorker } from '../../../cli/sync/runWorker.js';
import type { SyncWorkerResult } from '../../../cli/sync/syncWorkerResult.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.worker');
const served = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.serve');
export type { SyncWorkerResult } from '../../../cli/sync/syncWorkerResult.js';

export default class SyncWorker extends SfCommand<SyncWorkerResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    ...deliveryFlags,
    outbox: outboxAt({
      summary: messages.getMessage('flags.outbox.summary'),
      description: messages.getMessage('flags.outbox.description'),
      required: true,
    }),
    ...arrivalFlags({
      summary: messages.getMessage('flags.map.summary'),
      description: messages.getMessage('flags.map.description'),
    }),
    'exit-when-idle': Flags.boolean({
      summary: messages.getMessage('flags.exit-when-idle.summary'),
      description: messages.getMessage('flags.exit-when-idle.description'),
    }),
    port: Flags.integer({
      summary: messages.getMessage('flags.port.summary'),
      min: 0,
      max: 65_535,
    }),
    host: filledText({
      summary: served.getMessage('flags.host.summary'),
      description: messages.getMessage('flags.host.description'),
      default: '127.0.0.1',
    }),
    verbose: Flags.boolean({ summary: messages.getMessage('flags.verbose.summary') }),
  };

  public async run(): Promise<SyncWorkerResult> {
    return concludeCommand(this, async (signal) => {
      const { flags } = await this.parse(SyncWorker);
      return runWorker(this, { flags, signal });
    });
  }
}
