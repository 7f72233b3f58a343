import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { filledText, programFlags } from '../../../cli/commonFlags.js';
import { enrollmentCommand, enrollmentFlags } from '../../../cli/promotionEnrollment.js';
import type { EnrollPromotionResult } from '../../../cli/results/promotionResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.enroll.promotion');
export type { EnrollPromotionResult } from '../../../cli/results/promotionResults.js';

export default class EnrollPromotion extends SfCommand<EnrollPromotionResult> {
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
      default: 'EnrollInPromotion',
    }),
  };

  public async run(): Promise<EnrollPromotionResult> {
    return enrollmentCommand(this, async () => (await this.parse(EnrollPromotion)).flags, {
      words: 'enroll promotion',
      isEnrolled: true,
      statuses: { changed: 'enrolled', already: 'exists', none: 'unchanged' },
      reader: async () => (await import('../../../sync/index.js')).readMemberNumbers,
      show: ({ status, key, promotionName }, process) => {
        if (status === 'enrolled') this.logSuccess(messages.getMessage('info.enrolled', [key, promotionName]));
        else if (status === 'exists') this.log(messages.getMessage('info.exists', [key, promotionName]));
        else this.warn(messages.getMessage('warning.unchanged', [process, key, promotionName]));
      },
    });
  }
}
