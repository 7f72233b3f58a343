import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { commandLine } from '../../../base/text/commandLine.js';
import { memberFlag, programFlags } from '../../../cli/commonFlags.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { gamesTable, isPlayable } from '../../../cli/gameLines.js';
import { gameRecords } from '../../../cli/gameRecords.js';
import { inProgramUnlessInterrupted } from '../../../cli/inProgram.js';
import type { GameRecord, ListGamesResult } from '../../../cli/results/gameResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { tableLayout } from '../../../cli/terminal/tableLayout.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.list.games');
export type { ListGamesResult } from '../../../cli/results/gameResults.js';

export default class ListGames extends SfCommand<ListGamesResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = { ...programFlags, member: memberFlag({ required: true }) };

  public async run(): Promise<ListGamesResult> {
    return inProgramUnlessInterrupted(
      this,
      async () => (await this.parse(ListGames)).flags,
      async ({ client, program, flags: { member: wanted } }) => {
        const { Id, MembershipNumber: member } = await client.members.get(program, wanted);
        const records = gameRecords(await client.games.ofParticipant(Id), member);
        this.#show(records, { member, program });
        return { result: { program, records, counts: { total: records.length } }, exitCode: exitCodes.done };
      },
    );
  }

  #show(
    records: readonly GameRecord[],
    { member, program }: { readonly member: string; readonly program: string },
  ): void {
    if (records.length === 0) {
      this.log(messages.getMessage('info.none', [member]));
      return;
    }
    const { columns, data } = gamesTable(records);
    const title = messages.getMessage('info.title', [member]);
    this.table({ ...tableLayout, title, columns: [...columns], data: [...data] });
    const open = records.find(isPlayable);
    if (!open) return;
    const play = commandLine('play game', { member, play: open.key, program, 'target-org': this.orgName });
    this.log(messages.getMessage('info.play', [play]));
  }
}
