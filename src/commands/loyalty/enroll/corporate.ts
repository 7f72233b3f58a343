import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { filledText, programFlags } from '../../../cli/commonFlags.js';
import { corporateRequests } from '../../../cli/sync/corporateRequests.js';
import { newMemberFlags } from '../../../cli/newMemberFlags.js';
import { delimiterFlag } from '../../../cli/delimiterFlag.js';
import { enrollEach } from '../../../cli/sync/enrollEach.js';
import { rejectedRecord } from '../../../cli/enrolledRecords.js';
import type { EnrolledRecords } from '../../../cli/enrolledRecords.js';
import { inProgram } from '../../../cli/inProgram.js';
import { namedValues } from '../../../cli/namedValueFlag.js';
import type { EnrollCorporateResult } from '../../../cli/results/memberResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import * as sync from '../../../sync/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.enroll.corporate');
const ofMembers = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.enroll.member');
export type { EnrollCorporateResult } from '../../../cli/results/memberResults.js';

export default class EnrollCorporate extends SfCommand<EnrollCorporateResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    member: filledText({
      char: 'm',
      summary: messages.getMessage('flags.member.summary'),
      exactlyOne: ['member', 'file'],
      dependsOn: ['name'],
    }),
    name: filledText({ summary: messages.getMessage('flags.name.summary'), dependsOn: ['member'] }),
    phone: Flags.string({ summary: messages.getMessage('flags.phone.summary'), dependsOn: ['member'] }),
    website: Flags.string({ summary: messages.getMessage('flags.website.summary'), dependsOn: ['member'] }),
    'referred-by': filledText({ summary: messages.getMessage('flags.referred-by.summary'), dependsOn: ['member'] }),
    field: namedValues(messages.getMessage('flags.field.summary'), { dependsOn: ['member'] }),
    file: Flags.string({
      char: 'f',
      summary: messages.getMessage('flags.file.summary'),
      description: messages.getMessage('flags.file.description'),
    }),
    delimiter: delimiterFlag,
    'allow-duplicates': Flags.boolean({
      summary: messages.getMessage('flags.allow-duplicates.summary'),
      description: ofMembers.getMessage('flags.allow-duplicates.description'),
    }),
    ...newMemberFlags,
  };

  public async run(): Promise<EnrollCorporateResult> {
    return inProgram(
      this,
      async () => (await this.parse(EnrollCorporate)).flags,
      async ({ client, program, flags, signal }) => {
        const records: EnrolledRecords = [];
        const lines = new Map<string, number>();
        const requests = corporateRequests(flags, {
          onRejection: (rejection) => records.push(rejectedRecord(rejection)),
          onLine: (number, line) => lines.set(number, line),
        });
        const options = { concurrency: flags.concurrency, signal };
        const enrolled = sync.enrollCorporateMembers(client, program, requests, options);
        return enrollEach(this, { program, records, lines, enrolled });
      },
    );
  }
}
