import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { filledText, orgFlags } from '../../../cli/commonFlags.js';
import { concludeCommand } from '../../../cli/concludeCommand.js';
import { countBy } from '../../../cli/counts.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { givenInputs } from '../../../cli/givenInputs.js';
import { chosenDefinition, definitionInputs } from '../../../cli/jobs/chosenDefinition.js';
import { refreshJob } from '../../../cli/jobs/refreshJob.js';
import { jobIdFlag } from '../../../cli/jobs/jobIdFlag.js';
import { jobLines } from '../../../cli/jobs/jobLines.js';
import { jobExitCode, jobRecord } from '../../../cli/jobs/jobRecord.js';
import { watchJob } from '../../../cli/jobs/watchJob.js';
import { namedValues } from '../../../cli/namedValueFlag.js';
import type { NamedValue } from '../../../cli/namedValueFlag.js';
import { orgClient } from '../../../cli/orgClient.js';
import { jobStatuses } from '../../../cli/results/jobResults.js';
import type { RunJobResult } from '../../../cli/results/jobResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import type { LoyaltyClient } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.run.job');
export type { RunJobResult } from '../../../cli/results/jobResults.js';

const ways = ['batch-job', 'calculation', 'decision-table', 'failed-of', 'watch'];

const ofStarted = ['decision-table', 'failed-of', 'watch'];

interface WhichJob {
  readonly 'batch-job': string | undefined;
  readonly calculation: string | undefined;
  readonly 'decision-table': string | undefined;
  readonly incremental: boolean;
  readonly 'failed-of': string | undefined;
  readonly watch: string | undefined;
  readonly input: readonly NamedValue[] | undefined;
  readonly file: string | undefined;
}

export default class RunJob extends SfCommand<RunJobResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...orgFlags,
    'batch-job': filledText({ char: 'b', summary: messages.getMessage('flags.batch-job.summary'), exactlyOne: ways }),
    calculation: filledText({ char: 'c', summary: messages.getMessage('flags.calculation.summary') }),
    'decision-table': filledText({ char: 't', summary: messages.getMessage('flags.decision-table.summary') }),
    incremental: Flags.boolean({
      summary: messages.getMessage('flags.incremental.summary'),
      dependsOn: ['decision-table'],
    }),
    'failed-of': jobIdFlag({ summary: messages.getMessage('flags.failed-of.summary') }),
    watch: jobIdFlag({ summary: messages.getMessage('flags.watch.summary') }),
    input: namedValues(messages.getMessage('flags.input.summary'), { exclusive: ofStarted }),
    file: Flags.string({
      char: 'f',
      summary: messages.getMessage('flags.file.summary'),
      exclusive: ofStarted,
    }),
    wait: Flags.integer({
      char: 'w',
      min: 1,
      summary: messages.getMessage('flags.wait.summary'),
      exclusive: ['async'],
    }),
    async: Flags.boolean({ char: 'a', summary: messages.getMessage('flags.async.summary') }),
  };

  public async run(): Promise<RunJobResult> {
    return concludeCommand(this, async (signal) => {
      const { flags } = await this.parse(RunJob);
      const client = await orgClient(flags);
      const id = flags.watch ?? (await this.#started(client, flags));
      const wait = flags.async ? 0 : flags.wait === undefined ? undefined : flags.wait * 60_000;
      const state = await watchJob(this, client, { id, wait, signal });
      const record = await jobRecord(client, state);
      for (const line of jobLines(record, this.orgName)) this.log(line);
      const isLeft = flags.async && record.status === 'running';
      const exitCode = isLeft ? exitCodes.done : jobExitCode(record.status);
      return { result: { records: [record], counts: countBy([record], jobStatuses) }, exitCode };
    });
  }

  /** Returns the Id of the new job. */
  async #started(client: LoyaltyClient, flags: WhichJob): Promise<string> {
    const { 'failed-of': failedOf, 'batch-job': batchJob, calculation, input = [], file } = flags;
    const { 'decision-table': table, incremental: isIncremental } = flags;
    if (failedOf !== undefined) return client.batchJobs.submitFailed(failedOf);
    if (table !== undefined) return refreshJob(client, table, { isIncremental });
    const given = await givenInputs(input, file);
    const kind = batchJob === undefined ? 'calculation' : 'batch';
    const name = await chosenDefinition(client, { kind, name: batchJob ?? calculation ?? '' }, this.orgName);
    const inputs = await definitionInputs(client, { kind, name }, given);
    return kind === 'batch' ? client.batchJobs.start(name, inputs) : client.batchJobs.startCalculation(name, inputs);
  }
}
