import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { filledText, memberFlag, programFlags } from '../../../cli/commonFlags.js';
import { countBy } from '../../../cli/counts.js';
import { inProgramUnlessInterrupted } from '../../../cli/inProgram.js';
import { findOut } from '../../../cli/keyedOutcome.js';
import { enrollmentChanged, exitCodeAfterChange } from '../../../cli/promotionEnrollment.js';
import { enrollPromotionStatuses } from '../../../cli/results/promotionResults.js';
import type { EnrollPromotionResult } from '../../../cli/results/promotionResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { commandLine } from '../../../base/text/commandLine.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.enroll.promotion');
export type { EnrollPromotionResult } from '../../../cli/results/promotionResults.js';

const statuses = { changed: 'enrolled', already: 'exists', none: 'unchanged' } as const;

export default class EnrollPromotion extends SfCommand<EnrollPromotionResult> {
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
      default: 'EnrollInPromotion',
    }),
  };

  public async run(): Promise<EnrollPromotionResult> {
    let again = '';
    return inProgramUnlessInterrupted(
      this,
      async () => (await this.parse(EnrollPromotion)).flags,
      async (chosen) => {
        const { program, flags } = chosen;
        const { member, promotion, process } = flags;
        const given = { member, promotion, process, program, 'target-org': this.orgName };
        again = commandLine('enroll promotion', given);
        const change = await enrollmentChanged(chosen, flags, true);
        const record = { ...change, status: statuses[change.status] };
        this.#show(record, process);
        const result = { program, records: [record], counts: countBy([record], enrollPromotionStatuses) };
        return { result, exitCode: exitCodeAfterChange(change) };
      },
      () => findOut(again),
    );
  }

  #show({ status, key, promotionName }: EnrollPromotionResult['records'][number], process: string): void {
    if (status === 'enrolled') this.logSuccess(messages.getMessage('info.enrolled', [key, promotionName]));
    else if (status === 'exists') this.log(messages.getMessage('info.exists', [key, promotionName]));
    else this.warn(messages.getMessage('warning.unchanged', [process, key, promotionName]));
  }
}
