import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { commandLine } from '../../../base/text/commandLine.js';
import { filledText, memberFlag, programFlags } from '../../../cli/commonFlags.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { inProgramUnlessInterrupted } from '../../../cli/inProgram.js';
import type { ListTrailsResult, TrailRecord } from '../../../cli/results/trailResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { tableLayout } from '../../../cli/terminal/tableLayout.js';
import { wrapped } from '../../../cli/terminal/terminalText.js';
import { trailSentences, trailTable } from '../../../cli/trailLines.js';
import { trailRecord } from '../../../cli/trailRecord.js';
import { readMemberTrails } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.list.trails');
export type { ListTrailsResult } from '../../../cli/results/trailResults.js';

export default class ListTrails extends SfCommand<ListTrailsResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    member: memberFlag({ required: true }),
    promotion: filledText({
      summary: messages.getMessage('flags.promotion.summary'),
      description: messages.getMessage('flags.promotion.description'),
    }),
  };

  public async run(): Promise<ListTrailsResult> {
    return inProgramUnlessInterrupted(
      this,
      async () => (await this.parse(ListTrails)).flags,
      async ({ client, program, flags: { member, promotion } }) => {
        const { MembershipNumber: membershipNumber } = await client.members.get(program, member);
        const trails = await readMemberTrails(client, program, { membershipNumber, promotion });
        const records = trails.map((trail) => trailRecord(trail, membershipNumber));
        for (const record of records) this.#show(record);
        if (records.length === 0) this.#none(program, membershipNumber, promotion);
        return { result: { program, records, counts: { total: records.length } }, exitCode: exitCodes.done };
      },
    );
  }

  #show(record: TrailRecord): void {
    const { columns, data } = trailTable(record);
    const title = messages.getMessage('info.title', [record.promotionName, record.member]);
    this.table({ ...tableLayout, title, columns: [...columns], data: [...data] });
    for (const sentence of trailSentences(record)) for (const line of wrapped(sentence, '')) this.log(line);
  }

  #none(program: string, member: string, promotion: string | undefined): void {
    const none = promotion === undefined ? 'info.none' : 'info.noneOfPromotion';
    for (const line of wrapped(messages.getMessage(none, [promotion ?? program]), '')) this.log(line);
    const progress = commandLine('list progress', { member, program, 'target-org': this.orgName });
    this.log(messages.getMessage('info.progress', [progress]));
  }
}
