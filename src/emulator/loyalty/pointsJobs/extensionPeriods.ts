import { addToDay } from '../../../base/dayArithmetic.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';

/**
 * Extra time of a currency, for all members or those of a tier: LoyaltyPgmCurrencyExtPrd. Of several the longest counts
 * (Help).
 */
export class ExtensionPeriods {
  readonly #periods: readonly SObjectRow[];
  readonly #store: Store;

  constructor(store: Store, currencyId: string, type: 'ExpiryExtension' | 'ReinstatementWindow') {
    this.#store = store;

    const criteria = { LoyaltyProgramCurrencyId: currencyId, ExtensionType: type };
    this.#periods = store.find('LoyaltyPgmCurrencyExtPrd', criteria);
  }

  /** Whether the points of the member never expire. */
  isExempt(memberId: string): boolean {
    return this.#ofMember(memberId).some((row) => row['IsExpiryExempt'] === true);
  }

  /** The latest of the days that the periods lead to from a day; undefined without a period. */
  after(memberId: string, day: string): string | undefined {
    return this.#days(memberId, day, 1).at(-1);
  }

  /** The earliest of the days that the periods lead back to from a day; undefined without a period. */
  before(memberId: string, day: string): string | undefined {
    return this.#days(memberId, day, -1)[0];
  }

  #days(memberId: string, day: string, sign: 1 | -1): string[] {
    return this.#ofMember(memberId)
      .map(({ ExtensionDuration: duration, ExtensionDurationUnit: unit }) =>
        addToDay(day, sign * (typeof duration === 'number' ? duration : 0), unit === 'Months' ? 'Months' : 'Days'),
      )
      .sort();
  }

  #ofMember(memberId: string): SObjectRow[] {
    if (this.#periods.length === 0) return [];
    const tiers = this.#store
      .find('LoyaltyMemberTier', { LoyaltyMemberId: memberId })
      .filter((row) => row['Status'] !== 'Inactive')
      .map((row) => row['LoyaltyTierId']);
    return this.#periods.filter((row) => {
      const tier = row['LoyaltyTierId'] ?? row['TargetAudienceReferenceId'] ?? null;
      return tier === null || tiers.includes(tier);
    });
  }
}
