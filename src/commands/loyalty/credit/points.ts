import '../../../cli/requireNode.js';
import { counted } from '../../../base/text/counted.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { keyFlag, memberFlag, outboxFlag, programFlags } from '../../../cli/commonFlags.js';
import { missingProcess } from '../../../cli/errors/missingProcess.js';
import { keyedCommand } from '../../../cli/keyedCommand.js';
import type { CreditPointsResult } from '../../../cli/results/pointsResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import type { LoyaltyClient } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.credit.points');
export type { CreditPointsResult } from '../../../cli/results/pointsResults.js';

export default class CreditPoints extends SfCommand<CreditPointsResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    member: memberFlag({ required: true }),
    points: Flags.string({
      summary: messages.getMessage('flags.points.summary'),
      required: true,
      parse: async (input) => parsePoints(input),
    }),
    key: keyFlag,
    process: Flags.string({
      summary: messages.getMessage('flags.process.summary'),
      description: messages.getMessage('flags.process.description'),
      default: 'CreditPointsToMembers',
    }),
    outbox: outboxFlag,
  };

  public async run(): Promise<CreditPointsResult> {
    return keyedCommand(this, async () => (await this.parse(CreditPoints)).flags, {
      words: 'credit points',
      call: async ({ client, program, flags, once }) => {
        const { process: processName } = flags;
        const points = Number(flags.points);
        const { MembershipNumber: member } = await client.members.get(program, flags.member);
        const isNamed = processName !== CreditPoints.flags.process.default;
        const given = { member, points: flags.points, process: isNamed ? processName : undefined };
        const credit = { program, member, points, processName, activityDate: new Date().toISOString() };
        const { creditPoints } = await import('../../../sync/index.js');
        const { record, exitCode } = await once(given, (options) => creditPoints(client, credit, options));
        if (record.status === 'refused') await failIfMissing(client, program, processName);
        return { record: { ...record, member, points }, exitCode };
      },
      show: ({ status, member, points }, program) => {
        if (status === 'done')
          this.logSuccess(messages.getMessage('info.done', [counted(points, 'point'), member, program]));
        if (status === 'known') this.log(messages.getMessage('info.known', [member]));
      },
    });
  }
}

async function failIfMissing(client: LoyaltyClient, program: string, name: string): Promise<void> {
  const error = await missingProcess(client, program, { type: 'CreditPointsToMembers', name });
  if (error) throw error;
}

/**
 * Parses a positive number with at most two decimals, which is what the org stores. @throws {SfError} for anything else
 */
function parsePoints(input: string): string {
  if (!/^\d+(\.\d{1,2})?$/.test(input) || Number(input) === 0) throw messages.createError('error.points', [input]);
  return input;
}
