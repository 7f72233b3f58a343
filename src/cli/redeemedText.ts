import { Messages } from '@salesforce/core';
import type { RedeemVoucherResult } from './results/voucherResults.js';
import { countText } from './terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.redeem.voucher');

/** What was done with a voucher. */
export function redeemedText(record: RedeemVoucherResult['records'][number]): string {
  const { action, code, member, contact, amount, remaining, reservationKey, voucherStatus } = record;
  const holder = member ?? contact;
  switch (action) {
    case 'reserve':
      return messages.getMessage('info.reserved', [code, holder, reservationKey]);
    case 'reinstate':
      return messages.getMessage(voucherStatus === 'Expired' ? 'info.expired' : 'info.reinstated', [code, holder]);
    case 'redeem':
      if (amount === null && !remaining) return messages.getMessage('info.redeemed', [code, holder]);
      if (amount === null) return messages.getMessage('info.redeemedReservation', [code, holder, countText(remaining)]);
      return messages.getMessage('info.redeemedPart', [countText(amount), code, holder, countText(remaining)]);
  }
}
