import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { askFirst, noPromptFlag } from '../../../cli/askFirst.js';
import { filledText, programFlags } from '../../../cli/commonFlags.js';
import { memberRowFlags, memberRowsCommand } from '../../../cli/memberRows.js';
import { unlinkPartnerStatuses } from '../../../cli/results/clubResults.js';
import type { UnlinkPartnerResult } from '../../../cli/results/clubResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { unlinkPartner } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.unlink.partner');
export type { UnlinkPartnerResult } from '../../../cli/results/clubResults.js';

type Fields = Pick<UnlinkPartnerResult['records'][number], 'partner' | 'linkNumber'>;

/** Of a member who could not be served. */
const blank: Fields = { partner: '', linkNumber: null };

export default class UnlinkPartner extends SfCommand<UnlinkPartnerResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    ...memberRowFlags(messages.getMessage('flags.file.description')),
    partner: filledText({ summary: messages.getMessage('flags.partner.summary'), required: true }),
    'external-id': filledText({ summary: messages.getMessage('flags.external-id.summary'), dependsOn: ['member'] }),
    'link-number': filledText({ summary: messages.getMessage('flags.link-number.summary'), dependsOn: ['member'] }),
    reason: filledText({ summary: messages.getMessage('flags.reason.summary') }),
    comments: filledText({ summary: messages.getMessage('flags.comments.summary') }),
    'no-prompt': noPromptFlag,
  };

  public async run(): Promise<UnlinkPartnerResult> {
    let mayUnlink: boolean | undefined;
    return memberRowsCommand(this, async () => (await this.parse(UnlinkPartner)).flags, {
      words: 'unlink partner',
      given: ({ partner, reason, comments, ...flags }) => {
        const link = { 'external-id': flags['external-id'], 'link-number': flags['link-number'] };
        return { partner, ...link, reason, comments, 'no-prompt': flags['no-prompt'] };
      },
      columns: ['externalId', 'linkNumber'],
      statuses: unlinkPartnerStatuses,
      act: async ({ client, program, flags }, { membershipNumber, values }) => {
        const { partner, reason, comments, file } = flags;
        const whom = file ?? membershipNumber;
        mayUnlink ??=
          flags['no-prompt'] || (await askFirst(this, messages.getMessage('prompt.unlink', [whom, partner])));
        if (!mayUnlink) return { partner, status: 'kept', linkNumber: null };
        const unlinked = await unlinkPartner(client, program, {
          membershipNumber,
          partner,
          externalId: values['externalId'] ?? flags['external-id'],
          linkNumber: values['linkNumber'] ?? flags['link-number'],
          unlinkReasonType: reason,
          comments,
        });
        return { partner, ...unlinked };
      },
      blank,
      show: ({ status, key, partner, linkNumber }) => {
        const number = linkNumber ?? '–';
        if (status === 'unlinked') this.logSuccess(messages.getMessage('info.unlinked', [key, partner, number]));
        else if (status === 'kept') this.log(messages.getMessage('info.kept', [key, partner]));
        else this.log(messages.getMessage('info.absent', [key, partner]));
      },
      messages,
      reader: async () => (await import('../../../sync/index.js')).readNamedRows,
    });
  }
}
