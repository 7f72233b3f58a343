import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { filledText, memberFlag, programFlags } from '../../../cli/commonFlags.js';
import { countBy } from '../../../cli/counts.js';
import { inProgramUnlessInterrupted } from '../../../cli/inProgram.js';
import { findOut } from '../../../cli/keyedOutcome.js';
import { enrollmentChanged, exitCodeAfterChange } from '../../../cli/promotionEnrollment.js';
import { leavePromotionStatuses } from '../../../cli/results/promotionResults.js';
import type { LeavePromotionResult } from '../../../cli/results/promotionResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { commandLine } from '../../../base/text/commandLine.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.leave.promotion');
export type { LeavePromotionResult } from '../../../cli/results/promotionResults.js';

const statuses = { changed: 'left', already: 'absent', none: 'unchanged' } as const;

export default class LeavePromotion extends SfCommand<LeavePromotionResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    member: memberFlag({ required: true }),
    promotion: filledText({ summary: messages.getMessage('flags.promotion.summary'), required: true }),
    process: filledText({
      summary: messages.getMessage('flags.process.summary'),
      description: messages.getMessage('flags.process.description'),
      default: 'OptOutOfPromotion',
    }),
  };

  public async run(): Promise<LeavePromotionResult> {
    let again = '';
    return inProgramUnlessInterrupted(
      this,
      async () => (await this.parse(LeavePromotion)).flags,
      async (chosen) => {
        const { program, flags } = chosen;
        const { member, promotion, process } = flags;
        const given = { member, promotion, process, program, 'target-org': this.orgName };
        again = commandLine('leave promotion', given);
        const change = await enrollmentChanged(chosen, flags, false);
        const record = { ...change, status: statuses[change.status] };
        this.#show(record, process);
        const result = { program, records: [record], counts: countBy([record], leavePromotionStatuses) };
        return { result, exitCode: exitCodeAfterChange(change) };
      },
      () => findOut(again),
    );
  }

  #show({ status, key, promotionName }: LeavePromotionResult['records'][number], process: string): void {
    if (status === 'left') this.logSuccess(messages.getMessage('info.left', [key, promotionName]));
    else if (status === 'absent') this.log(messages.getMessage('info.absent', [key, promotionName]));
    else this.warn(messages.getMessage('warning.unchanged', [process, key, promotionName]));
  }
}
