import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { isSameId } from '../../../base/sameId.js';
import { programFlags } from '../../../cli/commonFlags.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { inProgramUnlessInterrupted } from '../../../cli/inProgram.js';
import type { ListProcessesResult } from '../../../cli/results/listResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { enumWords } from '../../../cli/terminal/enumWords.js';
import { narrowTableLayout } from '../../../cli/terminal/tableLayout.js';
import { wrapped } from '../../../cli/terminal/terminalText.js';
import type { ParameterRow, ProcessRow } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.list.processes');
export type { ListProcessesResult } from '../../../cli/results/listResults.js';

type ProcessRecord = ListProcessesResult['records'][number];

export default class ListProcesses extends SfCommand<ListProcessesResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = { ...programFlags };

  public async run(): Promise<ListProcessesResult> {
    return inProgramUnlessInterrupted(
      this,
      async () => (await this.parse(ListProcesses)).flags,
      async ({ client, program }) => {
        const [processes, parameters] = await Promise.all([
          client.processes.list(program),
          client.processes.parameters(program),
        ]);
        const records = processes.map((process) => toRecord(process, parameters));
        this.#show(program, records);
        return { result: { program, records, counts: { total: records.length } }, exitCode: exitCodes.done };
      },
    );
  }

  #show(program: string, records: readonly ProcessRecord[]): void {
    if (records.length === 0) {
      this.log(messages.getMessage('info.none', [program]));
      return;
    }
    this.table({
      ...narrowTableLayout,
      columns: ['process', 'type', 'status'],
      data: records.map(({ key, type, status }) => ({
        process: key,
        type: enumWords(type),
        status: status?.toLowerCase() ?? '–',
      })),
    });
    for (const record of records) for (const line of parameterLines(record)) this.log(line);
  }
}

/** Names of parameters are too long for columns beside those of the process. */
function parameterLines({ key, inputs, outputs }: ProcessRecord): string[] {
  const taken = inputs.map(({ name }) => name).join(', ');
  const answered = outputs.map(({ name }) => name).join(', ');
  if (taken && answered) return wrapped(messages.getMessage('info.both', [key, taken, answered]), '');
  if (taken) return wrapped(messages.getMessage('info.takes', [key, taken]), '');
  return answered ? wrapped(messages.getMessage('info.answers', [key, answered]), '') : [];
}

function toRecord({ Id, Name, ProcessType, Status }: ProcessRow, parameters: readonly ParameterRow[]): ProcessRecord {
  const own = parameters.filter(({ LoyaltyProgramProcessId }) => isSameId(LoyaltyProgramProcessId, Id));
  const described = (rows: readonly ParameterRow[]) => rows.map((row) => ({ name: row.Name, type: row.DataType }));
  return {
    key: Name,
    status: Status,
    processId: Id,
    type: ProcessType,
    inputs: described(own.filter(({ IsInput }) => IsInput)),
    outputs: described(own.filter(({ IsOutput }) => IsOutput)),
  };
}
