import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { concludeCommand } from '../../../cli/concludeCommand.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { deliveryFlags, programFlags } from '../../../cli/commonFlags.js';
import { orgConnection } from '../../../cli/orgClient.js';
import type { FilesHandedIn } from '../../../cli/sync/filesHandedIn.js';
import type { SyncResult } from '../../../cli/sync/syncResult.js';
import { keepHeapSmall } from '../../../cli/sync/smallHeap.js';
import { rejectLimitFlag } from '../../../cli/sync/rejectLimitFlag.js';
import { watchFlags } from '../../../cli/sync/watchFlags.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.start');
export type { FilesHandedIn } from '../../../cli/sync/filesHandedIn.js';
export type { SyncResult } from '../../../cli/sync/syncResult.js';

export default class SyncStart extends SfCommand<SyncResult | FilesHandedIn> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    ...deliveryFlags,
    file: Flags.string({
      char: 'f',
      summary: messages.getMessage('flags.file.summary'),
      description: messages.getMessage('flags.file.description'),
      multiple: true,
      required: true,
    }),
    map: Flags.file({ char: 'm', summary: messages.getMessage('flags.map.summary'), required: true, exists: true }),
    format: Flags.option({
      options: ['csv', 'ndjson', 'json'] as const,
      summary: messages.getMessage('flags.format.summary'),
      description: messages.getMessage('flags.format.description'),
    })(),
    source: Flags.string({
      summary: messages.getMessage('flags.source.summary'),
      description: messages.getMessage('flags.source.description'),
    }),
    'empty-outbox': Flags.option({
      options: ['auto', 'lookup', 'wait', 'trust'] as const,
      default: 'auto' as const,
      summary: messages.getMessage('flags.empty-outbox.summary'),
      description: messages.getMessage('flags.empty-outbox.description'),
    })(),
    'max-rejects': rejectLimitFlag({
      summary: messages.getMessage('flags.max-rejects.summary'),
      description: messages.getMessage('flags.max-rejects.description'),
    }),
    'read-all': Flags.boolean({
      summary: messages.getMessage('flags.read-all.summary'),
      description: messages.getMessage('flags.read-all.description'),
    }),
    limit: Flags.integer({ summary: messages.getMessage('flags.limit.summary'), min: 1 }),
    ...watchFlags,
    'dry-run': Flags.boolean({ summary: messages.getMessage('flags.dry-run.summary') }),
    'intake-only': Flags.boolean({
      summary: messages.getMessage('flags.intake-only.summary'),
      description: messages.getMessage('flags.intake-only.description'),
      dependsOn: ['outbox'],
      exclusive: ['dry-run', 'limit', 'read-all', 'watch'],
    }),
    'replace-refused': Flags.boolean({
      summary: messages.getMessage('flags.replace-refused.summary'),
      description: messages.getMessage('flags.replace-refused.description'),
      dependsOn: ['intake-only'],
    }),
  };

  public async run(): Promise<SyncResult | FilesHandedIn> {
    return concludeCommand<SyncResult | FilesHandedIn>(this, async (_signal, shutdown) => {
      const { flags } = await this.parse(SyncStart);
      // Loading the engine makes most of the garbage of a small run.
      using heap = keepHeapSmall(flags.route === 'bulk' ? 'smallest' : 'small');
      // The engine is loaded while the org answers. Who needs the connection gets its failure.
      void Promise.allSettled([orgConnection(flags)]);
      const { startRun } = await import('../../../cli/sync/startRun.js');
      return await startRun(this, { flags, shutdown });
    });
  }
}
