import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { commandLine } from '../../../base/text/commandLine.js';
import { memberFlag, filledText, programFlags } from '../../../cli/commonFlags.js';
import { countBy } from '../../../cli/counts.js';
import { calendarDayFlag } from '../../../cli/dayFlag.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { orMissingProcess } from '../../../cli/errors/missingProcess.js';
import { inProgramUnlessInterrupted } from '../../../cli/inProgram.js';
import { findOut } from '../../../cli/keyedOutcome.js';
import { changeFlags, differencesIn, recordValues } from '../../../cli/memberUpdate.js';
import { namedValues } from '../../../cli/namedValueFlag.js';
import type { NamedValue } from '../../../cli/namedValueFlag.js';
import { updateStatuses } from '../../../cli/results/membershipResults.js';
import type { UpdateMemberResult } from '../../../cli/results/membershipResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import type { LoyaltyClient, MemberChanges, MemberRow } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.update.member');
export type { UpdateMemberResult } from '../../../cli/results/membershipResults.js';

type UpdateRecord = UpdateMemberResult['records'][number];

const valueFlags = [...Object.values(changeFlags), 'field', 'parameter'];

export default class UpdateMember extends SfCommand<UpdateMemberResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    member: memberFlag({ required: true }),
    'new-number': filledText({ summary: messages.getMessage('flags.new-number.summary'), atLeastOne: valueFlags }),
    'first-name': filledText({ summary: messages.getMessage('flags.first-name.summary') }),
    'last-name': filledText({ summary: messages.getMessage('flags.last-name.summary') }),
    email: filledText({ summary: messages.getMessage('flags.email.summary') }),
    'enrollment-date': calendarDayFlag({ summary: messages.getMessage('flags.enrollment-date.summary') }),
    field: namedValues(messages.getMessage('flags.field.summary')),
    parameter: namedValues(messages.getMessage('flags.parameter.summary'), { exclusive: ['records'] }),
    process: filledText({
      summary: messages.getMessage('flags.process.summary'),
      description: messages.getMessage('flags.process.description'),
      default: 'UpdateMemberDetails',
      exclusive: ['records'],
    }),
    records: Flags.boolean({
      summary: messages.getMessage('flags.records.summary'),
      description: messages.getMessage('flags.records.description'),
    }),
  };

  public async run(): Promise<UpdateMemberResult> {
    let again = '';
    return inProgramUnlessInterrupted(
      this,
      async () => (await this.parse(UpdateMember)).flags,
      async ({ client, program, flags }) => {
        const member = await client.members.get(program, flags.member);
        const changes = changesOf(flags);
        const own = flags.records ? (Object.entries(changes) as NamedValue[]) : [];
        const values = await recordValues(
          client,
          [...own, ...(flags.field ?? [])],
          await import('../../../sync/index.js'),
        );
        again = commandLine('display member', { member: member.Id, program, 'target-org': this.orgName });
        const isConfirmed = flags.records || (await runProcess(client, { program, member, changes, flags }));
        await client.members.updateRecords(member.Id, values);
        const record = await checked(client, { program, member, changes, isConfirmed });
        this.#show(record);
        const counts = countBy([record], updateStatuses);
        return { result: { program, records: [record], counts }, exitCode: exitCodeAfter(record) };
      },
      () => findOut(again),
    );
  }

  #show({ key, status, differences }: UpdateRecord): void {
    if (status === 'updated') this.logSuccess(messages.getMessage('info.updated', [key]));
    if (status === 'unchecked') this.warn(messages.getMessage('warning.unchecked', [key]));
    if (status === 'different') this.warn(messages.getMessage('warning.different', [key]));
    for (const { name, given, found } of differences)
      this.log(messages.getMessage('info.difference', [name, given, found ?? '–']));
  }
}

interface UpdateFlags {
  readonly process: string;
  readonly parameter?: readonly NamedValue[] | undefined;
}

interface Update {
  readonly program: string;
  readonly member: MemberRow;
  readonly changes: MemberChanges;
}

/**
 * Only what the process changes: the fields of records need none. Returns whether the process says whom it changed: one
 * without an active rule succeeds and says nothing.
 */
async function runProcess(
  client: LoyaltyClient,
  { program, member, changes, flags }: Update & { readonly flags: UpdateFlags },
): Promise<boolean> {
  const { process: processName, parameter = [] } = flags;
  if (Object.keys(changes).length + parameter.length === 0) return true;
  const options = { processName, parameters: Object.fromEntries(parameter) };
  const called = client.members.update(program, { memberId: member.Id }, changes, options);
  const missing = { type: 'UpdateMemberDetails', name: processName, instead: '--records' } as const;
  const { memberId } = await orMissingProcess(client, program, missing, called);
  return memberId !== null;
}

/** A process without an active rule succeeds and changes nothing, so that the member is read again. */
async function checked(
  client: LoyaltyClient,
  { program, member, changes, isConfirmed }: Update & { readonly isConfirmed: boolean },
): Promise<UpdateRecord> {
  const memberId = member.Id;
  try {
    const profile = await client.members.profile(program, { memberId });
    const differences = differencesIn(profile, changes);
    const isSeen = isConfirmed || Object.keys(changes).length > 0;
    const status = differences.length > 0 ? 'different' : isSeen ? 'updated' : 'unchecked';
    return { key: profile.membershipNumber, status, memberId, differences };
  } catch {
    return { key: changes.membershipNumber ?? member.MembershipNumber, status: 'unchecked', memberId, differences: [] };
  }
}

function exitCodeAfter({ status }: UpdateRecord): (typeof exitCodes)[keyof typeof exitCodes] {
  if (status === 'unchecked') return exitCodes.unfinished;
  return status === 'different' ? exitCodes.attention : exitCodes.done;
}

function changesOf(
  flags: Partial<Record<(typeof changeFlags)[keyof MemberChanges], string | undefined>>,
): MemberChanges {
  const given = Object.entries(changeFlags).map(([name, flag]) => [name, flags[flag]] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}
