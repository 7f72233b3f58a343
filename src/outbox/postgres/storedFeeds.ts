import { OutboxTakenError } from '../outboxErrors.js';
import type { StoredFeedReceipt, NewStoredFeed, StoredFeed, UnreadFeeds } from '../storedFeed.js';
import { bytesAnswer } from './answerLimits.js';
import type { DatabaseOutbox } from './databaseOutbox.js';
import { removal } from './feedRemoval.js';
import { inPortions } from './inPortions.js';
import { uploadFeed } from './uploadFeed.js';

/** About what a part of a file has. */
const bytesInPart = 1 << 20;

/** Parts of a file that one statement deletes. */
const partsAtOnce = 16;

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
  add(feed: NewStoredFeed, open: () => AsyncIterable<Uint8Array>, replaces = false): Promise<StoredFeedReceipt> {
    return uploadFeed(this.#outbox, feed, { open, replaces });
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
}
