import { namesText } from '../../base/text/namesText.js';
import { meantName } from '../../base/text/nearest.js';
import { typedRows } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import { UnknownEventPartError } from '../insightErrors.js';
import type { ProgramFacts } from '../programFacts.js';
import type { ProgramEvent } from './programEvent.js';

/** Days within which somebody has to have been a member. */
export interface MemberDays {
  readonly first: string;
  readonly last: string;
}

/**
 * Says of every member whether they took part in an event, in the temporary table `eventMember`. Who was not a member on
 * each of the days is in no group.
 * @throws {UnknownEventPartError}
 */
export function groupByEvent(db: DatabaseSync, facts: ProgramFacts, event: ProgramEvent, days: MemberDays): void {
  const { promotion, journalType = 'Accrual', from, to } = event;
  db.exec(`
    DROP TABLE IF EXISTS temp.eventMember;
    CREATE TEMP TABLE eventMember (memberId TEXT PRIMARY KEY, tookPart INTEGER NOT NULL) WITHOUT ROWID;
  `);
  if (promotion === undefined) {
    mustHaveType(db, journalType);
    db.prepare(groupsSql(byJournal)).run(days.first, days.last, journalType, from, to);
  } else db.prepare(groupsSql(byPromotion)).run(days.first, days.last, promotionId(facts, promotion), to);
}

/** As the measure of the members, but of all days. */
const groupsSql = (partakers: string): string => `
  INSERT INTO eventMember SELECT id, id IN (${partakers}) FROM member
  WHERE enrolled <= ?1 AND coalesce(status, '') <> 'Merged' AND (ended IS NULL OR ended > ?2)
    AND NOT (coalesce(status, '') = 'Inactive' AND ended IS NULL)`;

const byPromotion = 'SELECT memberId FROM usage WHERE memberId IS NOT NULL AND promotionId = ?3 AND enrolled <= ?4';
/** A return, whose amount is negative, is no part of an event. */
const byJournal = `
  SELECT memberId FROM journal
  WHERE memberId IS NOT NULL AND type = ?3 AND status = 'Processed' AND day BETWEEN ?4 AND ?5
    AND coalesce(amount, 0) >= 0`;

function promotionId({ promotions }: ProgramFacts, name: string): string {
  const found = promotions.find(({ Name, Id }) => Name.toLowerCase() === name.toLowerCase() || Id === name);
  if (found) return found.Id;
  throw unknownPart(
    'promotion',
    name,
    promotions.map(({ Name }) => Name),
  );
}

function mustHaveType(db: DatabaseSync, type: string): void {
  // So that a program without any purchase has a report, too.
  if (type === 'Accrual' || typedRows(db.prepare('SELECT 1 FROM journal WHERE type = ? LIMIT 1'), type).length > 0)
    return;
  const types = typedRows<{ type: string }>(
    db.prepare('SELECT DISTINCT type FROM journal WHERE type IS NOT NULL ORDER BY type'),
  );
  throw unknownPart(
    'transaction of the type',
    type,
    types.map((row) => row.type),
  );
}

function unknownPart(what: string, name: string, names: readonly string[]): UnknownEventPartError {
  const meant = meantName(name, names);
  const has = names.length === 0 ? 'it has none' : `it has ${namesText(names)}`;
  return new UnknownEventPartError(
    `The program has no ${what} ${namesText([name])}; ${meant === undefined ? has : `did you mean ${namesText([meant])}?`}`,
  );
}
