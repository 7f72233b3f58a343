import type { PoolClient } from 'pg';
import type { NewStoredFeed, StoredFeedReceipt } from '../storedFeed.js';
import { answeredWithin, bytesAnswer } from './answerLimits.js';
import type { DatabaseOutbox } from './databaseOutbox.js';
import { removal } from './feedRemoval.js';

/** How long a file may take to be stored, in milliseconds. */
const longestUpload = 3_600_000;

export interface FeedUpload {
  /** Opens its bytes from the first one on. Called again if the connection is lost. */
  readonly open: () => AsyncIterable<Uint8Array>;
  /** Whether refused files of the same name and source are removed. */
  readonly replaces: boolean;
}

interface Beginning {
  readonly feed: NewStoredFeed;
  readonly replaces: boolean;
  /** Numbers of files that were removed already. */
  readonly before?: readonly number[];
}

/** Stores a file for a shared outbox, whole or not at all: see `StoredFeeds.add`. */
export async function uploadFeed(
  outbox: DatabaseOutbox,
  feed: NewStoredFeed,
  { open, replaces }: FeedUpload,
): Promise<StoredFeedReceipt> {
  // What was to be committed when the connection was lost, and may be stored.
  let sent: StoredFeedReceipt | undefined;
  return outbox.database.withClient(async (client) => {
    const { lease } = outbox;
    const ask = (text: string): Promise<unknown> => client.query(answeredWithin(bytesAnswer(lease), text));
    await ask('BEGIN');
    // Somebody else may be storing the same file, which takes as long as it takes.
    await ask(`SET LOCAL statement_timeout = ${longestUpload}`);
    try {
      const added = await beginFeed(client, outbox, { feed, replaces });
      if (added.isNew) await storeParts(client, { feed: added.number, lease }, open());
      sent = sent === undefined ? added : repeated(sent, added);
      await client.query(answeredWithin(bytesAnswer(lease, feed.bytes), 'COMMIT'));
      return sent;
    } catch (error) {
      // The connection may be what was lost.
      await ask('ROLLBACK').catch(() => undefined);
      throw error;
    }
  });
}

async function beginFeed(
  client: PoolClient,
  outbox: DatabaseOutbox,
  { feed, replaces, before = [] }: Beginning,
): Promise<StoredFeedReceipt> {
  const { rows } = await client.query<{ number: string; was_read: boolean }>(
    // It may wait for another process.
    answeredWithin(
      longestUpload,
      `DELETE FROM loyalty_outbox.feed WHERE outbox = $1 AND refusal IS NOT NULL
         AND (digest = $2 OR ($3 AND name = $4 AND source = $5)) RETURNING number, refusal = $6 AS was_read`,
      [outbox.id, feed.digest, replaces, feed.name, feed.source, removal],
    ),
  );
  const unread = rows.filter((row) => !row.was_read);
  const replaced = [...before, ...unread.map(({ number }) => Number(number))];
  const { isRefused, ...stored } = await insertFeed(client, outbox, feed);
  // It was refused between the two statements. Nobody else can change it now.
  return isRefused ? beginFeed(client, outbox, { feed, replaces, before: replaced }) : { ...stored, replaced };
}

/** Whoever hands in the same file at the same time waits until the first one has stored it. */
async function insertFeed(
  client: PoolClient,
  outbox: DatabaseOutbox,
  { name, source, mapping, format, bytes, digest }: NewStoredFeed,
): Promise<{ number: number; isNew: boolean; isRefused: boolean }> {
  const { rows } = await client.query<{ number: string; is_new: boolean; is_refused: boolean }>(
    // It may wait for another process.
    answeredWithin(
      longestUpload,
      `INSERT INTO loyalty_outbox.feed (outbox, name, source, mapping, format, bytes, digest)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (outbox, digest) DO UPDATE SET bytes = excluded.bytes
       RETURNING number, xmax = 0 AS is_new, refusal IS NOT NULL AS is_refused`,
      [outbox.id, name, source, mapping, format ?? null, bytes, digest],
    ),
  );
  const [row] = rows;
  return { number: Number(row?.number), isNew: row?.is_new === true, isRefused: row?.is_refused === true };
}

/** What happened in all, if the answer to the first try was lost: its own file is not one that somebody else had stored. */
function repeated(first: StoredFeedReceipt, second: StoredFeedReceipt): StoredFeedReceipt {
  const { number } = second;
  const replaced = new Set([...first.replaced, ...second.replaced]);
  replaced.delete(first.number);
  return { number, isNew: second.isNew || (first.isNew && first.number === number), replaced: [...replaced] };
}

async function storeParts(
  client: PoolClient,
  { feed, lease }: { readonly feed: number; readonly lease: number },
  content: AsyncIterable<Uint8Array>,
): Promise<void> {
  const statement = 'INSERT INTO loyalty_outbox.feed_part (feed, part, content) VALUES ($1, $2, $3)';
  let part = 0;
  for await (const bytes of content) {
    await client.query(answeredWithin(bytesAnswer(lease, bytes.length), statement, [feed, part, bytes]));
    part += 1;
  }
}
