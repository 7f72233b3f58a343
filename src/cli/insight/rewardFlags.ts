import { Messages } from '@salesforce/core';
import type { VoucherCost } from '../../insight/index.js';
import { usageError } from '../feedFlags.js';
import type { NamedValue } from '../namedValueFlag.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.export.progress');

interface RewardFlags {
  readonly reward: string;
  readonly voucher?: readonly NamedValue[] | undefined;
  readonly within?: number | undefined;
}

/** @throws {SfError} if a flag is given that has no meaning for the reward, or one is missing */
export function mustFitReward({ reward, voucher = [], within }: RewardFlags, isNearGiven: boolean): void {
  if (reward === 'voucher' && voucher.length === 0) throw usageError(messages.createError('error.voucherNeeded'));
  if (reward !== 'voucher' && voucher.length > 0) throw usageError(messages.createError('error.voucherReward'));
  if (reward !== 'expiry' && within !== undefined) throw usageError(messages.createError('error.withinReward'));
  if (reward === 'expiry' && isNearGiven) throw usageError(messages.createError('error.nearReward'));
}

/** What vouchers cost, from `--voucher`. @throws {SfError} if a cost is not a number above 0 */
export function voucherCosts(vouchers: readonly NamedValue[] = []): VoucherCost[] {
  return vouchers.map(([definition, text]) => {
    const points = Number(text.trim() || Number.NaN);
    if (points > 0 && Number.isFinite(points)) return { definition, points };
    throw usageError(messages.createError('error.voucherPoints', [`${definition}=${text}`]));
  });
}
