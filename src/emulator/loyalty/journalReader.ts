import { typedRows } from '../../base/sqlite/sqlite.js';
import { decimalOf } from '../../base/decimal.js';
import type { StatementSync } from '../../base/sqlite/sqlite.js';
import type { Store } from '../store/store.js';
import type { RunningJournal } from './rules/rule.js';

/** A stored journal with what an engine needs to know about it. */
export interface StoredJournal extends RunningJournal {
  /** Program of the member. */
  readonly programId: string | null;
  readonly typeId: string | null;
  readonly subTypeId: string | null;
  readonly status: string | null;
}

type Row = Omit<StoredJournal, 'amount'> & { readonly amount: number | null };

/** Reads the journals of one request at once. */
export class JournalReader {
  readonly #byIds: StatementSync;

  constructor({ db }: Store) {
    this.#byIds = db.prepare(
      `SELECT j."Id" AS id, j."MemberId" AS memberId, j."TransactionAmount" AS amount, j."ActivityDate" AS activityDate,
         j."EscrowPointsCreditDate" AS escrowDate, j."RelatedJournalId" AS relatedJournalId, j."Status" AS status, j."JournalTypeId" AS typeId, j."JournalSubTypeId" AS subTypeId,
         coalesce(t."Name", '') AS journalType, m."MembershipNumber" AS membershipNumber, m."ProgramId" AS programId
       FROM json_each(?) AS wanted
       JOIN "TransactionJournal" AS j ON j."Id" = wanted.value AND j."IsDeleted" = 0
       JOIN "LoyaltyProgramMember" AS m ON m."Id" = j."MemberId"
       LEFT JOIN "JournalType" AS t ON t."Id" = j."JournalTypeId"
       ORDER BY wanted.key`,
    );
  }

  /** Those that exist, in the order of the ids, which are of 18 characters. */
  read(ids: readonly string[]): StoredJournal[] {
    const rows = typedRows<Row>(this.#byIds, JSON.stringify(ids));
    return rows.map((row) => ({ ...row, amount: decimalOf(row.amount ?? 0) }));
  }
}
