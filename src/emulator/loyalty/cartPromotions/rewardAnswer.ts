import type { JournalRewards } from '../../../contract/endpoints/cartPromotionEndpoints.js';
import { definedValues } from '../../../base/definedValues.js';
import type { Store } from '../../store/store.js';
import { assignedGame } from '../games/assignGame.js';
import { parentOf, textOrNull } from '../rowValues.js';
import type { AppliedRewards } from './appliedRewards.js';

/** Guide: "Transaction Journal Details". Points are not in it. */
export function journalRewards(
  store: Store,
  id: string,
  { discounts, voucherIds, playIds }: AppliedRewards,
): JournalRewards {
  return {
    discountsAppliedList: discounts.map(({ type, amount }) => ({
      discountAmount: amount.toNumber(),
      discountType: type,
    })),
    gamesAssignedList: playIds.map((playId) => {
      const { gameParticipantId: _, ...game } = assignedGame(store, playId);
      return game;
    }),
    id,
    voucherIssuedList: voucherIds.map((voucherId) => rewardedVoucher(store, voucherId)),
  };
}

/** A voucher as journals answer it. Keys without a value are left out. */
export function rewardedVoucher(store: Store, voucherId: string): Record<string, unknown> {
  const voucher = store.get('Voucher', voucherId);
  const definition = voucher && parentOf(store, voucher, 'VoucherDefinitionId', 'VoucherDefinition');
  const instant = (field: string): string | undefined => {
    const day = textOrNull(voucher, field);
    return day === null ? undefined : `${day}T00:00:00.000Z`;
  };
  return definedValues({
    discountPercent: voucher?.['DiscountPercent'] ?? undefined,
    effectiveDate: instant('EffectiveDate'),
    expirationDate: instant('ExpirationDate'),
    faceValue: voucher?.['FaceValue'] ?? undefined,
    productId: textOrNull(definition, 'ProductId') ?? undefined,
    promotionId: textOrNull(voucher, 'PromotionId') ?? undefined,
    voucherCode: textOrNull(voucher, 'VoucherCode') ?? undefined,
    voucherDefinitionName: textOrNull(definition, 'Name') ?? undefined,
    voucherId,
  });
}
