import { createReadStream } from 'node:fs';
import { CsvReader } from '../../base/csv/csv.js';
import type { CsvRow } from '../../base/csv/csv.js';
import { NdjsonReader } from '../../base/ndjson.js';
import type { NdjsonRow } from '../../base/ndjson.js';
import { EarlierFileError } from '../insightErrors.js';
import type { NearReward } from './nearReward.js';

/** Who was near a reward when a file was written. */
export interface EarlierNear {
  has(row: NearReward): boolean;
  readonly size: number;
}

/**
 * Reads a file that this library has written, in either format. A member who was near a reward then, has reached it since
 * and is near it again, is in it as well: there is no telling from the file. An empty file has nobody.
 *
 * @throws {Error} from the file system
 * @throws {EarlierFileError} for a file of another kind, or with a row that cannot be read: whoever is missing would get a
 *   message twice
 */
export async function readEarlierNear(path: string): Promise<EarlierNear> {
  const keys = new Set<string>();
  let reader: EarlierReader | undefined;
  for await (const part of createReadStream(path)) {
    const bytes = part as Buffer;
    reader ??= bytes[0] === 0x7b ? ndjsonKeys(keys) : csvKeys(keys);
    reader.push(bytes);
  }
  reader?.end();
  return { has: ({ memberId, rewardId }) => keys.has(keyOf(memberId, rewardId)), size: keys.size };
}

interface EarlierReader {
  push(bytes: Uint8Array): void;
  end(): void;
}

function ndjsonKeys(keys: Set<string>): EarlierReader {
  const reader = new NdjsonReader();
  const add = (rows: readonly NdjsonRow[]): void => {
    for (const { value, issue, start } of rows) {
      if (issue) throw new EarlierFileError(`line ${start.line} ${issue.detail}.`);
      const { memberId, rewardId } = value;
      if (typeof memberId !== 'string' || typeof rewardId !== 'string') throw anotherKind();
      keys.add(keyOf(memberId, rewardId));
    }
  };
  return { push: (bytes) => add(reader.push(bytes)), end: () => add(reader.end()) };
}

function csvKeys(keys: Set<string>): EarlierReader {
  const reader = new CsvReader();
  let places: readonly [number, number] | undefined;
  const add = (rows: readonly CsvRow[]): void => {
    for (const { cells, issue, start } of rows) {
      if (places === undefined) {
        places = [cells.indexOf('memberId'), cells.indexOf('rewardId')];
        if (places.includes(-1)) throw anotherKind();
      } else if (issue) throw new EarlierFileError(`line ${start.line} ${issue.detail}.`);
      else keys.add(keyOf(cells[places[0]] ?? '', cells[places[1]] ?? ''));
    }
  };
  return { push: (bytes) => add(reader.push(bytes)), end: () => add(reader.end()) };
}

function anotherKind(): EarlierFileError {
  return new EarlierFileError('it has no memberId and rewardId.');
}

function keyOf(memberId: string, rewardId: string): string {
  return `${memberId} ${rewardId}`;
}
