import { Messages } from '@salesforce/core';
import type { VoucherCost } from '../../insight/index.js';
import { usageError } from '../feedFlags.js';
import type { NamedValue } from '../namedValueFlag.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.export.progress');

interface RewardFlags {
  readonly reward: string;
  readonly voucher: readonly NamedValue[] | undefined;
  readonly within: number | undefined;
}

/** What vouchers cost, from flags. @throws {SfError} if the flags do not fit together, or a cost is not a number */
export function voucherCosts({ reward, voucher = [], within }: RewardFlags): VoucherCost[] {
  if (reward === 'voucher' && voucher.length === 0) throw usageError(messages.createError('error.voucherNeeded'));
  if (reward !== 'voucher' && voucher.length > 0) throw usageError(messages.createError('error.voucherReward'));
  if (reward !== 'expiry' && within !== undefined) throw usageError(messages.createError('error.withinReward'));
  return voucher.map(([definition, text]) => {
    const points = Number(text.trim() || Number.NaN);
    if (points > 0 && Number.isFinite(points)) return { definition, points };
    throw usageError(messages.createError('error.voucherPoints', [`${definition}=${text}`]));
  });
}
