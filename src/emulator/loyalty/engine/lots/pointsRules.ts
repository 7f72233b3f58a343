import { writeDecimal } from '../../../../base/decimal.js';
import type { Decimal } from '../../../../base/decimal.js';
import type { Org } from '../../../org.js';
import { ProcessFailure } from '../../processFailure.js';
import type { PointsReward, ProgramCurrency } from '../../rules/reward.js';
import type { RunningJournal } from '../../rules/rule.js';
import type { CurrencyBalance } from '../rewardBooks/memberCurrencies.js';
import { LotDates } from './lotDates.js';
import { LotReader } from './lotReader.js';
import { NegativeLimits } from './negativeLimits.js';

/** What settings, currency and tier say about points that move. Made once for an org. */
export class PointsRules {
  readonly dates: LotDates;
  readonly lots: LotReader;
  readonly #limits: NegativeLimits;

  readonly #settings: Org['settings'];
  readonly #today: () => string;

  /** @param today `yyyy-MM-dd`, in the time zone of the org */
  constructor({ store, settings }: Pick<Org, 'store' | 'settings'>, today: () => string) {
    this.#settings = settings;
    this.#today = today;

    this.dates = new LotDates(settings.timeZone);
    this.lots = new LotReader(store);
    this.#limits = new NegativeLimits(store);
  }

  isTraced(currency: ProgramCurrency): boolean {
    return currency.isTraced && this.#settings.pointsLifecycleTracking;
  }

  /** The day until which credited points stay in escrow, or for which debited ones are taken out of it. */
  escrowDate(journal: RunningJournal, reward: PointsReward, { escrowProcessedOn }: CurrencyBalance): string | null {
    if (!reward.points.isNegative()) return this.dates.escrowDate(journal, reward, this.#today);
    const { escrowDate = null } = reward;
    return escrowDate !== null && escrowDate > escrowProcessedOn ? escrowDate : null;
  }

  /**
   * A balance below zero has to be allowed by the org, the currency and the tiers of the member.
   * @throws {ProcessFailure}
   */
  requireBalance(journal: RunningJournal, { id, name, allowsNegativeBalance }: ProgramCurrency, after: Decimal): void {
    if (!isBelowZero(after)) return;
    if (!this.#settings.allowNegativeBalance || !allowsNegativeBalance) {
      throw tooFewPoints(`${name} balance`, journal, after, 'negative balances are not allowed');
    }
    const limit = this.#limits.of(journal.memberId, id);
    if (limit === undefined || after.greaterThanOrEqualTo(-limit)) return;
    throw tooFewPoints(`${name} balance`, journal, after, `members of the tier may go down to ${-limit}`);
  }

  /** @throws {ProcessFailure} */
  requireEscrow(journal: RunningJournal, { name }: ProgramCurrency, after: Decimal): void {
    if (isBelowZero(after)) throw tooFewPoints(`${name} escrow`, journal, after, 'it cannot be negative');
  }
}

function isBelowZero(points: Decimal): boolean {
  return points.isNegative() && !points.isZero();
}

function tooFewPoints(what: string, journal: RunningJournal, after: Decimal, why: string): ProcessFailure {
  const text = writeDecimal(after, 2);
  return new ProcessFailure(`The ${what} of member ${journal.membershipNumber} would become ${text}, and ${why}.`);
}
