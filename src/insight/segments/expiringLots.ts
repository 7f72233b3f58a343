import { expiryAfterActivity } from '../../client/index.js';
import { spendableCurrency } from '../programFacts.js';
import type { FeatureContext } from './featureContext.js';
import { neverExpires, PointsByDay } from './pointsByDay.js';

/**
 * Makes the temporary table `expiringLot`: the points of each member's balance by the day on which they expire. The
 * ledger does not say which points a redemption used: assumed are those that expire first, as `remainingCredits` does for a single member.
 */
export function computeExpiringLots(context: FeatureContext): void {
  const { db, facts } = context;
  db.exec(`
    DROP TABLE IF EXISTS temp.expiringLot;
    CREATE TEMP TABLE expiringLot (memberId TEXT, day TEXT, points INTEGER, PRIMARY KEY (memberId, day)) WITHOUT ROWID`);
  if (spendableCurrency(facts)?.ExpiryModel === 'Activity') addByActivity(context);
  else addByCredit(context);
}

/** All points of a member expire together, some time after the last activity. */
function addByActivity({ db, facts, currencyId }: FeatureContext): void {
  const currency = spendableCurrency(facts);
  if (!currency) return;
  const rows = db.prepare(`
    SELECT memberId, lastActivity, sum(points) AS points FROM balance JOIN journalSum USING (memberId)
    WHERE currencyId = ? GROUP BY memberId HAVING sum(points) > 0`);
  const add = addLot(db);
  for (const row of rows.iterate(currencyId)) {
    const { memberId, lastActivity, points } = row as unknown as ActivityRow;
    const day = expiryAfterActivity(lastActivity, currency);
    if (day !== null) add(memberId, day, points);
  }
}

interface ActivityRow {
  readonly memberId: string;
  readonly lastActivity: string;
  readonly points: number;
}

interface MovementRow {
  readonly memberId: string;
  readonly eventType: string | null;
  readonly points: number | null;
  readonly expires: string | null;
}

/** Reads the movements of one member after the other, so that memory holds one. */
function addByCredit({ db, currencyId, today }: FeatureContext): void {
  const balanceOf = db.prepare('SELECT sum(points) AS points FROM balance WHERE memberId = ? AND currencyId = ?');
  const add = addLot(db);
  const settle = (movements: readonly MovementRow[]): void => {
    const memberId = movements[0]?.memberId ?? '';
    const balance = Number(balanceOf.get(memberId, currencyId)?.['points'] ?? 0);
    if (balance > 0) for (const [day, points] of lotsOf(movements, balance).expiring()) add(memberId, day, points);
  };
  let movements: MovementRow[] = [];
  for (const each of db.prepare(movementsSql).iterate(currencyId, today)) {
    const row = each as unknown as MovementRow;
    if (row.memberId !== movements[0]?.memberId) {
      settle(movements);
      movements = [];
    }
    movements.push(row);
  }
  settle(movements);
}

/** Points that the ledger does not explain, such as migrated ones, are the oldest and never expire. */
function lotsOf(movements: readonly MovementRow[], balance: number): PointsByDay {
  const lots = new PointsByDay();
  const explained = movements.reduce((sum, row) => sum + changeOf(row), 0);
  change(lots, neverExpires, balance - explained);
  for (const row of movements) change(lots, row.expires ?? neverExpires, changeOf(row));
  return lots;
}

function change(lots: PointsByDay, day: string, points: number): void {
  if (points > 0) lots.add(day, points);
  else lots.take(-points);
}

function changeOf({ eventType, points }: MovementRow): number {
  if (eventType === 'Credit') return points ?? 0;
  return eventType === 'Debit' || eventType === 'Expiry' ? -(points ?? 0) : 0;
}

/** Only members who got points that still have a day to expire on. */
const movementsSql = `
  SELECT memberId, eventType, points, expires FROM ledger
  WHERE currencyId = ?1 AND memberId IN (
    SELECT memberId FROM ledger WHERE currencyId = ?1 AND eventType = 'Credit' AND expires >= ?2)
  ORDER BY memberId, day, id`;

function addLot(db: FeatureContext['db']): (memberId: string, day: string, points: number) => void {
  const statement = db.prepare(`
    INSERT INTO expiringLot VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET points = points + excluded.points`);
  return (memberId, day, points) => void statement.run(memberId, day, points);
}
