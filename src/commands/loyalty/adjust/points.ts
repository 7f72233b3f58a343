import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { chooseCurrency } from '../../../cli/chooseCurrency.js';
import {
  categoryFlag,
  currencyFlag,
  filledText,
  keyFlag,
  memberFlag,
  outboxFlag,
  programFlags,
} from '../../../cli/commonFlags.js';
import { calendarDayFlag } from '../../../cli/dayFlag.js';
import { keyedCommand } from '../../../cli/keyedCommand.js';
import type { KeyedContext, KeyedFlags } from '../../../cli/keyedCommand.js';
import { movedText, showMoved } from '../../../cli/movedText.js';
import { oneOfWords } from '../../../cli/oneOfWords.js';
import { pointsFlag } from '../../../cli/pointsFlag.js';
import type { AdjustPointsResult } from '../../../cli/results/pointsResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { withPointsWords } from '../../../cli/unclearPoints.js';
import { readMovedBalances } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.adjust.points');
export type { AdjustPointsResult } from '../../../cli/results/pointsResults.js';

type AdjustmentRecord = AdjustPointsResult['records'][number];

interface AdjustFlags extends KeyedFlags {
  readonly member: string;
  readonly points: string;
  readonly type: 'credit' | 'debit';
  readonly reason: string;
  readonly category: string | undefined;
  readonly currency: string | undefined;
  readonly 'expiration-date': string | undefined;
}

export default class AdjustPoints extends SfCommand<AdjustPointsResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    member: memberFlag({ required: true }),
    type: Flags.custom<AdjustFlags['type']>({
      ...oneOfWords(['credit', 'debit']),
      summary: messages.getMessage('flags.type.summary'),
      required: true,
    })(),
    points: pointsFlag({ summary: messages.getMessage('flags.points.summary'), required: true }),
    reason: filledText({ summary: messages.getMessage('flags.reason.summary'), required: true }),
    category: categoryFlag,
    currency: currencyFlag,
    'expiration-date': calendarDayFlag({ summary: messages.getMessage('flags.expiration-date.summary') }),
    key: keyFlag,
    outbox: outboxFlag,
  };

  public async run(): Promise<AdjustPointsResult> {
    return keyedCommand(this, async () => checked((await this.parse(AdjustPoints)).flags), {
      words: 'adjust points',
      call: adjust,
      show: (record) => {
        const { member, points, balances, type } = record;
        showMoved(this, record, {
          done: () => messages.getMessage(`info.${type}`, [movedText(points, balances), member]),
          known: () => messages.getMessage('info.known', [member]),
        });
      },
    });
  }
}

/** @throws {SfError} for points that are taken and expire */
function checked<F extends Pick<AdjustFlags, 'type' | 'expiration-date'>>(flags: F): F {
  if (flags.type === 'debit' && flags['expiration-date'] !== undefined)
    throw messages.createError('error.expirationDate');
  return flags;
}

async function adjust({ client, program, flags, once }: KeyedContext<AdjustFlags>) {
  const { type, reason, category, 'expiration-date': expirationDate } = flags;
  const points = Number(flags.points);
  const { Id: memberId, MembershipNumber: member } = await client.members.get(program, flags.member);
  const currency = await chooseCurrency(client, program, flags.currency);
  const { adjustPoints } = await import('../../../sync/index.js');
  const words = { member, type, points: flags.points, reason, category, currency: currency.Name };
  const direction = type === 'credit' ? 'Credit' : 'Debit';
  const adjustment = { program, memberId, currencyId: currency.Id, type: direction, points } as const;
  const { record, answer, exitCode } = await once({ ...words, 'expiration-date': expirationDate }, (options) =>
    adjustPoints(client, { ...adjustment, reason, category, expirationDate }, { ...options, member }),
  );
  const journalId = answer?.journalId ?? null;
  const balances = journalId === null ? [] : await readMovedBalances(client, program, { memberId, by: { journalId } });
  const adjusted: AdjustmentRecord = { ...withPointsWords(record), member, type, points, journalId, balances };
  return { record: adjusted, exitCode };
}
