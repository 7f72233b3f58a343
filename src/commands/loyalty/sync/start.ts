import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { explained } from '../../../cli/errors/actionableErrors.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { feedFiles } from '../../../cli/sync/feedFiles.js';
import { deliveryFlags, programFlags } from '../../../cli/commonFlags.js';
import { resultIsKept } from '../../../cli/terminal/lostOutput.js';
import { orgClient, syncClient } from '../../../cli/orgClient.js';
import { outboxPath } from '../../../cli/outboxPath.js';
import { chooseProgram } from '../../../cli/chooseProgram.js';
import type { SyncResult } from '../../../cli/sync/syncResult.js';
import { Shutdown } from '../../../cli/shutdown.js';
import { deliveryOptions } from '../../../cli/sync/syncFlags.js';
import { startAgainCommand } from '../../../cli/sync/runSettings.js';
import { ProbeFile } from '../../../cli/sync/probedFields.js';
import { reportCommand, reportLines } from '../../../cli/sync/printReport.js';
import { claimFolder, resultsFolder, toPlanResult, toSyncResult } from '../../../cli/sync/resultsFolder.js';
import { withStages } from '../../../cli/sync/progressStages.js';
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
    limit: Flags.integer({ summary: messages.getMessage('flags.limit.summary'), min: 1 }),
    'dry-run': Flags.boolean({ summary: messages.getMessage('flags.dry-run.summary') }),
  };

  public async run(): Promise<SyncResult> {
    using shutdown = new Shutdown();
    const { flags } = await this.parse(SyncStart);
    const org = flags['target-org'];
    let startAgain: string | undefined;
    const result = await explained(this, async () => {
      const mapping = await sync.loadMapping(flags.map, { source: flags.source });
      const files = await feedFiles(flags.file);
      if (!flags['dry-run']) await claimFolder(flags['results-dir']);
      const feeds = await Promise.all(files.map((file) => sync.openFeed(file, mapping)));
      const client = await syncClient(flags);
      const program = await chooseProgram(await orgClient(flags, shutdown.signal), flags.program, this);
      const path = flags.outbox ?? outboxPath(this.config.dataDir, org, program);
      const settings = { files, mapping: { name: flags.map, text: mapping.text } };
      startAgain = startAgainCommand(
        { settings: { ...settings, program, source: mapping.source } },
        path,
        this.orgName,
      );
      await using outbox = flags['dry-run']
        ? await sync.SqliteOutbox.copyOf(path)
        : await sync.SqliteOutbox.open(path, { keepPayloads: flags['keep-payloads'] });
      return await withStages({ silent: this.jsonEnabled(), log: this.log.bind(this) }, async (onProgress) => {
        const options: sync.StartOptions = {
          ...deliveryOptions(flags),
          probedField: await new ProbeFile(this.config.dataDir, org).find(flags['unique-field']),
          client,
          program,
          outbox,
          feeds,
          source: mapping.source,
          emptyOutbox: flags['empty-outbox'],
          limit: flags.limit,
          signal: shutdown.signal,
          settings,
          onProgress,
        };
        if (flags['dry-run']) return toPlanResult(await sync.planSync(options));
        const report = await sync.startSync(options);
        const folder = resultsFolder(outbox.name, report.run, flags['results-dir']);
        await sync.writeResults(outbox, report.run, folder);
        return toSyncResult(report, folder);
      });
    });
    process.exitCode = sync.exitCode(result, { failWithoutEffect: flags['fail-without-effect'] });
    if (!flags['dry-run']) resultIsKept(reportCommand(result, this.orgName));
    for (const line of reportLines(result, this.orgName, startAgain)) this.log(line);
    return result;
  }
}
