import { typedRows } from '../../../base/sqlite/sqlite.js';
import type { Store } from '../../store/store.js';
import type { PointsJobCall, PointsJobCount } from './pointsJob.js';

/**
 * "Identify and Update Activity Dates for Loyalty Program Members": the last day on which a member did something that
 * keeps points alive. Which journals count is said by LoyaltyProgramJournalType; in a program without such rows it is
 * those of the types Accrual and Redemption, which is inferred.
 */
export function updateActivityDates(call: PointsJobCall, count: PointsJobCount): void {
  if (!call.currencies.some(({ expiry }) => expiry?.model === 'Activity')) return;
  const { store, userId } = call.writing;
  for (const { memberId, day, last } of activities(store, call.programId)) {
    const dates = { LastActivityDate: day, ...(last !== null && { PreviousActivityDate: last }) };
    store.update('LoyaltyProgramMember', memberId, dates, { as: 'org', userId });
    count.add(memberId);
  }
}

interface Activity {
  readonly memberId: string;
  readonly day: string;
  readonly last: string | null;
}

/** Those that are later than the date that the member has. */
function activities(store: Store, programId: string): Activity[] {
  const statement = store.db.prepare(
    `SELECT m."Id" AS memberId, max(substr(j."ActivityDate", 1, 10)) AS day, m."LastActivityDate" AS last
     FROM "LoyaltyProgramMember" AS m
     JOIN "TransactionJournal" AS j ON j."MemberId" = m."Id" AND j."IsDeleted" = 0 AND j."Status" = 'Processed'
     JOIN json_each(?) AS kind ON j."JournalTypeId" = kind.value ->> 'typeId'
       AND coalesce(kind.value ->> 'subTypeId', j."JournalSubTypeId", '') = coalesce(j."JournalSubTypeId", '')
     WHERE m."ProgramId" = ? AND m."IsDeleted" = 0
     GROUP BY m."Id" HAVING day > coalesce(m."LastActivityDate", '')`,
  );
  return typedRows<Activity>(statement, JSON.stringify(eligibleKinds(store, programId)), programId);
}

interface JournalKind {
  readonly typeId: unknown;
  /** Null: any. */
  readonly subTypeId: unknown;
}

function eligibleKinds(store: Store, programId: string): JournalKind[] {
  const kinds = store
    .find('LoyaltyProgramJournalType', { LoyaltyProgramId: programId })
    .map((row) => ({ typeId: row['JournalTypeId'], subTypeId: row['JournalSubTypeId'] ?? null }));
  if (kinds.length > 0) return kinds;
  const standard = ['Accrual', 'Redemption'].flatMap((Name) => store.find('JournalType', { Name }));
  return standard.map(({ Id }) => ({ typeId: Id, subTypeId: null }));
}
