import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { memberFlag, programFlags } from '../../../cli/commonFlags.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { inProgramUnlessInterrupted } from '../../../cli/inProgram.js';
import type { BadgeRecord, ListBadgesResult } from '../../../cli/results/badgeResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { tableLayout } from '../../../cli/terminal/tableLayout.js';
import { dateText } from '../../../cli/terminal/terminalText.js';
import { readMemberBadges } from '../../../client/index.js';
import type { MemberBadge } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.list.badges');
export type { ListBadgesResult } from '../../../cli/results/badgeResults.js';

export default class ListBadges extends SfCommand<ListBadgesResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = { ...programFlags, member: memberFlag({ required: true }) };

  public async run(): Promise<ListBadgesResult> {
    return inProgramUnlessInterrupted(
      this,
      async () => (await this.parse(ListBadges)).flags,
      async ({ client, program, flags: { member: wanted } }) => {
        const { Id, MembershipNumber: member } = await client.members.get(program, wanted);
        const records = (await readMemberBadges(client, Id)).map((badge) => badgeRecord(badge, member));
        this.#show(records, member);
        return { result: { program, records, counts: { total: records.length } }, exitCode: exitCodes.done };
      },
    );
  }

  #show(records: readonly BadgeRecord[], member: string): void {
    if (records.length === 0) {
      this.log(messages.getMessage('info.none', [member]));
      return;
    }
    const data = records.map(({ badge, status, startDate, endDate, reason }) => ({
      badge: badge ?? '–',
      status: status ?? '–',
      since: dateText(startDate),
      until: dateText(endDate),
      reason: reason ?? '–',
    }));
    const title = messages.getMessage('info.title', [member]);
    this.table({ ...tableLayout, title, columns: ['badge', 'status', 'since', 'until', 'reason'], data });
  }
}

function badgeRecord(
  { id, badge, status, reason, startDate, endDate, imageUrl }: MemberBadge,
  member: string,
): BadgeRecord {
  const { name = null, id: badgeId = null, description = null } = badge ?? {};
  return { key: id, status, member, badge: name, badgeId, description, imageUrl, reason, startDate, endDate };
}
