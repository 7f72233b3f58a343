import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { askFirst, noPromptFlag } from '../../../cli/askFirst.js';
import { orgFlags } from '../../../cli/commonFlags.js';
import { concludeUnlessInterrupted } from '../../../cli/concludeCommand.js';
import type { Conclusion } from '../../../cli/concludeCommand.js';
import { countBy } from '../../../cli/counts.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { jobIdFlag } from '../../../cli/jobs/jobIdFlag.js';
import { jobLines, jobProgressText } from '../../../cli/jobs/jobLines.js';
import { jobRecord } from '../../../cli/jobs/jobRecord.js';
import { unknownJob } from '../../../cli/jobs/watchJob.js';
import { orgClient } from '../../../cli/orgClient.js';
import { jobStatuses } from '../../../cli/results/jobResults.js';
import type { CancelJobResult } from '../../../cli/results/jobResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import type { BatchJobState, LoyaltyClient } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.cancel.job');
export type { CancelJobResult } from '../../../cli/results/jobResults.js';

export default class CancelJob extends SfCommand<CancelJobResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...orgFlags,
    job: jobIdFlag({ char: 'j', summary: messages.getMessage('flags.job.summary'), required: true }),
    'no-prompt': noPromptFlag,
  };

  public async run(): Promise<CancelJobResult> {
    return concludeUnlessInterrupted(this, async () => {
      const { flags } = await this.parse(CancelJob);
      const client = await orgClient(flags);
      const before = await this.#stateOf(client, flags.job);
      if (before.isEnded) return this.#conclusion(client, before);
      if (!flags['no-prompt'] && !(await this.#mayCancel(before))) {
        this.log(messages.getMessage('info.kept'));
        return { result: { records: [], counts: countBy([], jobStatuses) }, exitCode: exitCodes.done };
      }
      await client.batchJobs.cancel(before.job.Id);
      return this.#conclusion(client, await this.#stateOf(client, flags.job));
    });
  }

  /** A job that was canceled before is as it was wanted. One that ended otherwise has to be looked at. */
  async #conclusion(client: LoyaltyClient, state: BatchJobState): Promise<Conclusion<CancelJobResult>> {
    const record = await jobRecord(client, state);
    for (const line of jobLines(record, this.orgName)) this.log(line);
    const exitCode = record.status === 'canceled' ? exitCodes.done : exitCodes.attention;
    return { result: { records: [record], counts: countBy([record], jobStatuses) }, exitCode };
  }

  async #mayCancel(state: BatchJobState): Promise<boolean> {
    const name = state.job.BatchJobDefinitionName ?? state.job.Id;
    return askFirst(this, messages.getMessage('prompt.cancel', [name, jobProgressText(state)]));
  }

  async #stateOf(client: LoyaltyClient, id: string): Promise<BatchJobState> {
    const state = await client.batchJobs.state(id);
    if (!state) throw unknownJob(id, this.orgName);
    return state;
  }
}
