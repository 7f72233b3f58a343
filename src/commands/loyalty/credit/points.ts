import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { keyFlag, memberFlag, outboxFlag, programFlags } from '../../../cli/commonFlags.js';
import { keyedCommand } from '../../../cli/keyedCommand.js';
import { movedText, showMoved } from '../../../cli/movedText.js';
import { pointsFlag } from '../../../cli/pointsFlag.js';
import { processPoints } from '../../../cli/processPoints.js';
import type { CreditPointsResult } from '../../../cli/results/pointsResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';

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
    points: pointsFlag({ summary: messages.getMessage('flags.points.summary'), required: true }),
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
      call: async (chosen) => {
        const { creditPoints, journalNumber } = await import('../../../sync/index.js');
        return processPoints(chosen, { type: 'CreditPointsToMembers', move: creditPoints, numberOf: journalNumber });
      },
      show: (record) => {
        const { member, points, balances } = record;
        showMoved(this, record, {
          done: () => messages.getMessage('info.done', [movedText(points, balances), member]),
          known: () => messages.getMessage('info.known', [member]),
        });
      },
    });
  }
}
