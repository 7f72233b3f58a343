import type { Decimal } from '../../../../base/decimal.js';

/** A row of the ledger that can be spent, or that spends. Rows are in the order in which they took effect. */
export interface LotEntry {
  readonly ledgerId: string;
  readonly eventType: string | null;
  /** Never negative; the event type has the direction. */
  readonly points: Decimal;
  /** `yyyy-MM-dd`; null for points that have no date. */
  readonly expiryDate: string | null;
  readonly journalId: string | null;
  /** Journal that this one reverses. */
  readonly relatedJournalId: string | null;
  /** `UsagePriorityNumber` of the subtype of the currency; null without one. */
  readonly priority: number | null;
}

/** A credit, and how much of it is left. Points that no ledger row explains, such as migrated ones, have no ledger. */
export interface Lot extends Pick<LotEntry, 'expiryDate' | 'journalId' | 'priority'> {
  readonly ledgerId: string | undefined;
  left: Decimal;
}

/** Points of a debit, and the lot that paid them; one of the two is missing where a ledger row is. */
export interface LotUse {
  readonly debitId: string | undefined;
  readonly debitJournalId: string | null;
  readonly lot: Lot | undefined;
  readonly points: Decimal;
  /** Whether the debit takes back the credit that it used. */
  readonly isReversal: boolean;
}

/** A debit that no lot has paid yet. */
interface Arrears {
  readonly entry: LotEntry | undefined;
  left: Decimal;
}

export function isDebit({ eventType }: Pick<LotEntry, 'eventType'>): boolean {
  return eventType === 'Debit' || eventType === 'Expiry';
}

/**
 * The points of one member in one currency, by credit.
 *
 * A debit takes the points that expire first, and those without a date last; among subtypes of a currency, their
 * priority comes first (guide; the order of the rest is inferred). A reversal first takes the points that it reverses.
 * What the lots do not cover stays in arrears, which the next credits pay.
 */
export class Lots {
  readonly #lots: Lot[] = [];
  readonly #arrears: Arrears[] = [];

  get open(): readonly Lot[] {
    return this.#lots.filter(({ left }) => !left.isZero());
  }

  /** @returns the arrears that the credit paid */
  credit({ ledgerId, points, expiryDate, journalId, priority }: Omit<LotEntry, 'ledgerId'> & OptionalLedger): LotUse[] {
    const lot: Lot = { ledgerId, expiryDate, journalId, priority, left: points };
    this.#lots.push(lot);
    const uses = this.#arrears.map((owed) => {
      const paid = take(lot, owed.left);
      owed.left = owed.left.minus(paid);
      return useOf(owed.entry, lot, paid);
    });
    this.#arrears.splice(0, this.#arrears.length, ...this.#arrears.filter(({ left }) => !left.isZero()));
    return uses.filter(({ points: paid }) => !paid.isZero());
  }

  /** @returns the lots that paid, and a use without a lot for what is in arrears */
  debit(entry: LotEntry): LotUse[] {
    const uses: LotUse[] = [];
    let left = entry.points;
    for (const lot of [...this.open].sort(orderFor(entry))) {
      if (left.isZero()) break;
      const points = take(lot, left);
      left = left.minus(points);
      uses.push(useOf(entry, lot, points));
    }
    if (left.isZero()) return uses;
    this.owe(left, entry);
    return [...uses, useOf(entry, undefined, left)];
  }

  owe(left: Decimal, entry?: LotEntry): void {
    this.#arrears.push({ entry, left });
  }
}

interface OptionalLedger {
  readonly ledgerId: string | undefined;
}

function take(lot: Lot, wanted: Decimal): Decimal {
  const points = lot.left.lessThan(wanted) ? lot.left : wanted;
  lot.left = lot.left.minus(points);
  return points;
}

function useOf(entry: LotEntry | undefined, lot: Lot | undefined, points: Decimal): LotUse {
  return {
    debitId: entry?.ledgerId,
    debitJournalId: entry?.journalId ?? null,
    lot,
    points,
    isReversal: entry !== undefined && lot !== undefined && reverses(entry, lot),
  };
}

function reverses({ relatedJournalId }: LotEntry, { journalId }: Lot): boolean {
  return relatedJournalId !== null && relatedJournalId === journalId;
}

/** Expired points are not chosen: their date decides. The sort is stable, so that older lots go first. */
function orderFor(entry: LotEntry): (a: Lot, b: Lot) => number {
  const priority = (lot: Lot): number => (entry.eventType === 'Expiry' ? 0 : (lot.priority ?? Number.MAX_SAFE_INTEGER));
  return (a, b) =>
    Number(reverses(entry, b)) - Number(reverses(entry, a)) ||
    priority(a) - priority(b) ||
    compareText(a.expiryDate ?? '9999-12-31', b.expiryDate ?? '9999-12-31');
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
