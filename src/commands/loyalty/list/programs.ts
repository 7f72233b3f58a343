import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { orgFlags } from '../../../cli/commonFlags.js';
import { concludeUnlessInterrupted } from '../../../cli/concludeCommand.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { orgClient } from '../../../cli/orgClient.js';
import type { ListProgramsResult } from '../../../cli/results/listResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { narrowTableLayout } from '../../../cli/terminal/tableLayout.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.list.programs');
export type { ListProgramsResult } from '../../../cli/results/listResults.js';

export default class ListPrograms extends SfCommand<ListProgramsResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = { ...orgFlags };

  public async run(): Promise<ListProgramsResult> {
    const { flags } = await this.parse(ListPrograms);
    return concludeUnlessInterrupted(this, async () => {
      const client = await orgClient(flags);
      const programs = await client.programs.list();
      const records = programs.map(({ Id, Name, Status }) => ({ key: Name, status: Status, programId: Id }));
      this.#show(records);
      return { result: { records, counts: { total: records.length } }, exitCode: exitCodes.done };
    });
  }

  #show(records: ListProgramsResult['records']): void {
    if (records.length === 0) {
      this.log(messages.getMessage('info.none'));
      return;
    }
    const data = records.map(({ key, status }) => ({ program: key, status: status?.toLowerCase() ?? '–' }));
    this.table({ ...narrowTableLayout, columns: ['program', 'status'], data });
  }
}
