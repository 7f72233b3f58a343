import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { memberFlag, programFlags } from '../../../cli/commonFlags.js';
import { inProgramUnlessInterrupted } from '../../../cli/inProgram.js';
import { nearFlag } from '../../../cli/nearFlag.js';
import { byPromotion, mostOftenFirst, nearestFirst, progressRecord } from '../../../cli/progressRecord.js';
import { membersProgressTable, progressTable } from '../../../cli/progressTable.js';
import type { ListProgressResult, NamedProgressRecord } from '../../../cli/results/progressResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { tableLayout } from '../../../cli/terminal/tableLayout.js';
import { LoyaltyApiError, readMemberNames } from '../../../client/index.js';
import type { LoyaltyClient, ProgressRow } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.list.progress');
export type { ListProgressResult } from '../../../cli/results/progressResults.js';

interface Shown {
  readonly near: number | undefined;
  readonly reached: boolean;
  readonly member: string | undefined;
}

export default class ListProgress extends SfCommand<ListProgressResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    member: memberFlag(),
    near: nearFlag({
      summary: messages.getMessage('flags.near.summary'),
      description: messages.getMessage('flags.near.description'),
      exclusive: ['reached'],
    }),
    reached: Flags.boolean({
      summary: messages.getMessage('flags.reached.summary'),
      description: messages.getMessage('flags.reached.description'),
    }),
  };

  public async run(): Promise<ListProgressResult> {
    return inProgramUnlessInterrupted(
      this,
      async () => (await this.parse(ListProgress)).flags,
      async ({ client, program, flags }) => {
        const { near, reached } = flags;
        const member = flags.member === undefined ? undefined : await client.members.get(program, flags.member);
        const rows = await client.progress.list(program, { ...(member && { member: member.Id }), near, reached });
        const names = await this.#namesOf(client, rows);
        const records = rows
          .map((row) => ({ ...progressRecord(row), name: names.get(row.memberId) ?? null }))
          .sort(near !== undefined ? nearestFirst : reached ? mostOftenFirst : byPromotion);
        this.#show(records, flags);
        return { result: { program, records, counts: { total: records.length } }, exitCode: exitCodes.done };
      },
    );
  }

  /** Names of members, or none of them if the org does not tell them. */
  async #namesOf(client: LoyaltyClient, rows: readonly ProgressRow[]): Promise<Map<string, string>> {
    try {
      return await readMemberNames(client, new Set(rows.map(({ memberId }) => memberId)));
    } catch (error) {
      if (!(error instanceof LoyaltyApiError)) throw error;
      this.warn(messages.getMessage('warning.noNames', [error.message]));
      return new Map();
    }
  }

  #show(records: readonly NamedProgressRecord[], { near, reached, member }: Shown): void {
    if (records.length > 0) {
      const isOpen = near !== undefined;
      const table = member === undefined ? membersProgressTable(records, isOpen) : progressTable(records);
      this.table({ ...tableLayout, ...table });
    } else if (near !== undefined) this.log(messages.getMessage('info.noneNear', [near]));
    else this.log(messages.getMessage(reached ? 'info.noneReached' : 'info.none'));
  }
}
