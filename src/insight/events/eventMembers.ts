import { namesText } from '../../base/text/namesText.js';
import { meantName } from '../../base/text/nearest.js';
import { typedRows } from '../../base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import { UnknownEventPartError } from '../insightErrors.js';
import type { ProgramFacts } from '../programFacts.js';
import { eventName } from './programEvent.js';
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
  const { journalType = 'Accrual', from, to } = event;
  const promotionId = promotionOf(event, facts);
  db.exec(`
    DROP TABLE IF EXISTS temp.eventMember;
    CREATE TEMP TABLE eventMember (memberId TEXT PRIMARY KEY, tookPart INTEGER NOT NULL) WITHOUT ROWID;
  `);
  if (promotionId === undefined) {
    mustHaveType(db, event);
    db.prepare(groupsSql(byJournal)).run(days.first, days.last, journalType, from, to);
  } else db.prepare(groupsSql(byPromotion)).run(days.first, days.last, promotionId, to);
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

/** Returns the Id of the promotion by which it is known who took part. */
function promotionOf(event: ProgramEvent, { promotions }: ProgramFacts): string | undefined {
  const { promotion: name } = event;
  if (name === undefined) return undefined;
  const found = promotions.find(({ Name, Id }) => Name.toLowerCase() === name.toLowerCase() || Id === name);
  if (found) return found.Id;
  throw unknownPart(event, {
    ...{ what: 'promotion', name },
    names: promotions.map(({ Name }) => Name),
  });
}

/** Types that every org has, so that a program without such a transaction has a report, too. */
const standardTypes = ['Accrual', 'Redemption'];

function mustHaveType(db: DatabaseSync, event: ProgramEvent): void {
  const { journalType: type = 'Accrual' } = event;
  if (
    standardTypes.includes(type) ||
    typedRows(db.prepare('SELECT 1 FROM journal WHERE type = ? LIMIT 1'), type).length > 0
  )
    return;
  const types = typedRows<{ type: string }>(
    db.prepare('SELECT DISTINCT type FROM journal WHERE type IS NOT NULL ORDER BY type'),
  );
  throw unknownPart(event, {
    ...{ what: 'transaction of the type', name: type },
    names: types.map((row) => row.type),
  });
}

interface UnknownPart {
  readonly what: string;
  readonly name: string;
  /** The names there are. */
  readonly names: readonly string[];
}

function unknownPart(event: ProgramEvent, { what, name, names }: UnknownPart): UnknownEventPartError {
  const meant = meantName(name, names);
  const has = names.length === 0 ? 'it has none.' : `it has ${namesText(names)}.`;
  const hint = meant === undefined ? has : `did you mean ${namesText([meant])}?`;
  return new UnknownEventPartError(eventName(event), `the program has no ${what} ${namesText([name])}; ${hint}`);
}
