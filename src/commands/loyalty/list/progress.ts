import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { explained } from '../../../cli/explain.js';
import { memberFlag, programFlags } from '../../../cli/flags.js';
import { findMember } from '../../../cli/member.js';
import { chooseProgram } from '../../../cli/program.js';
import type { ListProgressResult } from '../../../cli/results.js';
import { countText, progressText } from '../../../cli/text.js';
import { LoyaltyClient, type ProgressRow } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.list.progress');
export type { ListProgressResult } from '../../../cli/results.js';

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
      const program = await chooseProgram(client, flags.program, (sentence) => {
        this.info(sentence);
      });
      const member = flags.member === undefined ? undefined : await findMember(client, program, flags.member);
      const filter = { ...(member && { member: member.Id }), ...(flags.near !== undefined && { near: flags.near }) };
      const records = (await client.progress.list(program, filter)).map(toRecord);
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
      data: records.map(({ member, promotionName, attributeName, completed, target, percent }) => ({
        member,
        promotion: attributeName === null ? promotionName : `${promotionName}: ${attributeName}`,
        progress: progressText(percent),
        done: `${countText(completed)} of ${target === null ? '–' : countText(target)}`,
        left: target === null ? '–' : countText(Math.max(0, target - completed)),
      })),
    });
  }
}

function toRecord(row: ProgressRow): ListProgressResult['records'][number] {
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
