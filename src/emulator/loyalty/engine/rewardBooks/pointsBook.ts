import type { Org } from '../../../org.js';
import type { PointsReward } from '../../rules/reward.js';
import type { RunningJournal } from '../../rules/rule.js';
import type { WriteContext } from '../../writeContext.js';
import { recordLot } from '../lots/lotTraces.js';
import { PointsRules } from '../lots/pointsRules.js';
import type { Book, OpenBook } from './rewardBook.js';
import { balanceOf, escrowOf, MemberCurrencyReader } from './memberCurrencies.js';
import type { CurrencyBalance, MemberCurrencies } from './memberCurrencies.js';

export interface PointsChange {
  readonly currencyName: string;
  readonly currencyType: string;
  /** Signed. Zero where the points went into escrow. */
  readonly points: number;
  /** Signed. */
  readonly escrow: number;
  /** `yyyy-MM-dd` on which points in escrow leave it. */
  readonly escrowDate: string | null;
  /** The promotion that gave them. */
  readonly promotionId?: string;
}

/** The points of members. */
export class PointsBook implements Book<PointsReward> {
  readonly rules: PointsRules;
  readonly #currencies: MemberCurrencyReader;

  /** @param today `yyyy-MM-dd`, in the time zone of the org */
  constructor(org: Pick<Org, 'store' | 'settings'>, today: () => string) {
    this.rules = new PointsRules(org, today);
    this.#currencies = new MemberCurrencyReader(org.store);
  }

  read(writing: WriteContext, memberIds: Iterable<string>): OpenPoints {
    const currencies = this.#currencies.read(memberIds);
    return new OpenPoints(writing, currencies, { rules: this.rules, reader: this.#currencies });
  }
}

/**
 * The points of the members of one request: ledger rows are written as they move, the totals once, by `save`.
 * The balance follows from the totals, so it is the sum of the ledger rows that are not in escrow.
 */
export class OpenPoints implements OpenBook<PointsReward, PointsChange> {
  readonly #changes = new Map<string, PointsChange[]>();

  readonly #writing: WriteContext;
  readonly #rules: PointsRules;
  readonly #reader: MemberCurrencyReader;

  constructor(
    writing: WriteContext,
    readonly currencies: MemberCurrencies,
    { rules, reader }: { readonly rules: PointsRules; readonly reader: MemberCurrencyReader },
  ) {
    this.#writing = writing;
    this.#rules = rules;
    this.#reader = reader;
  }

  /** What is held already may have moved, and is not read again. */
  admit(memberId: string): void {
    if (this.currencies.ofMember(memberId).length > 0) return;
    for (const held of this.#reader.read([memberId]).ofMember(memberId)) this.currencies.add(held);
  }

  /**
   * Credits points, or debits them where they are negative; zero moves nothing. At most two decimals.
   *
   * How an org answers a debit that it does not allow is unpublished: here the journal is refused, and with it the
   * request.
   *
   * @throws {ProcessFailure} when the balance does not suffice, or the member has no row for the currency
   */
  enter(journal: RunningJournal, reward: PointsReward): PointsChange | undefined {
    const { currency, points } = reward;
    if (points.isZero()) return undefined;
    const held = this.currencies.of(journal, currency);
    const escrowDate = this.#rules.escrowDate(journal, reward, held);
    if (escrowDate === null) this.#enterBalance(journal, reward, held);
    else this.#enterEscrow(journal, reward, { held, escrowDate });
    held.isChanged = true;
    const { currencyName, currencyType } = held;
    const changes = this.#changes.get(journal.id) ?? [];
    this.#changes.set(journal.id, changes);
    const moved = points.toNumber();
    const promotionId = reward.notes?.PromotionId;
    const change = {
      ...{ currencyName, currencyType, escrowDate },
      ...(promotionId !== undefined && { promotionId }),
      ...(escrowDate === null ? { points: moved, escrow: 0 } : { points: 0, escrow: moved }),
    };
    changes.push(change);
    return change;
  }

  /** Writes the totals of every currency that changed. */
  save(): void {
    const { store, userId } = this.#writing;
    for (const held of this.currencies.changed()) {
      store.update('LoyaltyMemberCurrency', held.id, storedTotals(held), { as: 'org', userId });
    }
  }

  /** What the journal moved, in the order in which it did. */
  changesOf(journalId: string): readonly PointsChange[] {
    return this.#changes.get(journalId) ?? [];
  }

  #enterEscrow(
    journal: RunningJournal,
    reward: PointsReward,
    { held, escrowDate }: { readonly held: CurrencyBalance; readonly escrowDate: string },
  ): void {
    const { currency, points } = reward;
    this.#rules.requireEscrow(journal, currency, escrowOf(held).plus(points));
    held.escrowed = held.escrowed.plus(points);
    held.isEscrowChanged = true;
    this.#writeLedger(journal, reward, escrowDate);
  }

  #enterBalance(journal: RunningJournal, reward: PointsReward, held: CurrencyBalance): void {
    const { currency, points } = reward;
    if (points.isNegative()) this.#rules.requireBalance(journal, currency, balanceOf(held).plus(points));
    const lots = this.#rules.isTraced(currency) ? this.#rules.lots.read(held).lots : undefined;
    if (!points.isNegative()) held.accrued = held.accrued.plus(points);
    else if (reward.isExpiry) held.expired = held.expired.minus(points);
    else held.redeemed = held.redeemed.minus(points);
    const entry = this.#writeLedger(journal, reward, null);
    if (lots) recordLot(this.#writing, lots, { ...entry, currency, journal, points });
  }

  #writeLedger(journal: RunningJournal, reward: PointsReward, escrowDate: string | null) {
    const { currency, points, notes, isExpiry = false } = reward;
    const given = reward.expiryDate ?? null;
    const expiryDate = points.isNegative() ? given : this.#rules.dates.expiryDate(journal, reward);
    const eventType = points.isNegative() ? (isExpiry ? 'Expiry' : 'Debit') : 'Credit';
    const values = {
      ...notes,
      ActivityDate: journal.activityDate,
      EventType: eventType,
      LoyaltyProgramCurrencyId: currency.id,
      LoyaltyProgramMemberId: journal.memberId,
      Points: points.abs().toNumber(),
      TransactionJournalId: journal.id,
      ...(expiryDate && { ExpiryDate: expiryDate }),
      ...(escrowDate && { EscrowPointsCreditDate: escrowDate }),
    };
    const { store, userId } = this.#writing;
    return { ledgerId: store.insert('LoyaltyLedger', values, { as: 'org', userId }), eventType, expiryDate };
  }
}

/** The totals of expiry and escrow only where there ever was one. */
function storedTotals(held: CurrencyBalance): Record<string, number> {
  const { accrued, redeemed, expired, escrowed, rolledOver, isEscrowChanged = false } = held;
  return {
    TotalPointsAccrued: accrued.toNumber(),
    TotalPointsRedeemed: redeemed.toNumber(),
    ...(!expired.isZero() && { TotalPointsExpired: expired.toNumber() }),
    ...((isEscrowChanged || !escrowed.isZero()) && {
      TotalEscrowPointsAccrued: escrowed.toNumber(),
      TotalEscrowRolloverPoints: rolledOver.toNumber(),
    }),
  };
}
