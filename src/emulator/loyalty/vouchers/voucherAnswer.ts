import type { MemberVoucher } from '../../../contract/endpoints/voucherEndpoints.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { numberOf, parentOf, textOrNull } from '../rowValues.js';

/** A voucher and the records that its row in the answer is made of. */
export interface VoucherRows {
  readonly voucher: SObjectRow;
  readonly definition: SObjectRow | undefined;
  readonly product: SObjectRow | undefined;
  readonly category: SObjectRow | undefined;
  readonly promotion: SObjectRow | undefined;
  readonly partner: SObjectRow | undefined;
}

export function voucherRows(store: Store, voucher: SObjectRow): VoucherRows {
  const definition = parentOf(store, voucher, 'VoucherDefinitionId', 'VoucherDefinition');
  // The field points to either of the two.
  const objectName = store.model.typeOfId(textOrNull(definition, 'ProductId') ?? '')?.name;
  const target = (wanted: string) =>
    definition && objectName === wanted ? parentOf(store, definition, 'ProductId', wanted) : undefined;
  return {
    voucher,
    definition,
    product: target('Product2'),
    category: target('ProductCategory'),
    promotion: parentOf(store, voucher, 'PromotionId', 'Promotion'),
    partner: definition && parentOf(store, definition, 'PartnerAccountId', 'Account'),
  };
}

const timesSince = 62;

/** A row of the answer. Keys without a value are left out; of the definition's flags and of the two amounts none is. */
export function memberVoucher(rows: VoucherRows, version: number): MemberVoucher {
  const { voucher, definition, product, category, promotion, partner } = rows;
  return {
    ...withoutEmpty({
      currencyIsoCode: textOrNull(voucher, 'CurrencyIsoCode'),
      description: textOrNull(definition, 'Description'),
      discountPercent: voucher['DiscountPercent'],
      effectiveDate: textOrNull(voucher, 'EffectiveDate'),
      effectiveDateTime: version >= timesSince ? textOrNull(voucher, 'EffectiveDateTime') : null,
      expirationDate: textOrNull(voucher, 'ExpirationDate'),
      expirationDateTime: version >= timesSince ? textOrNull(voucher, 'ExpirationDateTime') : null,
      faceValue: voucher['FaceValue'],
      partnerAccount: textOrNull(partner, 'Name'),
      product: textOrNull(product, 'Name'),
      productId: product?.Id,
      productCategory: textOrNull(category, 'Name'),
      productCategoryId: category?.Id,
      promotionId: promotion?.Id,
      promotionName: textOrNull(promotion, 'Name'),
      status: textOrNull(voucher, 'Status'),
      type: textOrNull(definition, 'Type'),
      useDate: textOrNull(voucher, 'UseDate'),
      voucherCode: textOrNull(voucher, 'VoucherCode'),
      voucherDefinition: textOrNull(definition, 'Name'),
      voucherImageUrl: textOrNull(definition, 'ImageUrl'),
      voucherNumber: textOrNull(voucher, 'Name'),
    }),
    hasTimeBasedVoucherPeriod: definition?.['HasTimeBasedVoucherPeriod'] === true,
    isVoucherDefinitionActive: definition?.['IsActive'] === true,
    isVoucherPartiallyRedeemable: definition?.['IsPartialRedeemable'] === true,
    redeemedValue: numberOf(voucher, 'RedeemedValue'),
    remainingValue: numberOf(voucher, 'RemainingValue'),
    voucherId: voucher.Id,
  };
}

function withoutEmpty(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));
}
