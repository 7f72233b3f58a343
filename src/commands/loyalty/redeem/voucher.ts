import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { filledText, keyFlag, memberFlag, outboxFlag, programFlags } from '../../../cli/commonFlags.js';
import { findVoucher } from '../../../cli/findVoucher.js';
import { keyedCommand } from '../../../cli/keyedCommand.js';
import type { KeyedContext } from '../../../cli/keyedCommand.js';
import type { OrgName } from '../../../cli/orgName.js';
import { voucherAmountFlag } from '../../../cli/pointsFlag.js';
import { stepOf } from '../../../cli/redeemVoucherFlags.js';
import type { RedeemVoucherFlags } from '../../../cli/redeemVoucherFlags.js';
import type { RedeemVoucherResult } from '../../../cli/results/voucherResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { countText } from '../../../cli/terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.redeem.voucher');
export type { RedeemVoucherResult } from '../../../cli/results/voucherResults.js';

export default class RedeemVoucher extends SfCommand<RedeemVoucherResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    member: memberFlag({ required: true }),
    code: filledText({ summary: messages.getMessage('flags.code.summary'), required: true }),
    number: filledText({ summary: messages.getMessage('flags.number.summary') }),
    amount: voucherAmountFlag({
      summary: messages.getMessage('flags.amount.summary'),
      description: messages.getMessage('flags.amount.description'),
      exclusive: ['reinstate'],
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
        if (record.status === 'done') this.logSuccess(doneText(record));
      },
    });
  }
}

async function redeemOnce(chosen: KeyedContext<RedeemVoucherFlags>, org: OrgName) {
  const { client, program, flags, once } = chosen;
  const { code, number, amount, reserve, reinstate, reservation } = flags;
  const { member, voucher } = await findVoucher({ client, program, org }, flags);
  const step = stepOf(flags);
  const { redeemVoucherOnce } = await import('../../../sync/index.js');
  const named = { voucherId: voucher.Id, voucherCode: voucher.VoucherCode ?? code, voucherNumber: voucher.Name };
  const redemption = { program, membershipNumber: member, ...named, step };
  const given = {
    ...{ member, code, number, amount, reservation },
    ...(reserve && { reserve: true }),
    ...(reinstate && { reinstate: true }),
  };
  const { record, answer, exitCode } = await once(given, (options) => redeemVoucherOnce(client, redemption, options));
  return {
    record: {
      ...{ ...record, member, voucherId: voucher.Id, code: named.voucherCode, number: voucher.Name },
      ...{ action: step.action, amount: amount === undefined ? null : Number(amount) },
      ...{ remaining: answer?.remaining ?? null, voucherStatus: answer?.status ?? null },
      reservationKey: answer?.reservationKey ?? (step.action === 'redeem' ? (step.reservationKey ?? null) : null),
    },
    exitCode,
  };
}

function doneText(record: RedeemVoucherResult['records'][number]): string {
  const { action, code, member, amount, remaining, reservationKey, voucherStatus } = record;
  switch (action) {
    case 'reserve':
      return messages.getMessage('info.reserved', [code, member, reservationKey]);
    case 'reinstate':
      return messages.getMessage(voucherStatus === 'Expired' ? 'info.expired' : 'info.reinstated', [code, member]);
    case 'redeem':
      if (amount === null && !remaining) return messages.getMessage('info.redeemed', [code, member]);
      if (amount === null) return messages.getMessage('info.redeemedReservation', [code, member, countText(remaining)]);
      return messages.getMessage('info.redeemedPart', [countText(amount), code, member, countText(remaining)]);
  }
}
