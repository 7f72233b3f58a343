import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { CsvReader } from '../../base/csv/csv.js';
import type { CsvRow } from '../../base/csv/csv.js';
import { replaceFile } from '../../base/files/replaceFile.js';
import { NearMemoryError } from '../insightErrors.js';
import type { NearReward } from './nearReward.js';

/** A reward is a promotion with an engagement attribute that counts for it, or anything else that has no attribute. */
const header = 'memberId,rewardId,attributeId,by';

/**
 * Who was near a reward at the last run, so that nobody is told twice. A member who is no longer near at a run is forgotten,
 * and is told again at a later one. A member who was told of points that expire is told again when the last day of those has passed.
 */
export class NearMemory {
  readonly #earlier: ReadonlyMap<string, string>;
  readonly #today: string;
  readonly #now = new Map<string, string>();

  private constructor(earlier: ReadonlyMap<string, string>, today: string) {
    this.#earlier = earlier;
    this.#today = today;
  }

  /**
   * Reads what {@link save} has written. Without a file, nobody was near.
   *
   * @param today in the org: `yyyy-MM-dd`
   * @throws {Error} from the file system
   * @throws {NearMemoryError} for a file of another kind, or with a row that cannot be read: whoever is missing would get a
   *   message twice
   */
  static async read(path: string, today: string): Promise<NearMemory> {
    const reading = new MemoryReading();
    try {
      for await (const bytes of createReadStream(path)) reading.push(bytes as Buffer);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      return new NearMemory(new Map(), today);
    }
    return new NearMemory(reading.end(), today);
  }

  /** Returns whether the member was told of this reward before. */
  has(row: NearReward): boolean {
    const by = this.#earlier.get(keyOf(row));
    return by !== undefined && (row.reward !== 'expiry' || by >= this.#today);
  }

  /** Keeps that the member is near now, and has been told, now or before. */
  remember(row: NearReward): void {
    const by = this.has(row) ? this.#earlier.get(keyOf(row)) : row.by;
    this.#now.set(keyOf(row), by ?? '');
  }

  /** Writes who was remembered, in the place of who was near before. */
  async save(path: string): Promise<void> {
    await replaceFile(path, [Readable.from(this.lines())]);
  }

  /** The lines of such a file. */
  *lines(): Generator<string> {
    yield `${header}\n`;
    for (const [key, by] of this.#now) yield `${key},${by}\n`;
  }
}

class MemoryReading {
  readonly #reader = new CsvReader();
  readonly #found = new Map<string, string>();
  #isOurs = false;

  push(bytes: Uint8Array): void {
    this.#add(this.#reader.push(bytes));
  }

  end(): ReadonlyMap<string, string> {
    this.#add(this.#reader.end());
    if (!this.#isOurs) throw anotherKind();
    return this.#found;
  }

  #add(rows: readonly CsvRow[]): void {
    for (const { cells, issue, start } of rows) {
      if (!this.#isOurs) {
        this.#isOurs = cells.join() === header;
        if (!this.#isOurs) throw anotherKind();
      } else if (issue) throw new NearMemoryError(`line ${start.line} ${issue.detail}.`);
      else if (cells.length !== 4) throw new NearMemoryError(`line ${start.line} does not have four cells.`);
      else this.#found.set(cells.slice(0, 3).join(), cells[3] ?? '');
    }
  }
}

function anotherKind(): NearMemoryError {
  return new NearMemoryError('it does not begin with the line that this command writes.');
}

function keyOf({ memberId, rewardId, attribute }: NearReward): string {
  return `${memberId},${rewardId},${attribute?.id ?? ''}`;
}
