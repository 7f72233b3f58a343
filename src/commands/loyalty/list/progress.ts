import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { explained } from '../../../cli/explain.js';
import { memberFlag, programFlags } from '../../../cli/flags.js';
import { findMember } from '../../../cli/member.js';
import { chooseProgram } from '../../../cli/program.js';
import type { ListProgressResult } from '../../../cli/results.js';
import { numbers, tableLayout } from '../../../cli/table.js';
import { countText, progressText } from '../../../cli/text.js';
import { LoyaltyClient, type ProgressRow } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.list.progress');
export type { ListProgressResult } from '../../../cli/results.js';

type ProgressRecord = ListProgressResult['records'][number];

export default class ListProgress extends SfCommand<ListProgressResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    member: memberFlag(),
    near: Flags.integer({
      summary: messages.getMessage('flags.near.summary'),
      description: messages.getMessage('flags.near.description'),
      min: 0,
    }),
  };

  public async run(): Promise<ListProgressResult> {
    const { flags } = await this.parse(ListProgress);
    return explained(async () => {
      const client = new LoyaltyClient(flags['target-org'].getConnection(flags['api-version']));
      const program = await chooseProgram(client, flags.program, this);
      const member = flags.member === undefined ? undefined : await findMember(client, program, flags.member);
      const filter = { ...(member && { member: member.Id }), ...(flags.near !== undefined && { near: flags.near }) };
      const records = (await client.progress.list(program, filter)).map(toRecord).sort(nearestFirst);
      this.show(records);
      return { program, records, counts: { total: records.length } };
    });
  }

  private show(records: ListProgressResult['records']): void {
    if (records.length === 0) {
      this.log(messages.getMessage('info.none'));
      return;
    }
    this.table({
      ...tableLayout,
      columns: ['member', 'promotion', 'progress', numbers('done'), numbers('target'), numbers('left')],
      data: records.map(({ member, promotionName, attributeName, completed, target, percent }) => ({
        member,
        promotion: attributeName === null ? promotionName : `${promotionName}: ${attributeName}`,
        progress: progressText(percent),
        done: countText(completed),
        target: countText(target),
        left: countText(target === null ? null : Math.max(0, target - completed)),
      })),
    });
  }
}

/** By promotion, and within it whoever is furthest. */
function nearestFirst(a: ProgressRecord, b: ProgressRecord): number {
  return a.promotionName.localeCompare(b.promotionName) || (b.percent ?? 0) - (a.percent ?? 0);
}

function toRecord(row: ProgressRow): ProgressRecord {
  const { promotionId, membershipNumber, promotionName, promotionEndDate, completed, target, percent } = row;
  return {
    key: promotionId,
    status: target !== null && completed >= target ? 'reached' : 'open',
    member: membershipNumber,
    promotionName,
    promotionEndDate,
    attributeName: row.attributeName,
    completed,
    target,
    percent,
  };
}
