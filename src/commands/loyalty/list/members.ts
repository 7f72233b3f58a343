import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { filledText, programFlags } from '../../../cli/commonFlags.js';
import { calendarDayFlag, requirePeriod } from '../../../cli/dayFlag.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { inProgramUnlessInterrupted } from '../../../cli/inProgram.js';
import type { ListMembersResult } from '../../../cli/results/listResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { narrowTableLayout } from '../../../cli/terminal/tableLayout.js';
import { countText, dateText } from '../../../cli/terminal/terminalText.js';
import type { ListedMember } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.list.members');
export type { ListMembersResult } from '../../../cli/results/listResults.js';

export default class ListMembers extends SfCommand<ListMembersResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    status: filledText({ summary: messages.getMessage('flags.status.summary') }),
    'enrolled-from': calendarDayFlag({ summary: messages.getMessage('flags.enrolled-from.summary') }),
    'enrolled-to': calendarDayFlag({ summary: messages.getMessage('flags.enrolled-to.summary') }),
    limit: Flags.integer({ summary: messages.getMessage('flags.limit.summary'), default: 50, min: 1, max: 50_000 }),
  };

  public async run(): Promise<ListMembersResult> {
    return inProgramUnlessInterrupted(
      this,
      async () => {
        const { flags } = await this.parse(ListMembers);
        requirePeriod(flags['enrolled-from'], flags['enrolled-to']);
        return flags;
      },
      async ({ client, program, flags }) => {
        const { status, 'enrolled-from': enrolledFrom, 'enrolled-to': enrolledTo, limit } = flags;
        const filter = { status, enrolledFrom, enrolledTo };
        const records = (await client.members.list(program, { ...filter, limit })).map(toRecord);
        const total = records.length;
        const matching = total < limit ? total : await client.members.count(program, filter);
        const result = { program, records, counts: { total, matching } };
        this.#show(result);
        return { result, exitCode: exitCodes.done };
      },
    );
  }

  #show({ program, records, counts }: ListMembersResult): void {
    if (records.length === 0) {
      this.log(messages.getMessage('info.none', [program]));
      return;
    }
    this.table({
      ...narrowTableLayout,
      columns: ['member', 'name', { key: 'email', name: 'E-mail' }, 'status', 'enrolled'],
      data: records.map(({ key, name, email, status, enrollmentDate }) => ({
        member: key,
        name: name ?? '–',
        email: email ?? '–',
        status: status?.toLowerCase() ?? '–',
        enrolled: dateText(enrollmentDate),
      })),
    });
    if (counts.total < counts.matching)
      this.log(messages.getMessage('info.more', [countText(counts.total), countText(counts.matching)]));
  }
}

function toRecord({ Contact, ...member }: ListedMember): ListMembersResult['records'][number] {
  return {
    key: member.MembershipNumber,
    status: member.MemberStatus,
    memberId: member.Id,
    name: Contact?.Name ?? null,
    email: Contact?.Email ?? null,
    type: member.MemberType,
    enrollmentDate: member.EnrollmentDate,
  };
}
