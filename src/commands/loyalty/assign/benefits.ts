import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { programFlags } from '../../../cli/commonFlags.js';
import { memberRowFlags, memberRowsCommand } from '../../../cli/memberRows.js';
import { assignBenefitsStatuses } from '../../../cli/results/clubResults.js';
import type { AssignBenefitsResult } from '../../../cli/results/clubResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { assignMemberBenefits } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.assign.benefits');
export type { AssignBenefitsResult } from '../../../cli/results/clubResults.js';

type Fields = Pick<AssignBenefitsResult['records'][number], 'benefits'>;

/** Of a member who could not be served. */
const blank: Fields = { benefits: [] };

export default class AssignBenefits extends SfCommand<AssignBenefitsResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    ...memberRowFlags(messages.getMessage('flags.file.description')),
  };

  public async run(): Promise<AssignBenefitsResult> {
    return memberRowsCommand(this, async () => (await this.parse(AssignBenefits)).flags, {
      words: 'assign benefits',
      given: () => ({}),
      columns: [],
      statuses: assignBenefitsStatuses,
      act: async ({ client }, { memberId }) => {
        const benefits = await assignMemberBenefits(client, memberId);
        return { status: benefits.length > 0 ? 'assigned' : 'unchanged', benefits };
      },
      blank,
      show: ({ status, key, benefits }) => {
        const names = benefits.map(({ name, memberBenefitId }) => name ?? memberBenefitId).join(', ');
        if (status === 'assigned') this.logSuccess(messages.getMessage('info.assigned', [key, names]));
        else this.log(messages.getMessage('info.unchanged', [key]));
      },
      messages,
      reader: async () => (await import('../../../sync/index.js')).readNamedRows,
    });
  }
}
