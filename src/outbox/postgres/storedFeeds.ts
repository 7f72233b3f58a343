import type { PoolClient } from 'pg';
import { OutboxTakenError } from '../outboxErrors.js';
import type { StoredFeedReceipt, NewStoredFeed, StoredFeed, UnreadFeeds } from '../storedFeed.js';
import { answeredWithin, bytesAnswer } from './answerLimits.js';
import type { DatabaseOutbox } from './databaseOutbox.js';
import { inPortions } from './inPortions.js';

/** How long a file may take to be stored, in milliseconds. */
const longestUpload = 3_600_000;

/** About what a part of a file has. */
const bytesInPart = 1 << 20;

/** Parts of a file that one statement deletes. */
const partsAtOnce = 16;

/**
 * Stored as the refusal while a file that was read is removed part by part. So builds that remove files in another way
 * do not read what is left of it.
 */
const removal = 'All of its rows are in the outbox. It is being removed.';

interface FeedRow {
  readonly number: string;
  readonly name: string;
  readonly source: string;
  readonly mapping: string;
  readonly format: string | null;
  readonly bytes: string;
  readonly digest: string;
}

/**
 * Files that were handed in for a shared outbox and wait to be read. A file is there with all of its bytes or not at
 * all. It is removed when all of its rows are in the outbox. Whoever takes over before that reads it from its beginning,
 * and the outbox knows its keys.
 */
export class StoredFeeds {
  readonly #outbox: DatabaseOutbox;

  constructor(outbox: DatabaseOutbox) {
    this.#outbox = outbox;
  }

  /**
   * Stores a file. It is on disk when this resolves. If the same file was refused, it waits again, with a number of its
   * own.
   * @param open opens its bytes from the first one on; called again if the connection is lost
   * @param replaces whether refused files of the same name and source are removed, whose rows nobody has read
   * @throws {OutboxDatabaseError}
   * @throws {Error} from reading the bytes; nothing is stored then
   */
  async add(feed: NewStoredFeed, open: () => AsyncIterable<Uint8Array>, replaces = false): Promise<StoredFeedReceipt> {
    // What was to be committed when the connection was lost, and may be stored.
    let sent: StoredFeedReceipt | undefined;
    return this.#outbox.database.withClient(async (client) => {
      const { lease } = this.#outbox;
      const ask = (text: string): Promise<unknown> => client.query(answeredWithin(bytesAnswer(lease), text));
      await ask('BEGIN');
      // Somebody else may be storing the same file, which takes as long as it takes.
      await ask(`SET LOCAL statement_timeout = ${longestUpload}`);
      try {
        const added = await this.#begin(client, feed, replaces);
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

  /**
   * Returns the first file of a source that can be read.
   * @param except numbers of files that are left to others
   */
  async first(source: string, except: readonly number[] = []): Promise<StoredFeed | undefined> {
    const { database, id, lease } = this.#outbox;
    const { rows } = await database.query<FeedRow>(
      `SELECT number, name, source, mapping, format, bytes, digest FROM loyalty_outbox.feed
       WHERE outbox = $1 AND source = $2 AND refusal IS NULL AND number <> ALL ($3::bigint[])
       ORDER BY number LIMIT 1`,
      [id, source, except],
      { answer: bytesAnswer(lease) },
    );
    const [row] = rows;
    return row && { ...row, number: Number(row.number), bytes: Number(row.bytes), format: row.format ?? undefined };
  }

  /**
   * The bytes of a file, part by part.
   * @throws {OutboxTakenError} if another process has read it to its end meanwhile
   */
  async *content({ number, name, bytes }: StoredFeed): AsyncGenerator<Uint8Array> {
    const { database, lease } = this.#outbox;
    let left = bytes;
    for (let part = 0; left > 0; part++) {
      const { rows } = await database.query<{ content: Uint8Array }>(
        'SELECT content FROM loyalty_outbox.feed_part WHERE feed = $1 AND part = $2',
        [number, part],
        { answer: bytesAnswer(lease, Math.min(left, bytesInPart)) },
      );
      if (!rows[0]) throw new OutboxTakenError(this.#outbox.name, `another process has read the feed ${name}`);
      left -= rows[0].content.length;
      yield rows[0].content;
    }
  }

  /** Removes a file whose rows are all in the outbox. From now on, nobody reads it any more. */
  async remove({ number }: StoredFeed): Promise<void> {
    const { database, lease } = this.#outbox;
    await database.query('UPDATE loyalty_outbox.feed SET refusal = $2 WHERE number = $1', [number, removal], {
      answer: bytesAnswer(lease),
    });
    await this.#drop(number);
  }

  /** Removes what is left of files whose rows are all in the outbox: a process that died has not removed all of it. */
  async removeRest(): Promise<void> {
    const { database, id, lease } = this.#outbox;
    const { rows } = await database.query<{ number: string }>(
      'SELECT number FROM loyalty_outbox.feed WHERE outbox = $1 AND refusal = $2',
      [id, removal],
      { answer: bytesAnswer(lease) },
    );
    for (const { number } of rows) await this.#drop(Number(number));
  }

  async #drop(number: number): Promise<void> {
    const { database, lease } = this.#outbox;
    await inPortions(database, {
      text: `DELETE FROM loyalty_outbox.feed_part WHERE feed = $1 AND part IN (
          SELECT part FROM loyalty_outbox.feed_part WHERE feed = $1 LIMIT ${partsAtOnce})`,
      values: [number],
    });
    await database.query('DELETE FROM loyalty_outbox.feed WHERE number = $1', [number], {
      answer: bytesAnswer(lease),
    });
  }

  /** Keeps a file that cannot be read as a whole, and reads it no more until it is handed in again. */
  async refuse({ number }: StoredFeed, reason: string): Promise<void> {
    const { database, lease } = this.#outbox;
    await database.query(
      // Whoever has taken over may have read it to its end.
      'UPDATE loyalty_outbox.feed SET refusal = $2 WHERE number = $1 AND refusal IS NULL',
      [number, reason],
      { answer: bytesAnswer(lease) },
    );
  }

  /** @param source of which source; of all, if there is none */
  async unread(source?: string): Promise<UnreadFeeds> {
    const { database, id, lease } = this.#outbox;
    const { rows } = await database.query<{ name: string; number: string; is_refused: boolean }>(
      `SELECT name, number, refusal IS NOT NULL AS is_refused FROM loyalty_outbox.feed
       WHERE outbox = $1 AND ($2::text IS NULL OR source = $2) AND refusal IS DISTINCT FROM $3 ORDER BY number`,
      [id, source ?? null, removal],
      { answer: bytesAnswer(lease) },
    );
    const refused = rows.filter((row) => row.is_refused).map(({ name, number }) => `${name}#${number}`);
    return { waiting: rows.length - refused.length, refused };
  }

  async #begin(
    client: PoolClient,
    feed: NewStoredFeed,
    replaces: boolean,
    before: readonly number[] = [],
  ): Promise<StoredFeedReceipt> {
    const { rows } = await client.query<{ number: string; was_read: boolean }>(
      // It may wait for another process.
      answeredWithin(
        longestUpload,
        `DELETE FROM loyalty_outbox.feed WHERE outbox = $1 AND refusal IS NOT NULL
           AND (digest = $2 OR ($3 AND name = $4 AND source = $5)) RETURNING number, refusal = $6 AS was_read`,
        [this.#outbox.id, feed.digest, replaces, feed.name, feed.source, removal],
      ),
    );
    const unread = rows.filter((row) => !row.was_read);
    const replaced = [...before, ...unread.map(({ number }) => Number(number))];
    const { isRefused, ...stored } = await this.#insert(client, feed);
    // It was refused between the two statements. Nobody else can change it now.
    return isRefused ? this.#begin(client, feed, replaces, replaced) : { ...stored, replaced };
  }

  /** Whoever hands in the same file at the same time waits until the first one has stored it. */
  async #insert(
    client: PoolClient,
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
        [this.#outbox.id, name, source, mapping, format ?? null, bytes, digest],
      ),
    );
    const [row] = rows;
    return { number: Number(row?.number), isNew: row?.is_new === true, isRefused: row?.is_refused === true };
  }
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
  const insert = 'INSERT INTO loyalty_outbox.feed_part (feed, part, content) VALUES ($1, $2, $3)';
  let part = 0;
  for await (const bytes of content) {
    await client.query(answeredWithin(bytesAnswer(lease, bytes.length), insert, [feed, part, bytes]));
    part += 1;
  }
}
