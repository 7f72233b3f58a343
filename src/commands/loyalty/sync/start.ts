import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { concludeCommand } from '../../../cli/concludeCommand.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { feedFiles } from '../../../cli/sync/feedFiles.js';
import { deliveryFlags, programFlags } from '../../../cli/commonFlags.js';
import { outboxPath } from '../../../cli/outboxPath.js';
import { chooseProgram } from '../../../cli/chooseProgram.js';
import type { SyncResult } from '../../../cli/sync/syncResult.js';
import { deliverRun } from '../../../cli/sync/deliverRun.js';
import { rejectLimitFlag } from '../../../cli/sync/rejectLimitFlag.js';
import { usageError } from '../../../cli/feedFlags.js';
import { deliveryWords } from '../../../cli/sync/syncFlags.js';
import { claimFolder } from '../../../cli/sync/resultsFolder.js';
import { watchedPath } from '../../../cli/sync/watchedPath.js';
import type { WatchedPath } from '../../../cli/sync/watchedPath.js';
import { watchFlags } from '../../../cli/sync/watchFlags.js';
import { startAgainCommand } from '../../../cli/sync/runSettings.js';
import * as sync from '../../../sync/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.start');
export type { SyncResult } from '../../../cli/sync/syncResult.js';

export default class SyncStart extends SfCommand<SyncResult> {
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
      options: sync.fileFormats,
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
    limit: Flags.integer({ summary: messages.getMessage('flags.limit.summary'), min: 1 }),
    ...watchFlags,
    'dry-run': Flags.boolean({ summary: messages.getMessage('flags.dry-run.summary') }),
  };

  public async run(): Promise<SyncResult> {
    return concludeCommand(this, async (signal, shutdown) => {
      const { flags } = await this.parse(SyncStart);
      const { 'dry-run': isDry, 'keep-payloads': keepPayloads } = flags;
      const mapping = await sync.loadMapping(flags.map, { source: flags.source });
      const files = await feedFiles(flags.file);
      if (flags['max-rejects'] && files.includes('-')) throw usageError(messages.createError('error.rejectsOfStream'));
      if (!isDry) await claimFolder(flags['results-dir']);
      const watch = flags.watch ? await watchedPath(files, mapping, flags, signal) : undefined;
      const own = {
        feeds: watch ? [] : await Promise.all(files.map((file) => sync.openFeed(file, mapping, flags.format))),
        source: mapping.source,
        emptyOutbox: flags['empty-outbox'],
        limit: flags.limit,
        maxRejects: flags['max-rejects'],
        settings: {
          files,
          format: flags.format,
          watch: watch?.settings,
          delivery: deliveryWords(flags),
          mapping: { name: flags.map, text: mapping.text },
        },
      };
      return deliverRun(this, { flags, signal }, async (asking) => {
        const program = await chooseProgram(asking, flags.program, this);
        const path = flags.outbox ?? outboxPath(this.config.dataDir, flags['target-org'], program);
        const { SqliteOutbox } = sync;
        const settings = { ...own.settings, program, source: mapping.source };
        return {
          startAgain: startAgainCommand({ settings }, path, this.orgName, { 'dry-run': isDry }),
          outbox: isDry ? await SqliteOutbox.copyOf(path) : await SqliteOutbox.open(path, { keepPayloads }),
          deliver: (options) => {
            if (watch) return this.#watch(watch, { ...options, ...own, program, signal: shutdown.again });
            return (isDry ? sync.planSync : sync.startSync)({ ...options, ...own, program });
          },
        };
      });
    });
  }

  /** The first signal ends the watch and nothing else: what was read is delivered. The second one ends the run. */
  #watch({ watched, sentence, until }: WatchedPath, options: sync.LiveOptions): Promise<sync.SyncReport> {
    this.info(sentence);
    until.addEventListener('abort', () => this.info(messages.getMessage('info.watchEnds')), { once: true });
    const onNote = ({ message }: { readonly message: string }): void => void this.warn(message);
    return sync.watchSync({ ...options, watched, onNote });
  }
}
