import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { filledText, keyFlag, outboxFlag, programFlags } from '../../../cli/commonFlags.js';
import { couponLines, couponRecord } from '../../../cli/couponLines.js';
import { customerFlags, customerOf } from '../../../cli/customerFlags.js';
import type { GivenCustomer } from '../../../cli/customerFlags.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { keyedCommand } from '../../../cli/keyedCommand.js';
import type { KeyedContext, KeyedFlags } from '../../../cli/keyedCommand.js';
import type { RedeemCouponResult } from '../../../cli/results/couponResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { wrapped } from '../../../cli/terminal/terminalText.js';
import { parseDate } from '../../../cli/transactionFlags.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.redeem.coupon');
export type { RedeemCouponResult } from '../../../cli/results/couponResults.js';

interface CouponFlags extends KeyedFlags, GivenCustomer {
  readonly code: readonly string[];
  readonly transaction: string;
  readonly date: string | undefined;
  readonly reinstate: boolean;
}

export default class RedeemCoupon extends SfCommand<RedeemCouponResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    ...customerFlags,
    code: filledText({ summary: messages.getMessage('flags.code.summary'), required: true, multiple: true }),
    transaction: filledText({ summary: messages.getMessage('flags.transaction.summary'), required: true }),
    date: Flags.string({
      summary: messages.getMessage('flags.date.summary'),
      parse: async (input) => parseDate(input),
    }),
    reinstate: Flags.boolean({ summary: messages.getMessage('flags.reinstate.summary') }),
    key: keyFlag,
    outbox: outboxFlag,
  };

  public async run(): Promise<RedeemCouponResult> {
    return keyedCommand(this, async () => (await this.parse(RedeemCoupon)).flags, {
      words: 'redeem coupon',
      call: redeemOnce,
      show: (record) => {
        if (record.status === 'known') this.log(messages.getMessage('info.known'));
        for (const line of couponLines(record).flatMap((each) => wrapped(each, ''))) this.log(line);
      },
    });
  }
}

async function redeemOnce({ client, program, flags, once }: KeyedContext<CouponFlags>) {
  const { code: codes, transaction, date: time, contact, account, reinstate } = flags;
  const { customerId, member } = await customerOf(client, program, flags);
  const action = reinstate ? ('reinstate' as const) : ('redeem' as const);
  const redemption = { action, codes, time, transactionNumber: transaction, customerId, member: member ?? undefined };
  const given = { ...{ member: member ?? undefined, contact, account }, code: codes, transaction, date: time };
  const { redeemCouponsOnce } = await import('../../../sync/index.js');
  const { record, answer, exitCode } = await once({ ...given, ...(reinstate && { reinstate }) }, (options) =>
    redeemCouponsOnce(client, redemption, options),
  );
  const coupons = answer?.map((result, at) => couponRecord(result, codes[at] ?? '')) ?? null;
  const isWhole = coupons?.every(({ counted }) => counted) ?? true;
  return {
    record: { ...record, action, customerId, member, transaction, coupons },
    exitCode: exitCode === exitCodes.done && !isWhole ? exitCodes.attention : exitCode,
  };
}
