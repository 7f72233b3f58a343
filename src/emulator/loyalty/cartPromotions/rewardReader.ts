import { readDecimal } from '../../../base/decimal.js';
import type { Decimal } from '../../../base/decimal.js';
import type { AppliedPromotion } from '../../../contract/endpoints/cartPromotionEndpoints.js';
import { notImplemented } from '../../orgRefusal.js';
import { ProcessFailure } from '../processFailure.js';
import type { GivenBadge } from './badgeReward.js';

/** A reward of an applied promotion, read. */
export type GivenReward =
  | {
      readonly kind: 'points';
      readonly points: Decimal;
      readonly currencyName: string | undefined;
      readonly notes: string | undefined;
    }
  | {
      readonly kind: 'voucher';
      readonly definitionName: string;
      readonly code: string | undefined;
      readonly effectiveDate: string | undefined;
      readonly expirationDate: string | undefined;
      readonly notes: string | undefined;
    }
  | ({ readonly kind: 'badge' } & GivenBadge)
  | { readonly kind: 'game'; readonly gameName: string }
  | { readonly kind: 'discount'; readonly type: string; readonly amount: Decimal };

type Given = NonNullable<AppliedPromotion['rewards']>[number];

/** Both families of names: those of real-time journals, and those of eligible promotions. */
const readers: Readonly<Record<string, (given: Given) => GivenReward>> = {
  points: readPoints,
  creditfixedpoints: readPoints,
  voucher: readVoucher,
  issuevoucher: readVoucher,
  badge: readBadge,
  assignbadge: readBadge,
  game: readGame,
  assigngame: readGame,
  discount: readDiscount,
  providediscount: readDiscount,
};

const absent = ['creditmultiplierpoints', 'givefreeproduct'];

/** @throws {ProcessFailure} for a reward that is not complete, or of no known type. @throws {OrgRefusal} 501 */
export function readReward(given: Given): GivenReward {
  const type = given.rewardType.toLowerCase();
  const read = readers[type];
  if (read) return read(given);
  if (absent.includes(type)) throw notImplemented(`rewards of the type ${given.rewardType}`);
  throw new ProcessFailure(`A reward has no type ${given.rewardType}.`);
}

function readPoints(given: Given): GivenReward {
  const currencyName = textAt(given, 'loyaltyProgramCurrencyName');
  return { kind: 'points', points: amountAt(given, 'points'), currencyName, notes: textAt(given, 'notes') };
}

function readVoucher(given: Given): GivenReward {
  const definitionName = textAt(given, 'voucherDefinitionName');
  if (definitionName === undefined) throw new ProcessFailure('A reward lacks voucherDefinitionName.');
  return {
    kind: 'voucher',
    definitionName,
    code: textAt(given, 'voucherCode'),
    effectiveDate: textAt(given, 'voucherEffectiveDate'),
    expirationDate: textAt(given, 'voucherExpirationDate'),
    notes: textAt(given, 'notes'),
  };
}

function readBadge(given: Given): GivenReward {
  const badgeName = textAt(given, 'loyaltyProgramBadgeName');
  if (badgeName === undefined) throw new ProcessFailure('A reward lacks loyaltyProgramBadgeName.');
  return {
    kind: 'badge',
    badgeName,
    status: textAt(given, 'memberBadgeStatus'),
    endDate: textAt(given, 'badgeValidityEndDate'),
    reason: textAt(given, 'reason'),
  };
}

function readGame(given: Given): GivenReward {
  const gameName = textAt(given, 'gameDefinitionName');
  if (gameName === undefined) throw new ProcessFailure('A reward lacks gameDefinitionName.');
  return { kind: 'game', gameName };
}

function readDiscount(given: Given): GivenReward {
  return { kind: 'discount', type: given.rewardType, amount: amountAt(given, 'discountAmount') };
}

function textAt(given: Given, key: string): string | undefined {
  const value = given[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Sent as a number or as text. */
function amountAt(given: Given, key: string): Decimal {
  const value = given[key];
  const amount = readDecimal(typeof value === 'number' || typeof value === 'string' ? String(value) : '');
  if (amount && !amount.isNegative()) return amount.toDecimalPlaces(2);
  throw new ProcessFailure(`${key} of a reward of the type ${given.rewardType} is not an amount.`);
}
