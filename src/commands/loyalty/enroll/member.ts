import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { rejectedRecord } from '../../../cli/enrolledRecords.js';
import type { EnrolledRecords } from '../../../cli/enrolledRecords.js';
import { newMemberFlags } from '../../../cli/newMemberFlags.js';
import { delimiterFlag } from '../../../cli/delimiterFlag.js';
import { filledText, programFlags } from '../../../cli/commonFlags.js';
import { enrollEach } from '../../../cli/sync/enrollEach.js';
import { inProgram } from '../../../cli/inProgram.js';
import { namedValues } from '../../../cli/namedValueFlag.js';
import type { NamedValue } from '../../../cli/namedValueFlag.js';
import type { EnrollMemberResult } from '../../../cli/results/memberResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
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
    ...newMemberFlags,
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
        const enrolled = sync.enrollMembers(client, program, requests, { concurrency, signal });
        return enrollEach(this, { program, records, lines, enrolled });
      },
    );
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
