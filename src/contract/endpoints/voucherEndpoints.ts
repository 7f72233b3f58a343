import { z } from 'zod';
import { isJsonObject } from '../../base/jsonObject.js';
import { endpoint } from '../endpoint.js';
import { inAnyCase } from '../inAnyCase.js';
import { RedeemVoucherQuery, RedeemVoucherRequest, RedeemVoucherResponse } from './redemptionShapes.js';

/** Most vouchers of one page. */
export const vouchersPerPage = 200;

/** Most values of a list of products or categories. */
const maxListed = 20;

/** Statuses to filter by. A voucher may also be `Reserved`, which the guide does not list here. */
const statuses = ['Issued', 'Redeemed', 'Cancelled', 'Expired'] as const;
export const voucherSortKeys = ['ExpirationDate', 'EffectiveDate', 'CreatedDate'] as const;

/** Parts with a comma in them cannot be asked for. */
const List = z
  .union([z.string(), z.array(z.string()).readonly()])
  .transform((given) => (typeof given === 'string' ? given.split(',').map((part) => part.trim()) : [...given]));
const ShortList = List.pipe(z.array(z.string()).max(maxListed));

const MemberVouchersQuery = z.object({
  /** Counts from 1. */
  pageNumber: z.coerce.number<string | number>().int().positive().optional(),
  voucherStatus: List.pipe(z.array(inAnyCase(statuses))).optional(),
  productId: ShortList.optional(),
  productName: ShortList.optional(),
  productCategoryId: ShortList.optional(),
  productCategoryName: ShortList.optional(),
  /** The first unless given. */
  sortBy: inAnyCase(voucherSortKeys).optional(),
  /** Ascending unless given. */
  sortOrder: inAnyCase(['Ascending', 'Descending']).optional(),
});
export type MemberVouchersQuery = z.infer<typeof MemberVouchersQuery>;

const text = z.string().nullish();
/** Now and then written without decimals. */
const amount = z.number().nullish();

/** The SDK's page calls the Id `id`; payloads have `voucherId`. */
function withVoucherId(row: unknown): unknown {
  return isJsonObject(row) && row['voucherId'] === undefined && row['id'] !== undefined
    ? { ...row, voucherId: row['id'] }
    : row;
}

/** Keys without a value are left out. */
const MemberVoucherFields = z.looseObject({
  /** Path of the voucher's attributes. The local org leaves it out. */
  attributesUrl: text,
  currencyIsoCode: text,
  description: text,
  discountPercent: amount,
  /** `yyyy-MM-dd` */
  effectiveDate: text,
  /** Since v62. */
  effectiveDateTime: text,
  expirationDate: text,
  expirationDateTime: text,
  faceValue: amount,
  hasTimeBasedVoucherPeriod: z.boolean().nullish(),
  isVoucherDefinitionActive: z.boolean().nullish(),
  isVoucherPartiallyRedeemable: z.boolean().nullish(),
  partnerAccount: text,
  product: text,
  productId: text,
  productCategory: text,
  productCategoryId: text,
  promotionId: text,
  promotionName: text,
  /** 0 for a voucher without a face value, like `remainingValue`. */
  redeemedValue: amount,
  remainingValue: amount,
  status: text,
  /** `FixedValue`, `DiscountPercentage` or `ProductOrService`. */
  type: text,
  useDate: text,
  voucherCode: text,
  /** Name of the definition. */
  voucherDefinition: text,
  voucherId: z.string(),
  voucherImageUrl: text,
  /** Eight digits. */
  voucherNumber: text,
});
const MemberVoucher = z.preprocess(withVoucherId, MemberVoucherFields);
export type MemberVoucher = z.infer<typeof MemberVoucher>;

export const voucherEndpoints = {
  ofMember: endpoint({
    method: 'GET',
    path: '/loyalty/programs/{program}/members/{membershipNumber}/vouchers',
    since: 58,
    guide: 'Member Vouchers',
    query: MemberVouchersQuery,
    /** `voucherCount` counts those of this page. */
    response: z.object({ voucherCount: z.number().nullish(), vouchers: z.array(MemberVoucher) }),
  }),
  /** Redeems a voucher, all or a part; since v62 also reserves it, or gives up a reservation. A success answers 201. */
  redeem: endpoint({
    method: 'POST',
    path: '/loyalty/programs/{program}/members/{membershipNumber}/vouchers/{voucherCode}/redeem',
    since: 51,
    guide: 'Redeem Voucher',
    query: RedeemVoucherQuery,
    request: RedeemVoucherRequest,
    response: RedeemVoucherResponse,
  }),
};
