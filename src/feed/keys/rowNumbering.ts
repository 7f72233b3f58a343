import type { BytePosition } from '../bytes/bytePosition.js';
import type { Doubt } from './doubts.js';

/** The natural key of a row, or why its number cannot be told. */
export type NumberedKey =
  { readonly naturalKey: string } | { readonly problem: 'interrupted'; readonly group: string } | UncertainNumber;

/** The number depends on a row whose key cannot be read. */
export interface UncertainNumber {
  readonly problem: 'uncertain';
  /** The group that may include that row, if numbers are those of a group. */
  readonly group?: string;
  readonly doubtfulLine: number;
}

export type RowPlace = BytePosition['group'];

/**
 * Gives each row of a feed its natural key. Every row must pass, in order.
 *
 * The law: what happens to one row never changes the key of another, even if the file is corrected and read again. (A
 * correction completes what could not be read. It neither adds rows nor changes keys that could be read.) Therefore:
 *
 * - Every row whose key can be read counts, whether it is accepted, skipped or rejected for another reason.
 * - A row whose key cannot be read will count for some key once it is corrected. Until then, every later row that might
 *   have the same key, and is counted with it, is rejected as uncertain.
 */
export interface RowNumbering {
  /** Where reading must start again in order to number the rows after the last one. Undefined if right there. */
  readonly restart: RowPlace | undefined;
  /** Counts a row whose key is readable. */
  number(parts: readonly string[], at: RowPlace): NumberedKey;
  /** Notes a row whose key cannot be read. */
  doubt(doubt: Doubt, at: RowPlace): void;
}

/** Returns the parts of a key as one text. A colon separates them, so one within a part is escaped as in a URL. */
export function keyText(parts: readonly string[]): string {
  return parts.map(escapePart).join(':');
}

function escapePart(part: string): string {
  return part.includes(':') || part.includes('%') ? part.replace(/[%:]/g, encodeURIComponent) : part;
}
