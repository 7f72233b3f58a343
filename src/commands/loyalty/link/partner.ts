import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { filledText, programFlags } from '../../../cli/commonFlags.js';
import { memberRowFlags, memberRowsCommand } from '../../../cli/memberRows.js';
import { linkPartnerStatuses } from '../../../cli/results/clubResults.js';
import type { LinkPartnerResult } from '../../../cli/results/clubResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { linkPartner } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.link.partner');
export type { LinkPartnerResult } from '../../../cli/results/clubResults.js';

type Fields = Pick<LinkPartnerResult['records'][number], 'partner' | 'linkNumber'>;

/** Of a member who could not be served. */
const blank: Fields = { partner: '', linkNumber: null };

export default class LinkPartner extends SfCommand<LinkPartnerResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    ...memberRowFlags(messages.getMessage('flags.file.description')),
    partner: filledText({ summary: messages.getMessage('flags.partner.summary'), required: true }),
    'external-id': filledText({ summary: messages.getMessage('flags.external-id.summary'), dependsOn: ['member'] }),
  };

  public async run(): Promise<LinkPartnerResult> {
    return memberRowsCommand(this, async () => (await this.parse(LinkPartner)).flags, {
      words: 'link partner',
      given: ({ partner, 'external-id': id }) => ({ partner, 'external-id': id }),
      columns: ['externalId'],
      statuses: linkPartnerStatuses,
      act: async ({ client, program, flags }, { membershipNumber, values }) => {
        const { partner } = flags;
        const externalId = values['externalId'] ?? flags['external-id'];
        return { partner, ...(await linkPartner(client, program, { membershipNumber, partner, externalId })) };
      },
      blank,
      show: ({ status, key, partner, linkNumber }) => {
        const number = linkNumber ?? '–';
        if (status === 'linked') this.logSuccess(messages.getMessage('info.linked', [key, partner, number]));
        else this.log(messages.getMessage('info.exists', [key, partner, number]));
      },
      messages,
      reader: async () => (await import('../../../sync/index.js')).readNamedRows,
    });
  }
}
