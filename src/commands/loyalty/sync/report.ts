import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { explained } from '../../../cli/errors/actionableErrors.js';
import { deliveryFlags, filledText, outboxFlag, programFlags, runFlag } from '../../../cli/commonFlags.js';
import { orgClient } from '../../../cli/orgClient.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import type { SyncResult } from '../../../cli/sync/syncResult.js';
import { openEarlierOutboxToRead } from '../../../cli/sync/earlierRun.js';
import { findRun } from '../../../cli/sync/findRun.js';
import { findKey, keyExitCode, keyReportLines } from '../../../cli/sync/keyReport.js';
import type { KeyReport } from '../../../cli/sync/keyReport.js';
import { reportLines } from '../../../cli/sync/reportLines.js';
import { listRuns, runListLines } from '../../../cli/sync/runList.js';
import type { RunList } from '../../../cli/sync/runList.js';
import { correctionOf, startAgainCommand, storedDelivery } from '../../../cli/sync/runSettings.js';
import { resultsFolder, toSyncResult } from '../../../cli/sync/resultsFolder.js';
import { writeRunSummary } from '../../../cli/sync/writeRunSummary.js';
import { makeReport, writeResults } from '../../../sync/index.js';
import type { Outbox } from '../../../sync/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.report');
export type { SyncResult } from '../../../cli/sync/syncResult.js';

export default class SyncReport extends SfCommand<SyncResult | KeyReport | RunList> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    run: runFlag,
    key: filledText({
      summary: messages.getMessage('flags.key.summary'),
      description: messages.getMessage('flags.key.description'),
      exclusive: ['run', 'results-dir'],
    }),
    list: Flags.boolean({
      summary: messages.getMessage('flags.list.summary'),
      description: messages.getMessage('flags.list.description'),
      exclusive: ['run', 'key', 'results-dir', 'results-format'],
    }),
    // A default would be a limit without a list.
    limit: Flags.integer({ min: 1, summary: messages.getMessage('flags.limit.summary'), dependsOn: ['list'] }),
    outbox: outboxFlag,
    'results-dir': deliveryFlags['results-dir'],
    'results-format': deliveryFlags['results-format'],
  };

  public async run(): Promise<SyncResult | KeyReport | RunList> {
    const { flags } = await this.parse(SyncReport);
    return explained(this, async () => {
      await using outbox = await openEarlierOutboxToRead(this, flags, await orgClient(flags));
      if (flags.key !== undefined) return await this.#reportKey(outbox, flags.key);
      const run = await findRun(outbox, flags, this);
      if (flags.list) return await this.#reportRuns(outbox, flags.limit);
      const folder = resultsFolder(outbox.name, run.id, flags['results-dir']);
      const result = toSyncResult(await makeReport(outbox, run), folder);
      await writeResults(outbox, run.id, folder, flags['results-format']);
      const startAgain = startAgainCommand(run, outbox.name, this.orgName);
      const correction = correctionOf(run, outbox.name, this.orgName);
      const context = { org: this.orgName, startAgain, correction, delivery: storedDelivery(run) };
      await writeRunSummary(result, context);
      for (const line of reportLines(result, context)) this.log(line);
      return result;
    });
  }

  async #reportRuns(outbox: Outbox, limit = 20): Promise<RunList> {
    const list = await listRuns(outbox, limit);
    for (const line of runListLines(list, this.orgName)) this.log(line);
    return list;
  }

  async #reportKey(outbox: Outbox, key: string): Promise<KeyReport> {
    const report = await findKey(outbox, key);
    const id = report.transactions.at(-1)?.run;
    const run = id === undefined ? undefined : await outbox.runs.find(id);
    for (const line of keyReportLines(report, this.orgName, run && storedDelivery(run))) this.log(line);
    process.exitCode = keyExitCode(report);
    return report;
  }
}
