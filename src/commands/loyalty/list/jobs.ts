import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { filledText, orgFlags } from '../../../cli/commonFlags.js';
import { concludeUnlessInterrupted } from '../../../cli/concludeCommand.js';
import { countBy } from '../../../cli/counts.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { runRecord } from '../../../cli/jobs/jobRecord.js';
import { orgClient } from '../../../cli/orgClient.js';
import { jobStatuses } from '../../../cli/results/jobResults.js';
import type { ListJobsResult } from '../../../cli/results/jobResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { enumWords } from '../../../cli/terminal/enumWords.js';
import { narrowTableLayout } from '../../../cli/terminal/tableLayout.js';
import { wrapped } from '../../../cli/terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.list.jobs');
export type { ListJobsResult } from '../../../cli/results/jobResults.js';

export default class ListJobs extends SfCommand<ListJobsResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...orgFlags,
    definition: filledText({ char: 'd', summary: messages.getMessage('flags.definition.summary') }),
    running: Flags.boolean({ char: 'r', summary: messages.getMessage('flags.running.summary') }),
    limit: Flags.integer({
      char: 'l',
      min: 1,
      max: 2000,
      default: 20,
      summary: messages.getMessage('flags.limit.summary'),
    }),
  };

  public async run(): Promise<ListJobsResult> {
    return concludeUnlessInterrupted(this, async () => {
      const { flags } = await this.parse(ListJobs);
      const { definition, running: isRunning, limit } = flags;
      const { batchJobs } = await orgClient(flags);
      const [jobs, definitions] = await Promise.all([
        batchJobs.list({ definition, isRunning, limit }),
        batchJobs.definitions(),
      ]);
      const records = jobs.map(runRecord);
      this.#showDefinitions(definitions);
      this.#showJobs(records);
      return { result: { records, definitions, counts: countBy(records, jobStatuses) }, exitCode: exitCodes.done };
    });
  }

  #showDefinitions(definitions: ListJobsResult['definitions']): void {
    if (definitions.length === 0) {
      this.log(messages.getMessage('info.noDefinitions'));
      return;
    }
    const data = definitions.map(({ name, kind }) => ({ definition: name, kind: messages.getMessage(`kind.${kind}`) }));
    this.log(messages.getMessage('info.definitions'));
    this.table({ ...narrowTableLayout, columns: ['definition', 'kind'], data });
  }

  #showJobs(records: ListJobsResult['records']): void {
    if (records.length === 0) {
      this.log(messages.getMessage('info.noJobs'));
      return;
    }
    this.log(messages.getMessage('info.jobs'));
    for (const record of records) for (const line of jobLine(record)) this.log(line);
  }
}

/** Names of definitions are too long for a column beside an Id. */
function jobLine({ key, definition, orgStatus, startTime }: ListJobsResult['records'][number]): string[] {
  const started = startTime === null ? '–' : new Date(startTime).toLocaleString();
  return wrapped(messages.getMessage('info.job', [key, definition ?? '–', enumWords(orgStatus), started]), '');
}
