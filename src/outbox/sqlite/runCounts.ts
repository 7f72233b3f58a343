import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import { itemStates } from '../item.js';
import type { ItemState } from '../item.js';
import type { RunCounts } from '../runRecord.js';

const origins = ['new', 'corrected', 'takenUpByItself', 'takenUpAgain', 'carriedOver'] as const;

/** Counts everything of a run from its rows, because separate counters could contradict them. */
export function countRun(db: DatabaseSync, id: string): RunCounts {
  const run = db.prepare('SELECT * FROM run WHERE id = ?').get(id);
  const of = (column: string): number => Number(run?.[column] ?? 0);
  const seq = of('seq');
  const lines = countLines(db, seq);
  const groups = itemGroups(db, seq);
  const items = countItems(groups);
  const [used, skipped, rejected] = [of('used'), of('skipped'), lines('rejection')];
  return {
    rows: { read: used + skipped + rejected, used, skipped, rejected },
    transactions: {
      made: of('made'),
      new: items.new,
      corrected: items.corrected,
      takenUpByItself: items.takenUpByItself,
      known: of('known'),
      superseded: of('superseded'),
      repeatAccepted: of('repeat_accepted'),
      forgotten: of('forgotten'),
      openBefore: of('open_before'),
      refusedBefore: lines('refusedBefore'),
      repeated: lines('repeated'),
      conflict: lines('conflict'),
      detailsDiffer: lines('detailsDiffer'),
    },
    items,
  };
}

interface ItemGroup {
  readonly origin: string;
  readonly state: ItemState;
  readonly found: boolean;
  readonly withoutEffect: boolean;
  readonly cancelled: boolean;
  readonly count: number;
}

/** Items with a state of their own, and those that the run had before. */
function ownGroups(db: DatabaseSync, run: number): ItemGroup[] {
  const columns = 'origin, state, found, effect, cancelled';
  const rows = db
    .prepare(
      `SELECT ${columns}, count(*) AS n FROM
         (SELECT ${columns} FROM item_state WHERE run = $run UNION ALL SELECT ${columns} FROM past WHERE run = $run)
       GROUP BY ${columns}`,
    )
    .all({ $run: run });
  return rows.map((row) => ({
    origin: String(row['origin']),
    state: row['state'] as ItemState,
    found: row['found'] === 1,
    withoutEffect: row['effect'] === 0,
    cancelled: row['cancelled'] === 1,
    count: Number(row['n']),
  }));
}

/** Returns which states the items of a run have that have no state of their own. */
export function plainStates(db: DatabaseSync, run: number): ItemState[] {
  return plainGroups(db, run, ownGroups(db, run)).flatMap(({ state, count }) => (count > 0 ? state : []));
}

function itemGroups(db: DatabaseSync, run: number): ItemGroup[] {
  const own = ownGroups(db, run);
  return [...own, ...plainGroups(db, run, own)];
}

/** Items that the run has made and that have no state of their own: batches count those that were sent. */
function plainGroups(db: DatabaseSync, run: number, others: readonly ItemGroup[]): ItemGroup[] {
  const row = db
    .prepare(
      `SELECT (SELECT count(*) FROM item WHERE run = $run) AS made,
         coalesce(sum(items) FILTER (WHERE done IS NULL), 0) AS sent,
         coalesce(sum(items) FILTER (WHERE done IS NOT NULL), 0) AS done,
         coalesce(sum(json_array_length(without_effect)), 0) AS without_effect
       FROM batch WHERE run = $run`,
    )
    .get({ $run: run });
  const [sent, done, withoutEffect] = [Number(row?.['sent']), Number(row?.['done']), Number(row?.['without_effect'])];
  const madeByOthers = others.filter(({ origin }) => origin === 'new' || origin === 'corrected');
  const ready = Number(row?.['made']) - madeByOthers.reduce((sum, { count }) => sum + count, 0) - sent - done;
  const plain = { origin: 'new', found: false, withoutEffect: false, cancelled: false };
  return [
    { ...plain, state: 'ready' as const, count: ready },
    { ...plain, state: 'sent' as const, count: sent },
    { ...plain, state: 'done' as const, count: done - withoutEffect },
    { ...plain, state: 'done' as const, withoutEffect: true, count: withoutEffect },
  ];
}

function countItems(groups: readonly ItemGroup[]): RunCounts['items'] {
  const sum = (counts: (group: ItemGroup) => boolean): number =>
    groups.reduce((total, group) => total + (counts(group) ? group.count : 0), 0);
  const done = (group: ItemGroup): boolean => group.state === 'done';
  const byOrigin = origins.map((origin) => [origin, sum((group) => group.origin === origin)]);
  const byState = itemStates.map((state) => [state, sum((group) => group.state === state)]);
  return {
    ...(Object.fromEntries([...byOrigin, ...byState]) as RunCounts['items']),
    sentNow: sum((group) => done(group) && !group.found),
    found: sum((group) => done(group) && group.found),
    withoutEffect: sum((group) => done(group) && group.withoutEffect),
    cancelled: sum((group) => done(group) && group.cancelled),
  };
}

function countLines(db: DatabaseSync, run: number): (kind: string) => number {
  const rows = db.prepare('SELECT kind, count(*) AS n FROM line WHERE run = ? GROUP BY kind').all(run);
  const counts = new Map(rows.map((row) => [String(row['kind']), Number(row['n'])]));
  return (kind) => counts.get(kind) ?? 0;
}
