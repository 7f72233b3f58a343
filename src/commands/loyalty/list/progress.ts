import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { memberFlag, programFlags } from '../../../cli/commonFlags.js';
import { inProgramUnlessInterrupted } from '../../../cli/inProgram.js';
import { byPromotion, countedName, furthestFirst, leftOf, progressRecord } from '../../../cli/progressRecord.js';
import type { ListProgressResult, ProgressRecord } from '../../../cli/results/progressResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { numberColumn, tableLayout } from '../../../cli/terminal/tableLayout.js';
import { countText, progressText } from '../../../cli/terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.list.progress');
export type { ListProgressResult } from '../../../cli/results/progressResults.js';

export default class ListProgress extends SfCommand<ListProgressResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    member: memberFlag(),
    near: Flags.custom<number>({
      summary: messages.getMessage('flags.near.summary'),
      description: messages.getMessage('flags.near.description'),
      parse: async (input) => parseNear(input),
    })(),
  };

  public async run(): Promise<ListProgressResult> {
    return inProgramUnlessInterrupted(
      this,
      async () => (await this.parse(ListProgress)).flags,
      async ({ client, program, flags }) => {
        const { near } = flags;
        const member = flags.member === undefined ? undefined : await client.members.get(program, flags.member);
        const filter = { ...(member && { member: member.Id }), ...(near !== undefined && { near }) };
        const rows = await client.progress.list(program, filter);
        const records = rows.map(progressRecord).sort(near === undefined ? byPromotion : nearestFirst);
        this.#show(records, near);
        return { result: { program, records, counts: { total: records.length } }, exitCode: exitCodes.done };
      },
    );
  }

  #show(records: ListProgressResult['records'], near: number | undefined): void {
    if (records.length === 0) {
      this.log(near === undefined ? messages.getMessage('info.none') : messages.getMessage('info.noneNear', [near]));
      return;
    }
    this.table({
      ...tableLayout,
      columns: ['member', 'promotion', 'progress', numberColumn('done'), numberColumn('target'), numberColumn('left')],
      data: records.map((record) => ({
        member: record.member,
        promotion: countedName(record),
        progress: progressText(record.percent),
        done: countText(record.completed),
        target: countText(record.target),
        left: countText(leftOf(record)),
      })),
    });
  }
}

/** By what is left; of those who have the same to go, whoever is furthest. */
function nearestFirst(a: ProgressRecord, b: ProgressRecord): number {
  return (leftOf(a) ?? Infinity) - (leftOf(b) ?? Infinity) || furthestFirst(a, b) || byPromotion(a, b);
}

/** @throws {SfError} for anything but a percentage that open progress can have, with or without its sign */
function parseNear(input: string): number {
  const [, digits] = /^(\d+(?:\.\d+)?)\s*%?$/.exec(input.trim()) ?? [];
  if (digits === undefined) throw messages.createError('error.near', [input]);
  if (Number(digits) >= 100) throw messages.createError('error.nearReached', [input]);
  return Number(digits);
}
