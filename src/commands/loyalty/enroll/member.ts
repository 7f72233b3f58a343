import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { countBy } from '../../../cli/counts.js';
import { exitCodeOf } from '../../../cli/errors/exitCodes.js';
import { stopError } from '../../../cli/errors/actionableErrors.js';
import { filledText, programFlags } from '../../../cli/commonFlags.js';
import { inProgram } from '../../../cli/inProgram.js';
import { enrollStatuses } from '../../../cli/results/memberResults.js';
import type { EnrollMemberResult } from '../../../cli/results/memberResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { wrapped } from '../../../cli/terminal/terminalText.js';
import { EnrollmentChannel, enrollmentChannels } from '../../../client/index.js';
import * as sync from '../../../sync/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.enroll.member');
export type { EnrollMemberResult } from '../../../cli/results/memberResults.js';

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
    channel: Flags.custom({
      summary: messages.getMessage('flags.channel.summary'),
      parse: async (input) => channelOf(input),
    })(),
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
    return inProgram(
      this,
      async () => (await this.parse(EnrollMember)).flags,
      async ({ client, program, flags, signal }) => {
        const defaults = {
          memberStatus: flags.status,
          enrollmentChannel: flags.channel,
          enrollmentDate: flags['enrollment-date'],
          createTransactionJournals: flags.journals || undefined,
        };
        const records: Records = [];
        const { member: membershipNumber, email, concurrency } = flags;
        const values = { membershipNumber, firstName: flags['first-name'], lastName: flags['last-name'], email };
        const lines = new Map<string, number>();
        const requests = flags.file
          ? sync.readMembers(
              flags.file,
              defaults,
              (rejection) => records.push(toRecord(rejection)),
              (number, line) => lines.set(number, line),
            )
          : [sync.toEnrollmentRequest(values, defaults)];
        try {
          const enrolled = sync.enrollMembers(client, program, requests, { concurrency, signal });
          for await (const { membershipNumber: key, ...record } of enrolled) {
            const line = record.error && lines.get(key);
            records.push({ key, ...record, ...(line !== undefined && { line }) });
          }
        } catch (error) {
          if (error instanceof sync.StoppedError) throw stopError(error.reason, this.#show(program, records));
          throw error;
        }
        const result = this.#show(program, records);
        const { failed, unknown, open } = result.counts;
        return { result, exitCode: exitCodeOf({ refused: failed, open: unknown + open }) };
      },
    );
  }

  #show(program: string, records: Records): EnrollMemberResult {
    const counts = countBy(records, enrollStatuses);
    const { enrolled, exists, failed, unknown, open } = counts;
    const troubled = records.filter(({ error }) => error);
    for (const line of attentionLines(troubled)) this.log(line);
    const sentence = messages.getMessage('info.counts', [program, enrolled, exists, failed, unknown]);
    if (troubled.length > 0) this.log(sentence);
    else this.logSuccess(sentence);
    if (unknown > 0) this.warn(messages.getMessage('warning.unknown'));
    if (open > 0) this.warn(messages.getMessage('warning.open', [open]));
    return { program, records, counts };
  }
}

type Records = EnrollMemberResult['records'];

function toRecord({ membershipNumber, line, message }: sync.MemberRejection): Records[number] {
  return { key: membershipNumber ?? `line ${line}`, status: 'failed', line, error: { code: 'INVALID_ROW', message } };
}

/** Most records with problems shown on the screen. `--json` has all of them. */
const shown = 20;

function attentionLines(troubled: Records): string[] {
  if (troubled.length === 0) return [];
  const some = troubled.slice(0, shown);
  const title =
    some.length < troubled.length
      ? messages.getMessage('info.troubledShown', [some.length, troubled.length])
      : messages.getMessage('info.troubled');
  return [
    title,
    ...some.flatMap(({ key, line, status, error }) => {
      const place = line === undefined || error?.code === 'INVALID_ROW' ? '' : `, line ${line}`;
      return wrapped(`${key}${place}, ${status}: ${error?.code}: ${error?.message}`, '  ');
    }),
  ];
}

/** Parses the channel in any case, as the org does. @throws {SfError} that lists the channels */
function channelOf(input: string): string {
  const { data } = EnrollmentChannel.safeParse(input);
  if (data === undefined) throw messages.createError('error.channel', [input, enrollmentChannels.join(', ')]);
  return data;
}
