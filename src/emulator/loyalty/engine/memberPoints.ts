import { type Decimal, writeDecimal } from '../../../base/decimal.js';
import type { ProgramCurrency, RunningJournal } from '../../rules/rule.js';
import { balanceOf, type Holdings } from './holdings.js';
import { ProcessFailure } from '../processFailure.js';
import type { Writing } from '../work.js';

export interface PointsChange {
  readonly currencyName: string;
  readonly currencyType: string;
  /** Signed. */
  readonly points: number;
}

/**
 * The points of the members of one request: ledger rows are written as they move, the totals once, by `save`.
 * The balance follows from the totals, so it is the sum of the ledger.
 */
export class MemberPoints {
  readonly #changes = new Map<string, PointsChange[]>();

  /** @param negativeBalances Loyalty setting `enableNegativePointBalance` of the org */
  public constructor(
    private readonly writing: Writing,
    private readonly holdings: Holdings,
    private readonly negativeBalances: boolean,
  ) {}

  /**
   * Credits points, or debits them where they are negative; zero moves nothing. At most two decimals.
   *
   * A balance may go below zero where both the org and the currency allow it. How an org answers a debit that it does
   * not allow is unpublished: here the journal is refused, and with it the request.
   *
   * @throws ProcessFailure when the balance does not suffice, or the member has no row for the currency
   */
  public move(journal: RunningJournal, currency: ProgramCurrency, points: Decimal): void {
    if (points.isZero()) return;
    const holding = this.holdings.of(journal, currency);
    if (points.isNegative()) this.#requireBalance(journal, currency, balanceOf(holding).plus(points));
    if (points.isNegative()) holding.redeemed = holding.redeemed.minus(points);
    else holding.accrued = holding.accrued.plus(points);
    holding.isChanged = true;
    this.#writeLedger(journal, currency, points);
    const { currencyName, currencyType } = holding;
    const changes = this.#changes.get(journal.id) ?? [];
    this.#changes.set(journal.id, changes);
    changes.push({ currencyName, currencyType, points: points.toNumber() });
  }

  /** Writes the totals of every currency that changed. */
  public save(): void {
    const { store, userId } = this.writing;
    for (const { id, accrued, redeemed } of this.holdings.changed()) {
      const totals = { TotalPointsAccrued: accrued.toNumber(), TotalPointsRedeemed: redeemed.toNumber() };
      store.update('LoyaltyMemberCurrency', id, totals, { as: 'org', userId });
    }
  }

  /** What the journal moved, in the order in which it did. */
  public changesOf(journalId: string): readonly PointsChange[] {
    return this.#changes.get(journalId) ?? [];
  }

  #requireBalance(journal: RunningJournal, currency: ProgramCurrency, after: Decimal): void {
    if (!after.isNegative() || after.isZero() || (this.negativeBalances && currency.allowsNegativeBalance)) return;
    throw new ProcessFailure(
      `The ${currency.name} balance of member ${journal.membershipNumber} would become ${writeDecimal(after, 2)}, ` +
        'and negative balances are not allowed.',
    );
  }

  #writeLedger(journal: RunningJournal, currency: ProgramCurrency, points: Decimal): void {
    const values = {
      ActivityDate: journal.activityDate,
      EventType: points.isNegative() ? 'Debit' : 'Credit',
      LoyaltyProgramCurrencyId: currency.id,
      LoyaltyProgramMemberId: journal.memberId,
      Points: points.abs().toNumber(),
      TransactionJournalId: journal.id,
    };
    this.writing.store.insert('LoyaltyLedger', values, { as: 'org', userId: this.writing.userId });
  }
}
