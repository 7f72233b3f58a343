import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { filledText, programFlags } from '../../../cli/commonFlags.js';
import { enrollmentCommand, enrollmentFlags } from '../../../cli/promotionEnrollment.js';
import type { LeavePromotionResult } from '../../../cli/results/promotionResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.leave.promotion');
export type { LeavePromotionResult } from '../../../cli/results/promotionResults.js';

export default class LeavePromotion extends SfCommand<LeavePromotionResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    ...enrollmentFlags,
    promotion: filledText({ summary: messages.getMessage('flags.promotion.summary'), required: true }),
    process: filledText({
      summary: messages.getMessage('flags.process.summary'),
      description: messages.getMessage('flags.process.description'),
      default: 'OptOutOfPromotion',
    }),
  };

  public async run(): Promise<LeavePromotionResult> {
    return enrollmentCommand(this, async () => (await this.parse(LeavePromotion)).flags, {
      words: 'leave promotion',
      isEnrolled: false,
      statuses: { changed: 'left', already: 'absent', none: 'unchanged' },
      reader: async () => (await import('../../../sync/index.js')).readMemberNumbers,
      show: ({ status, key, promotionName }, process) => {
        if (status === 'left') this.logSuccess(messages.getMessage('info.left', [key, promotionName]));
        else if (status === 'absent') this.log(messages.getMessage('info.absent', [key, promotionName]));
        else this.warn(messages.getMessage('warning.unchanged', [process, key, promotionName]));
      },
    });
  }
}
