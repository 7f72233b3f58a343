import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { countBy, exitCodeFor } from '../../../cli/counts.js';
import { explained, stopError } from '../../../cli/explain.js';
import { filledText, programFlags } from '../../../cli/flags.js';
import { chooseProgram } from '../../../cli/program.js';
import type { EnrollMemberResult } from '../../../cli/results.js';
import { interrupted, Shutdown } from '../../../cli/shutdown.js';
import { tableLayout } from '../../../cli/table.js';
import { LoyaltyClient } from '../../../client/index.js';
import * as sync from '../../../sync/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.enroll.member');
export type { EnrollMemberResult } from '../../../cli/results.js';

export default class EnrollMember extends SfCommand<EnrollMemberResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    member: filledText({
      char: 'm',
      summary: messages.getMessage('flags.member.summary'),
      exactlyOne: ['member', 'file'],
      dependsOn: ['last-name'],
    }),
    'first-name': Flags.string({ summary: messages.getMessage('flags.first-name.summary'), dependsOn: ['member'] }),
    'last-name': filledText({ summary: messages.getMessage('flags.last-name.summary'), dependsOn: ['member'] }),
    email: Flags.string({ summary: messages.getMessage('flags.email.summary'), dependsOn: ['member'] }),
    file: Flags.string({
      char: 'f',
      summary: messages.getMessage('flags.file.summary'),
      description: messages.getMessage('flags.file.description'),
    }),
    status: Flags.string({ summary: messages.getMessage('flags.status.summary'), default: 'Active' }),
    channel: Flags.string({
      summary: messages.getMessage('flags.channel.summary'),
      options: ['Pos', 'Web', 'Email', 'CallCenter', 'Social', 'Mobile', 'Store', 'Franchise', 'Partner', 'Print'],
    }),
    'enrollment-date': Flags.string({
      summary: messages.getMessage('flags.enrollment-date.summary'),
      description: messages.getMessage('flags.enrollment-date.description'),
    }),
    journals: Flags.boolean({ summary: messages.getMessage('flags.journals.summary') }),
    concurrency: Flags.integer({
      summary: messages.getMessage('flags.concurrency.summary'),
      default: 4,
      min: 1,
      max: 25,
    }),
  };

  public async run(): Promise<EnrollMemberResult> {
    using shutdown = new Shutdown();
    const { flags } = await this.parse(EnrollMember);
    const { signal } = shutdown;
    const defaults = {
      memberStatus: flags.status,
      enrollmentChannel: flags.channel,
      enrollmentDate: flags['enrollment-date'],
      createTransactionJournals: flags.journals || undefined,
    };
    return await explained(async () => {
      const client = new LoyaltyClient(flags['target-org'].getConnection(flags['api-version']));
      const program = await chooseProgram(client, flags.program, this);
      const records: Records = [];
      const { member: membershipNumber, email, concurrency } = flags;
      const values = { membershipNumber, firstName: flags['first-name'], lastName: flags['last-name'], email };
      const requests = flags.file
        ? sync.readMembers(flags.file, defaults, (rejection) => records.push(toRecord(rejection)))
        : [sync.toEnrollmentRequest(values, defaults)];
      try {
        const enrolled = sync.enrollMembers(client, program, requests, { concurrency, signal });
        for await (const { membershipNumber: key, ...record } of enrolled) records.push({ key, ...record });
      } catch (error) {
        if (error instanceof sync.StoppedError) throw stopError(error.reason, this.show(program, records));
        throw error;
      }
      const result = this.show(program, records);
      if (signal.aborted) process.exitCode = interrupted;
      return result;
    });
  }

  private show(program: string, records: Records): EnrollMemberResult {
    const counts = countBy(records, ['enrolled', 'exists', 'failed', 'unknown']);
    const { enrolled, exists, failed, unknown } = counts;
    const troubled = records.filter(({ error }) => error);
    if (troubled.length > 0) {
      const data = troubled.slice(0, 20).map(({ key, status, error }) => {
        return { key, status, reason: `${error?.code}: ${error?.message}` };
      });
      this.table({ ...tableLayout, data, title: messages.getMessage('info.troubled', [data.length, troubled.length]) });
    }
    const sentence = messages.getMessage('info.counts', [program, enrolled, exists, failed, unknown]);
    if (troubled.length > 0) this.log(sentence);
    else this.logSuccess(sentence);
    if (unknown > 0) this.warn(messages.getMessage('warning.unknown'));
    process.exitCode = exitCodeFor({ good: enrolled + exists, failed, unknown });
    return { program, records, counts };
  }
}

type Records = EnrollMemberResult['records'];

function toRecord({ membershipNumber, line, message }: sync.MemberRejection): Records[number] {
  return { key: membershipNumber ?? `line ${line}`, status: 'failed', line, error: { code: 'INVALID_ROW', message } };
}
