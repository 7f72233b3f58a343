import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { filledText, keyFlag, memberFlag, outboxFlag, programFlags } from '../../../cli/commonFlags.js';
import { contactFlag } from '../../../cli/customerFlags.js';
import { keyedCommand } from '../../../cli/keyedCommand.js';
import type { KeyedContext } from '../../../cli/keyedCommand.js';
import type { OrgName } from '../../../cli/orgName.js';
import { voucherAmountFlag } from '../../../cli/pointsFlag.js';
import { redemptionOf } from '../../../cli/redeemVoucherFlags.js';
import type { RedeemVoucherFlags } from '../../../cli/redeemVoucherFlags.js';
import { redeemedText } from '../../../cli/redeemedText.js';
import type { RedeemVoucherResult } from '../../../cli/results/voucherResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import type { VoucherRedemption } from '../../../sync/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.redeem.voucher');
export type { RedeemVoucherResult } from '../../../cli/results/voucherResults.js';

export default class RedeemVoucher extends SfCommand<RedeemVoucherResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    member: memberFlag({ exactlyOne: ['member', 'contact'] }),
    contact: contactFlag({
      description: messages.getMessage('flags.contact.description'),
      exactlyOne: ['member', 'contact'],
      exclusive: ['number', 'reserve', 'reinstate', 'reservation'],
    }),
    code: filledText({ summary: messages.getMessage('flags.code.summary'), required: true }),
    number: filledText({ summary: messages.getMessage('flags.number.summary') }),
    amount: voucherAmountFlag({
      summary: messages.getMessage('flags.amount.summary'),
      description: messages.getMessage('flags.amount.description'),
      exclusive: ['reinstate'],
    }),
    'currency-iso-code': filledText({
      summary: messages.getMessage('flags.currency-iso-code.summary'),
      dependsOn: ['contact'],
    }),
    reserve: Flags.boolean({
      summary: messages.getMessage('flags.reserve.summary'),
      description: messages.getMessage('flags.reserve.description'),
      exclusive: ['reinstate'],
    }),
    reinstate: Flags.boolean({
      summary: messages.getMessage('flags.reinstate.summary'),
      dependsOn: ['reservation'],
    }),
    reservation: filledText({ summary: messages.getMessage('flags.reservation.summary') }),
    key: keyFlag,
    outbox: outboxFlag,
  };

  public async run(): Promise<RedeemVoucherResult> {
    return keyedCommand(this, async () => (await this.parse(RedeemVoucher)).flags, {
      words: 'redeem voucher',
      call: (chosen) => redeemOnce(chosen, this.orgName),
      show: (record) => {
        if (record.status === 'known') this.log(messages.getMessage('info.known'));
        if (record.status === 'done') this.logSuccess(redeemedText(record));
      },
    });
  }
}

async function redeemOnce(chosen: KeyedContext<RedeemVoucherFlags>, org: OrgName) {
  const { client, program, flags, once } = chosen;
  const { code, number, amount, reserve, reinstate, reservation, contact, 'currency-iso-code': isoCode } = flags;
  const { member, voucher, redemption } = await redemptionOf({ client, program, org }, flags);
  const { voucherCode, step } = redemption;
  const { redeemVoucherOnce } = await import('../../../sync/index.js');
  const given = {
    ...{ member: member ?? undefined, contact, code, number, amount, 'currency-iso-code': isoCode, reservation },
    ...(reserve && { reserve: true }),
    ...(reinstate && { reinstate: true }),
  };
  const { record, answer, exitCode } = await once(given, (options) => redeemVoucherOnce(client, redemption, options));
  return {
    record: {
      ...{ ...record, member, contact: contact ?? null },
      ...{ voucherId: voucher.Id, code: voucherCode, number: voucher.Name },
      ...{ action: step.action, amount: amount === undefined ? null : Number(amount) },
      ...{ remaining: answer?.remaining ?? null, voucherStatus: answer?.status ?? null },
      reservationKey: answer?.reservationKey ?? reservationOf(redemption),
    },
    exitCode,
  };
}

/** Of a reservation that is redeemed. */
function reservationOf({ step }: VoucherRedemption): string | null {
  return (step.action === 'redeem' && 'reservationKey' in step && step.reservationKey) || null;
}
