import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { countBy } from '../../../cli/counts.js';
import { attentionLines, rejectedRecord } from '../../../cli/enrolledRecords.js';
import type { EnrolledRecords } from '../../../cli/enrolledRecords.js';
import { delimiterFlag } from '../../../cli/delimiterFlag.js';
import { exitCodeOf } from '../../../cli/errors/exitCodes.js';
import { stopError } from '../../../cli/errors/actionableErrors.js';
import { filledText, programFlags } from '../../../cli/commonFlags.js';
import { inProgram } from '../../../cli/inProgram.js';
import { namedValues } from '../../../cli/namedValueFlag.js';
import type { NamedValue } from '../../../cli/namedValueFlag.js';
import { enrollStatuses } from '../../../cli/results/memberResults.js';
import type { EnrollMemberResult } from '../../../cli/results/memberResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { countText } from '../../../cli/terminal/terminalText.js';
import { EnrollmentChannel, enrollmentChannels } from '../../../client/index.js';
import type { IndividualEnrollmentRequest } from '../../../client/index.js';
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
    map: Flags.file({ summary: messages.getMessage('flags.map.summary'), dependsOn: ['file'], exists: true }),
    delimiter: delimiterFlag,
    field: namedValues(messages.getMessage('flags.field.summary'), { dependsOn: ['member'] }),
    'allow-duplicates': Flags.boolean({
      summary: messages.getMessage('flags.allow-duplicates.summary'),
      description: messages.getMessage('flags.allow-duplicates.description'),
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
        const records: EnrolledRecords = [];
        const { concurrency } = flags;
        const lines = new Map<string, number>();
        const requests = await requestsOf(flags, {
          readFields: () => sync.readMemberFields(client),
          onRejection: (rejection) => records.push(rejectedRecord(rejection)),
          onLine: (number, line) => lines.set(number, line),
        });
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

  #show(program: string, records: EnrolledRecords): EnrollMemberResult {
    const counts = countBy(records, enrollStatuses);
    const { enrolled, exists, failed, unknown, open } = counts;
    const troubled = records.filter(({ error }) => error);
    for (const line of attentionLines(troubled)) this.log(line);
    const sentence = messages.getMessage('info.counts', [
      program,
      countText(enrolled),
      countText(exists),
      countText(failed),
      countText(unknown),
    ]);
    if (troubled.length > 0) this.log(sentence);
    else this.logSuccess(sentence);
    if (unknown > 0) this.warn(messages.getMessage('warning.unknown'));
    if (open > 0) this.warn(messages.getMessage('warning.open', [countText(open)]));
    return { program, records, counts };
  }
}

interface EnrollFlags {
  readonly member?: string | undefined;
  readonly 'first-name'?: string | undefined;
  readonly 'last-name'?: string | undefined;
  readonly email?: string | undefined;
  readonly field?: readonly NamedValue[] | undefined;
  readonly file?: string | undefined;
  readonly map?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly 'allow-duplicates'?: boolean;
  readonly status: string;
  readonly channel?: string | undefined;
  readonly 'enrollment-date'?: string | undefined;
  readonly journals?: boolean;
}

type Requests = AsyncIterable<IndividualEnrollmentRequest> | readonly IndividualEnrollmentRequest[];

async function requestsOf(flags: EnrollFlags, options: sync.ReadMembersOptions): Promise<Requests> {
  const { file, map, delimiter } = flags;
  const defaults = {
    memberStatus: flags.status,
    enrollmentChannel: flags.channel,
    enrollmentDate: flags['enrollment-date'],
    createTransactionJournals: flags.journals || undefined,
    allowDuplicateRecords: flags['allow-duplicates'],
  };
  if (file === undefined) return [await sync.readMember(ownValues(flags), { ...options, defaults })];
  const mapping = map === undefined ? undefined : await sync.loadMemberMapping(map);
  return sync.readMembers(file, { ...options, defaults, mapping, delimiter });
}

/** What the flags say of one person. */
function ownValues(flags: EnrollFlags): NamedValue[] {
  const own = [
    ['membershipNumber', flags.member],
    ['firstName', flags['first-name']],
    ['lastName', flags['last-name']],
    ['email', flags.email],
  ] as const;
  return [
    ...own.flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const])),
    ...(flags.field ?? []),
  ];
}

/** Parses the channel in any case, as the org does. @throws {SfError} that lists the channels */
function channelOf(input: string): string {
  const { data } = EnrollmentChannel.safeParse(input);
  if (data === undefined) throw messages.createError('error.channel', [input, enrollmentChannels.join(', ')]);
  return data;
}
