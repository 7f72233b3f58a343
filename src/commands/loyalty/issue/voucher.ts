import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { filledText, keyFlag, memberFlag, outboxFlag, programFlags } from '../../../cli/commonFlags.js';
import { calendarDayFlag } from '../../../cli/dayFlag.js';
import { missingDefinition } from '../../../cli/errors/missingDefinition.js';
import { keyedCommand } from '../../../cli/keyedCommand.js';
import type { KeyedContext, KeyedFlags } from '../../../cli/keyedCommand.js';
import { voucherAmountFlag } from '../../../cli/pointsFlag.js';
import type { IssueVoucherResult } from '../../../cli/results/voucherResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { dateText } from '../../../cli/terminal/terminalText.js';
import type { LoyaltyClient, VoucherRow } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.issue.voucher');
export type { IssueVoucherResult } from '../../../cli/results/voucherResults.js';

interface IssueFlags extends KeyedFlags {
  readonly member: string;
  readonly definition: string;
  readonly code: string | undefined;
  readonly value: string | undefined;
  readonly discount: number | undefined;
  readonly 'expiration-date': string | undefined;
}

export default class IssueVoucher extends SfCommand<IssueVoucherResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    member: memberFlag({ required: true }),
    definition: filledText({ summary: messages.getMessage('flags.definition.summary'), required: true }),
    code: filledText({
      summary: messages.getMessage('flags.code.summary'),
      description: messages.getMessage('flags.code.description'),
    }),
    value: voucherAmountFlag({ summary: messages.getMessage('flags.value.summary'), exclusive: ['discount'] }),
    discount: Flags.integer({ summary: messages.getMessage('flags.discount.summary'), min: 1, max: 100 }),
    'expiration-date': calendarDayFlag({ summary: messages.getMessage('flags.expiration-date.summary') }),
    key: keyFlag,
    outbox: outboxFlag,
  };

  public async run(): Promise<IssueVoucherResult> {
    return keyedCommand(this, async () => (await this.parse(IssueVoucher)).flags, {
      words: 'issue voucher',
      call: issueOnce,
      show: ({ status, member, code, definition, expirationDate }) => {
        if (status !== 'done' && status !== 'known') return;
        const until = expirationDate === null ? '' : messages.getMessage('word.until', [dateText(expirationDate)]);
        const sentence = messages.getMessage(`info.${status}`, [definition, member, code ?? '–', until]);
        if (status === 'done') this.logSuccess(sentence);
        else this.log(sentence);
      },
    });
  }
}

/** Reads code and dates of the new voucher. It is issued even if they cannot be read. */
async function issueOnce({ client, program, flags, once }: KeyedContext<IssueFlags>) {
  const { definition, code, value, discount, 'expiration-date': expirationDate } = flags;
  const { Id: memberId, MembershipNumber: member } = await client.members.get(program, flags.member);
  const { issueVoucherOnce } = await import('../../../sync/index.js');
  const given = { member, definition, code, value, discount, 'expiration-date': expirationDate };
  const issue = {
    ...{ program, memberId, definition, code, discountPercent: discount, expirationDate },
    faceValue: value === undefined ? undefined : Number(value),
  };
  const { record, answer, exitCode } = await once(given, (options) =>
    issueVoucherOnce(client, issue, { ...options, member }),
  );
  if (record.status === 'refused') await failIfMissing(client, program, definition);
  const voucher = answer && (await readVoucher(client, program, answer.voucherId));
  const facts = {
    voucherId: answer?.voucherId ?? null,
    code: voucher?.VoucherCode ?? code ?? null,
    number: voucher?.Name ?? null,
    definition,
    faceValue: voucher?.FaceValue ?? null,
    expirationDate: voucher?.ExpirationDate ?? null,
  };
  return { record: { ...record, member, ...facts }, exitCode };
}

async function readVoucher(client: LoyaltyClient, program: string, voucherId: string): Promise<VoucherRow | undefined> {
  const [row] = await client.vouchers.find(program, { voucherId }).catch(() => []);
  return row;
}

async function failIfMissing(client: LoyaltyClient, program: string, definition: string): Promise<void> {
  const error = await missingDefinition(client, program, definition);
  if (error) throw error;
}
