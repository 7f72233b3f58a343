import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { commandLine } from '../../../base/text/commandLine.js';
import { advocateProblem, advocateValues } from '../../../cli/advocateRows.js';
import { channelFlag } from '../../../cli/channelFlag.js';
import { filledText, programFlags } from '../../../cli/commonFlags.js';
import { rowFileFlags } from '../../../cli/memberRows.js';
import { enrollAdvocateStatuses } from '../../../cli/results/referralResults.js';
import type { EnrollAdvocateResult } from '../../../cli/results/referralResults.js';
import { rowsCommand } from '../../../cli/rowsCommand.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { joinReferralPromotion } from '../../../client/index.js';
import type { ReferralPromotionRow } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.enroll.advocate');
export type { EnrollAdvocateResult } from '../../../cli/results/referralResults.js';

type AdvocateRecord = EnrollAdvocateResult['records'][number];

/** Of somebody who could not be served. */
const blank: Pick<AdvocateRecord, 'promotion' | 'referralCode'> = { promotion: '', referralCode: null };

const person = ['first-name', 'last-name', 'email'] as const;
const personFlag = (name: (typeof person)[number]) =>
  filledText({
    summary: messages.getMessage(`flags.${name}.summary`),
    dependsOn: person.filter((each) => each !== name),
    exclusive: ['contact', 'file'],
  });

export default class EnrollAdvocate extends SfCommand<EnrollAdvocateResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    promotion: filledText({ summary: messages.getMessage('flags.promotion.summary'), required: true }),
    member: filledText({
      char: 'm',
      summary: messages.getMessage('flags.member.summary'),
      atLeastOne: ['member', 'contact', 'email', 'file'],
      exclusive: ['contact', 'file'],
    }),
    contact: filledText({ summary: messages.getMessage('flags.contact.summary'), exclusive: ['file'] }),
    'first-name': personFlag('first-name'),
    'last-name': personFlag('last-name'),
    email: personFlag('email'),
    ...rowFileFlags(messages.getMessage('flags.file.description')),
    status: filledText({ summary: messages.getMessage('flags.status.summary'), default: 'Active' }),
    channel: channelFlag,
  };

  public async run(): Promise<EnrollAdvocateResult> {
    let promotion: ReferralPromotionRow | undefined;
    let inProgram = '';
    return rowsCommand(this, async () => (await this.parse(EnrollAdvocate)).flags, {
      words: 'enroll advocate',
      given: ({ promotion: wanted, member, contact, email, status, channel, ...flags }) => ({
        ...{ promotion: wanted, member, contact, 'first-name': flags['first-name'], 'last-name': flags['last-name'] },
        ...{ email, status, channel },
      }),
      columns: ['membershipNumber', 'contactId', 'firstName', 'lastName', 'email', 'memberStatus', 'enrollmentChannel'],
      required: [],
      statuses: enrollAdvocateStatuses,
      problem: advocateProblem,
      named: ({ membershipNumber, contactId, email }, line): Pick<AdvocateRecord, 'key' | 'memberId'> => ({
        key: membershipNumber ?? contactId ?? email ?? line,
        memberId: null,
      }),
      act: async ({ client, program, flags }, values) => {
        inProgram = program;
        promotion ??= await client.referrals.promotion(program, flags.promotion);
        const joined = await joinReferralPromotion(client, program, { promotion, ...advocateValues(values, flags) });
        const { membershipNumber: key, memberId, status, referralCode } = joined;
        return { key, memberId, status, promotion: promotion.name, referralCode };
      },
      blank,
      show: ({ status, key, referralCode: code, ...record }) => {
        const texts = [key, record.promotion];
        if (status === 'enrolled') this.logSuccess(messages.getMessage('info.enrolled', texts));
        else this.log(messages.getMessage('info.exists', texts));
        this.log(messages.getMessage('info.code', [code ?? '–']));
        const refer = commandLine('create referral', {
          ...{ code, email: null, program: inProgram, 'target-org': this.orgName },
        });
        this.log(messages.getMessage('info.refer', [refer]));
      },
      messages,
      reader: async () => (await import('../../../sync/index.js')).readNamedRows,
    });
  }
}
