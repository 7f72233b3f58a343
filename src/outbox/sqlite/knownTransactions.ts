import type { DatabaseSync } from '../../base/sqlite/sqlite.js';
import type { ItemState } from '../item.js';
import type { KnownTransaction } from '../knownTransaction.js';
import { forgottenMark } from './forgottenKey.js';
import { optionalText } from './itemRows.js';
import type { ItemRow } from './itemRows.js';

/**
 * Yields every transaction that the outbox has now, without those that were replaced and those of erased members.
 * `item_now` must be up to date.
 *
 * @param run position of a run: only those that it had
 */
export function* knownTransactions(db: DatabaseSync, run?: number): Iterable<KnownTransaction> {
  const erased = { $from: forgottenMark, $to: '\u0001' };
  const rows =
    run === undefined
      ? db.prepare(everyTransaction).iterate(erased)
      : db.prepare(`${everyTransaction} AND ${ofRun}`).iterate({ ...erased, $run: run });
  for (const row of rows) yield toKnownTransaction(row);
}

const everyTransaction = `
  SELECT item.key, item.member, item.state, item.content, item.journal_id, item.cancelled,
    EXISTS (SELECT 1 FROM increment WHERE increment.item = item.seq) AS is_increment, item.code, item.message,
    coalesce(payload.journal, kept.journal) AS journal, nullif(item.line, 0) AS line,
    (SELECT name FROM feed WHERE feed.id = item.feed) AS feed
  FROM item_now AS item LEFT JOIN payload ON payload.item = item.seq
  LEFT JOIN kept_payload AS kept ON kept.item = item.seq
  WHERE item.current = 1 AND NOT (item.key >= $from AND item.key < $to)`;

const ofRun = `item.seq IN (
    SELECT seq FROM main.item WHERE run = $run
    UNION SELECT item FROM item_state WHERE run = $run
    UNION SELECT item FROM past WHERE run = $run)`;

function toKnownTransaction(row: ItemRow): KnownTransaction {
  const journal = optionalText(row['journal']);
  return {
    key: String(row['key']),
    member: String(row['member']),
    state: row['state'] as ItemState,
    content: optionalText(row['content']) || undefined,
    journal: journal === undefined ? undefined : (JSON.parse(journal) as KnownTransaction['journal']),
    journalId: optionalText(row['journal_id']) || undefined,
    isCancelled: row['cancelled'] === 1,
    isIncrement: row['is_increment'] === 1,
    code: optionalText(row['code']),
    message: optionalText(row['message']),
    feed: optionalText(row['feed']),
    line: row['line'] === null ? undefined : Number(row['line']),
  };
}
