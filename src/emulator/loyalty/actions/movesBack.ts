import { decimalOf } from '../../../base/decimal.js';
import type { Decimal } from '../../../base/decimal.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { programCurrencies } from '../engine/programSetup.js';
import type { StoredJournal } from '../journalReader.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { ProcessFailure } from '../processFailure.js';
import { numberOf, textOrNull } from '../rowValues.js';
import type { ProgramCurrency } from '../rules/reward.js';
import type { WriteContext } from '../writeContext.js';
import type { PointsMove } from './pointsMove.js';

type MoveBack = Omit<PointsMove, 'journal'>;

/**
 * What takes back every movement of a journal. Credits are taken from where they went: balance or escrow. Points that
 * were debited return with the date on which they would have expired, or with the given one.
 *
 * @throws {ProcessFailure} for a journal without ledgers: it cannot be reversed (Help)
 */
export function movesBack(
  loyalty: LoyaltyOrg,
  writing: WriteContext,
  { journal, expiryDate }: { readonly journal: StoredJournal; readonly expiryDate: string | undefined },
): MoveBack[] {
  const { id, memberId: LoyaltyProgramMemberId, programId } = journal;
  const rows = writing.store.find('LoyaltyLedger', { TransactionJournalId: id, LoyaltyProgramMemberId });
  if (rows.length === 0) {
    throw new ProcessFailure(`The transaction journal ${id} has no ledgers that could be reversed.`);
  }
  const active = programCurrencies(writing.store, programId ?? '');
  const known = (row: SObjectRow): boolean => active.some((currency) => isIn(currency)(row));
  if (!rows.every(known)) throw new ProcessFailure(`A currency of the transaction journal ${id} is not active.`);
  return active.flatMap((currency) => {
    const own = rows.filter(isIn(currency));
    const credits = own.filter((row) => !isDebitRow(row)).map((row) => takenBack(row, currency));
    const debited = own.filter(isDebitRow).reduce((sum, row) => sum.plus(pointsIn(row)), zero);
    const lots = expiryDate === undefined ? paidBy(loyalty, writing, { journal, currency }) : [];
    return [
      ...credits,
      ...givenBack(currency, debited, [...lots, { points: debited, expiryDate: expiryDate ?? null }]),
    ];
  });
}

const zero = decimalOf(0);

/** Points that expire, or would have expired, on one day. */
interface Part {
  readonly points: Decimal;
  readonly expiryDate: string | null;
}

/** The credits that have paid for a redemption. */
function paidBy(
  { engine }: LoyaltyOrg,
  writing: WriteContext,
  { journal, currency }: { readonly journal: StoredJournal; readonly currency: ProgramCurrency },
): Part[] {
  const { points } = engine;
  const held = points.read(writing, [journal.memberId]).currencies.of(journal, currency);
  return points.rules.lots
    .read(held)
    .uses.filter(({ debitJournalId }) => debitJournalId === journal.id)
    .flatMap(({ lot, points: paid }) => (lot ? [{ points: paid, expiryDate: lot.expiryDate }] : []));
}

/** In parts, as far as the points go. Points in escrow were never redeemed. */
function givenBack(currency: ProgramCurrency, points: Decimal, parts: readonly Part[]): MoveBack[] {
  let left = points;
  return parts.map(({ points: wanted, expiryDate }) => {
    const part = wanted.lessThan(left) ? wanted : left;
    left = left.minus(part);
    return { currency, points: part, expiryDate, escrowDate: null };
  });
}

function takenBack(row: SObjectRow, currency: ProgramCurrency): MoveBack {
  return { currency, points: pointsIn(row).negated(), escrowDate: textOrNull(row, 'EscrowPointsCreditDate') };
}

function isIn({ id }: ProgramCurrency): (row: SObjectRow) => boolean {
  return (row) => row['LoyaltyProgramCurrencyId'] === id;
}

function isDebitRow(row: SObjectRow): boolean {
  return row['EventType'] === 'Debit';
}

function pointsIn(row: SObjectRow): Decimal {
  return decimalOf(numberOf(row, 'Points'));
}
