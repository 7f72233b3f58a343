import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { deliveryFlags, filledText, programFlags } from '../../../cli/commonFlags.js';
import { concludeCommand } from '../../../cli/concludeCommand.js';
import { SfCommand } from '../../../cli/sfCommand.js';
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
    outbox: filledText({
      summary: messages.getMessage('flags.outbox.summary'),
      description: messages.getMessage('flags.outbox.description'),
      required: true,
    }),
    source: filledText({
      summary: served.getMessage('flags.source.summary'),
      description: served.getMessage('flags.source.description'),
      atLeastOne: ['source', 'map'],
    }),
    map: Flags.file({
      char: 'm',
      exists: true,
      summary: messages.getMessage('flags.map.summary'),
      description: messages.getMessage('flags.map.description'),
    }),
    'empty-outbox': Flags.option({
      options: ['auto', 'lookup', 'wait', 'trust'] as const,
      default: 'auto' as const,
      summary: served.getMessage('flags.empty-outbox.summary'),
      description: served.getMessage('flags.empty-outbox.description'),
    })(),
    'flush-after': Flags.integer({
      summary: served.getMessage('flags.flush-after.summary'),
      description: served.getMessage('flags.flush-after.description'),
      default: 50,
      min: 0,
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
