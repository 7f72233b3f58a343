import { Messages } from '@salesforce/core';
import type { DisplayMemberResult } from './results/memberResults.js';
import { numberColumn } from './terminal/tableLayout.js';
import { countText, dateText } from './terminal/terminalText.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.display.member');

export interface SectionTable {
  readonly columns: ReadonlyArray<string | ReturnType<typeof numberColumn>>;
  readonly data: ReadonlyArray<Record<string, string>>;
}

type ShownVoucher = Pick<
  DisplayMemberResult['vouchers'][number],
  | 'code'
  | 'voucher'
  | 'status'
  | 'faceValue'
  | 'remainingValue'
  | 'discountPercent'
  | 'currencyIsoCode'
  | 'expirationDate'
>;

/** Those that can be used come first. */
export function vouchersTable(vouchers: readonly ShownVoucher[]): SectionTable {
  const usable = ({ status }: { status: string | null }) => (status === 'Issued' ? 0 : 1);
  return {
    columns: ['code', 'voucher', numberColumn('value'), 'expires', 'status'],
    data: [...vouchers]
      .sort((a, b) => usable(a) - usable(b))
      .map((voucher) => ({
        code: voucher.code ?? '–',
        voucher: voucher.voucher ?? '–',
        value: valueText(voucher),
        expires: dateText(voucher.expirationDate),
        status: voucher.status ?? '–',
      })),
  };
}

/** What is left of a value, a discount in percent, or a dash for a product or service. */
function valueText(voucher: ShownVoucher): string {
  const { faceValue, remainingValue, discountPercent, currencyIsoCode, status } = voucher;
  if (discountPercent !== null) return `${countText(discountPercent)} %`;
  if (faceValue === null) return '–';
  const isPart = status === 'Issued' && remainingValue !== null && remainingValue < faceValue;
  const value = isPart
    ? messages.getMessage('word.of', [countText(remainingValue), countText(faceValue)])
    : countText(faceValue);
  return currencyIsoCode === null ? value : `${value} ${currencyIsoCode}`;
}
