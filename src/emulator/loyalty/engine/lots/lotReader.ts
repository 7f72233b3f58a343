import { typedRows } from '../../../../base/sqlite/sqlite.js';
import { decimalOf } from '../../../../base/decimal.js';
import type { Decimal } from '../../../../base/decimal.js';
import type { StatementSync } from '../../../../base/sqlite/sqlite.js';
import type { Store } from '../../../store/store.js';
import type { CurrencyBalance } from '../rewardBooks/memberCurrencies.js';
import { balanceOf } from '../rewardBooks/memberCurrencies.js';
import { isDebit, Lots } from './lots.js';
import type { LotEntry, LotUse } from './lots.js';
import { tracedLedger } from './tracedUses.js';
import type { TraceRow } from './tracedUses.js';

/** The lots that a member has now, and every use of a lot so far. */
export interface LotHistory {
  readonly lots: Lots;
  readonly uses: readonly LotUse[];
}

interface LedgerRow extends Omit<LotEntry, 'points'> {
  readonly points: number | null;
  readonly escrowDate: string | null;
  readonly createdDate: string;
}

/**
 * Derives the lots of a member from the ledger, whose rows never change, and from the traces of a traced currency. Nothing
 * else about lots is stored, so that crediting and debiting stay fast.
 */
export class LotReader {
  readonly #ledger: StatementSync;
  readonly #traces: StatementSync;

  constructor({ db }: Store) {
    this.#ledger = db.prepare(
      `SELECT l."Id" AS ledgerId, l."EventType" AS eventType, l."Points" AS points, l."ExpiryDate" AS expiryDate,
         l."TransactionJournalId" AS journalId, j."RelatedJournalId" AS relatedJournalId,
         s."UsagePriorityNumber" AS priority, l."EscrowPointsCreditDate" AS escrowDate, l."CreatedDate" AS createdDate
       FROM "LoyaltyLedger" AS l
       LEFT JOIN "TransactionJournal" AS j ON j."Id" = l."TransactionJournalId"
       LEFT JOIN "LoyaltyPgmCurrencySubtype" AS s ON s."Id" = l."LoyaltyPgmCrcySubtypeId"
       WHERE l."LoyaltyProgramMemberId" = ? AND +l."LoyaltyProgramCurrencyId" = ? AND l."IsDeleted" = 0
       ORDER BY l.rowid`,
    );
    // What is in arrears has no credit yet.
    this.#traces = db.prepare(
      `SELECT "DebitLoyaltyLedgerId" AS debitId, "CreditLoyaltyLedgerId" AS creditId, "Points" AS points
       FROM "LoyaltyLedgerTraceability"
       WHERE "LoyaltyProgramMemberId" = ? AND +"LoyaltyProgramCurrencyId" = ? AND "IsDeleted" = 0
         AND coalesce("ActionType", '') <> 'DebitWithArrears'
       ORDER BY rowid`,
    );
  }

  /** The balance has to fit the ledger, so that nothing that moves in this request is in one of them only. */
  read(held: CurrencyBalance): LotHistory {
    const rows = typedRows<LedgerRow>(this.#ledger, held.memberId, held.currencyId);
    const traces = typedRows<TraceRow>(this.#traces, held.memberId, held.currencyId);
    return lotHistory(spendable(rows, held.escrowProcessedOn), traces, balanceOf(held));
  }
}

/**
 * Replays what the traces do not explain of the ledger. What the balance has beyond it, such as migrated points, is there
 * from the beginning.
 */
function lotHistory(entries: readonly LotEntry[], traces: readonly TraceRow[], balance: Decimal): LotHistory {
  const lots = new Lots();
  const moved = entries.reduce(
    (sum, entry) => (isDebit(entry) ? sum.minus(entry.points) : sum.plus(entry.points)),
    zero,
  );
  const { uses: traced, rest, unexplained: before } = tracedLedger(entries, traces, balance.minus(moved));
  if (before.isNegative()) lots.owe(before.negated());
  else lots.credit({ ...migrated, points: before });
  const others = rest.flatMap((entry) => (isDebit(entry) ? lots.debit(entry) : lots.credit(entry)));
  return { lots, uses: [...traced, ...others] };
}

const zero = decimalOf(0);
const migrated = {
  ledgerId: undefined,
  eventType: 'Credit',
  expiryDate: null,
  journalId: null,
  relatedJournalId: null,
  priority: null,
};

/** Points in escrow cannot be spent before their day, so they take effect then. */
function spendable(rows: readonly LedgerRow[], escrowProcessedOn: string): LotEntry[] {
  const effectOn = ({ escrowDate, createdDate }: LedgerRow): string => {
    const created = createdDate.slice(0, 10);
    return escrowDate !== null && escrowDate > created ? escrowDate : created;
  };
  return rows
    .filter(({ escrowDate }) => escrowDate === null || escrowDate <= escrowProcessedOn)
    .sort((a, b) => (effectOn(a) < effectOn(b) ? -1 : Number(effectOn(a) > effectOn(b))))
    .map((row) => ({ ...row, points: decimalOf(row.points ?? 0) }));
}
