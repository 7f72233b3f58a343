import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { isSameId } from '../../../base/sameId.js';
import { Flags } from '@salesforce/sf-plugins-core';
import { eligibilityText } from '../../../cli/eligibility.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { memberFlag, programFlags } from '../../../cli/commonFlags.js';
import { orMissingProcess } from '../../../cli/errors/missingProcess.js';
import { inProgramUnlessInterrupted } from '../../../cli/inProgram.js';
import type { ListPromotionsResult } from '../../../cli/results/promotionResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { numberColumn, tableLayout } from '../../../cli/terminal/tableLayout.js';
import { columns, countText, dateText, progressText } from '../../../cli/terminal/terminalText.js';
import type { MemberPromotion, ProgressRow } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.list.promotions');
export type { ListPromotionsResult } from '../../../cli/results/promotionResults.js';

export default class ListPromotions extends SfCommand<ListPromotionsResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    member: memberFlag({ required: true }),
    process: Flags.string({
      summary: messages.getMessage('flags.process.summary'),
      description: messages.getMessage('flags.process.description'),
      default: 'GetMemberPromotions',
    }),
  };

  public async run(): Promise<ListPromotionsResult> {
    return inProgramUnlessInterrupted(
      this,
      async () => (await this.parse(ListPromotions)).flags,
      async ({ client, program, flags }) => {
        const { MembershipNumber: membershipNumber, Id } = await client.members.get(program, flags.member);
        const promotions = await orMissingProcess(
          client,
          program,
          { type: 'GetMemberPromotions', name: flags.process },
          client.promotions.list(program, { membershipNumber, processName: flags.process }),
        );
        const progress = await client.progress.list(program, { member: Id });
        const records = promotions.map((promotion) => toRecord(promotion, progress));
        this.#show(membershipNumber, records);
        return { result: { program, records, counts: { total: records.length } }, exitCode: exitCodes.done };
      },
    );
  }

  #show(member: string, records: ListPromotionsResult['records']): void {
    if (records.length === 0) {
      this.log(messages.getMessage('info.none', [member]));
      return;
    }
    this.table({
      ...tableLayout,
      title: messages.getMessage('info.title', [member]),
      columns: ['promotion', 'eligibility', 'until', 'progress', numberColumn('done'), numberColumn('target')],
      data: records.map(({ name, status, enrollmentRequired, endDate, progress }) => ({
        promotion: name,
        eligibility: eligibilityText(status, enrollmentRequired),
        until: dateText(endDate),
        // A date and the longest eligibility leave no room for a long bar.
        progress: progress ? progressText(progress.percent, columns - 20) : '',
        done: progress ? countText(progress.completed) : '',
        target: progress ? countText(progress.target) : '',
      })),
    });
  }
}

function toRecord(
  promotion: MemberPromotion,
  progress: readonly ProgressRow[],
): ListPromotionsResult['records'][number] {
  const own = progress.find(({ promotionId }) => isSameId(promotionId, promotion.promotionId));
  return {
    key: promotion.promotionId,
    status: promotion.memberEligibilityCategory ?? 'Unknown',
    name: promotion.promotionName ?? promotion.promotionId,
    type: promotion.loyaltyPromotionType ?? null,
    startDate: promotion.startDate ?? null,
    endDate: promotion.endDate ?? null,
    enrollmentRequired: promotion.promotionEnrollmentRqr ?? false,
    ...(own && { progress: { completed: own.completed, target: own.target, percent: own.percent } }),
  };
}
