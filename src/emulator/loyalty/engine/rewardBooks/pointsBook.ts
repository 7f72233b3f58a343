import { writeDecimal } from '../../../../base/decimal.js';
import type { Decimal } from '../../../../base/decimal.js';
import type { Org } from '../../../org.js';
import { ProcessFailure } from '../../processFailure.js';
import type { PointsReward, ProgramCurrency } from '../../rules/reward.js';
import type { RunningJournal } from '../../rules/rule.js';
import type { WriteContext } from '../../writeContext.js';
import type { Book, OpenBook } from './rewardBook.js';
import { balanceOf, MemberCurrencyReader } from './memberCurrencies.js';
import type { MemberCurrencies } from './memberCurrencies.js';

export interface PointsChange {
  readonly currencyName: string;
  readonly currencyType: string;
  /** Signed. */
  readonly points: number;
}

/** The points of members. */
export class PointsBook implements Book<PointsReward> {
  readonly #currencies: MemberCurrencyReader;
  readonly #settings: Org['settings'];

  constructor({ store, settings }: Pick<Org, 'store' | 'settings'>) {
    this.#currencies = new MemberCurrencyReader(store);
    this.#settings = settings;
  }

  read(writing: WriteContext, memberIds: Iterable<string>): OpenPoints {
    return new OpenPoints(writing, this.#currencies.read(memberIds), this.#settings.allowNegativeBalance);
  }
}

/**
 * The points of the members of one request: ledger rows are written as they move, the totals once, by `save`.
 * The balance follows from the totals, so it is the sum of the ledger.
 */
export class OpenPoints implements OpenBook<PointsReward> {
  readonly #changes = new Map<string, PointsChange[]>();

  readonly #writing: WriteContext;
  readonly #negativeBalances: boolean;

  /** @param negativeBalances Loyalty setting `enableNegativePointBalance` of the org */
  constructor(
    writing: WriteContext,
    readonly currencies: MemberCurrencies,
    negativeBalances: boolean,
  ) {
    this.#writing = writing;
    this.#negativeBalances = negativeBalances;
  }

  /**
   * Credits points, or debits them where they are negative; zero moves nothing. At most two decimals.
   *
   * A balance may go below zero where both the org and the currency allow it. How an org answers a debit that it does
   * not allow is unpublished: here the journal is refused, and with it the request.
   *
   * @throws {ProcessFailure} when the balance does not suffice, or the member has no row for the currency
   */
  enter(journal: RunningJournal, { currency, points, notes }: PointsReward): void {
    if (points.isZero()) return;
    const held = this.currencies.of(journal, currency);
    if (points.isNegative()) this.#requireBalance(journal, currency, balanceOf(held).plus(points));
    if (points.isNegative()) held.redeemed = held.redeemed.minus(points);
    else held.accrued = held.accrued.plus(points);
    held.isChanged = true;
    this.#writeLedger(journal, { currency, points, notes });
    const { currencyName, currencyType } = held;
    const changes = this.#changes.get(journal.id) ?? [];
    this.#changes.set(journal.id, changes);
    changes.push({ currencyName, currencyType, points: points.toNumber() });
  }

  /** Writes the totals of every currency that changed. */
  save(): void {
    const { store, userId } = this.#writing;
    for (const { id, accrued, redeemed } of this.currencies.changed()) {
      const totals = { TotalPointsAccrued: accrued.toNumber(), TotalPointsRedeemed: redeemed.toNumber() };
      store.update('LoyaltyMemberCurrency', id, totals, { as: 'org', userId });
    }
  }

  /** What the journal moved, in the order in which it did. */
  changesOf(journalId: string): readonly PointsChange[] {
    return this.#changes.get(journalId) ?? [];
  }

  #requireBalance(journal: RunningJournal, currency: ProgramCurrency, after: Decimal): void {
    if (!after.isNegative() || after.isZero() || (this.#negativeBalances && currency.allowsNegativeBalance)) return;
    throw new ProcessFailure(
      `The ${currency.name} balance of member ${journal.membershipNumber} would become ${writeDecimal(after, 2)}, ` +
        'and negative balances are not allowed.',
    );
  }

  #writeLedger(
    journal: RunningJournal,
    {
      currency,
      points,
      notes,
    }: Pick<PointsReward, 'currency' | 'points'> & { notes: PointsReward['notes'] | undefined },
  ): void {
    const values = {
      ...notes,
      ActivityDate: journal.activityDate,
      EventType: points.isNegative() ? 'Debit' : 'Credit',
      LoyaltyProgramCurrencyId: currency.id,
      LoyaltyProgramMemberId: journal.memberId,
      Points: points.abs().toNumber(),
      TransactionJournalId: journal.id,
    };
    this.#writing.store.insert('LoyaltyLedger', values, { as: 'org', userId: this.#writing.userId });
  }
}
