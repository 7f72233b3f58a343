import { ownText } from '../../base/text/ownText.js';
import type { EndedGroups, FeedPosition } from '../feed.js';
import { FeedError } from '../feedError.js';

/** The cells of a row's key, in the order of the mapping; null where one is empty or cannot be read. */
export type KeyParts = readonly (string | null)[];

export type Numbering =
  | { readonly naturalKey: string }
  | { readonly problem: 'interrupted'; readonly group: string }
  | { readonly problem: 'uncertain'; readonly group: string; readonly doubtfulLine: number };

/** A row whose key cannot be read. */
export interface Doubt {
  readonly line: number;
  readonly parts: KeyParts;
  /** The text of a line that is not a row, if the text is complete. The key of the line must be in it. */
  readonly text?: string | undefined;
}

export type RowPlace = FeedPosition['group'];

/**
 * Maximum number of different keys in one group, because they are counted in memory. A group is an invoice, not a shop.
 */
const mostKeysInGroup = 100_000;
/** Beyond this number of doubts, every row of the group is in doubt. */
const mostDoubts = 16;

/**
 * Gives each row of a feed its natural key: the parts of the key and, where the key may repeat within a group (stock
 * code within invoice), how often it has occurred in consecutive rows of that group.
 *
 * The law: what happens to one row never changes the key of another, even if the file is corrected and read again. (A
 * correction completes what could not be read. It neither adds rows nor changes keys that could be read.) Therefore:
 *
 * - Every row whose key can be read counts, whether it is accepted, skipped or rejected for another reason.
 * - A row whose key cannot be read will count for some key once it is corrected. Until then, every later row of the group
 *   that might have the same key is rejected as uncertain. If its group cannot be read either, it belongs to the group of
 *   the rows around it: the group that continues after it, or else the group that begins there.
 * - A row of a group that has ended is rejected. Like any other row, it ends the group that it interrupts.
 *
 * Reading continues from the beginning of a group, so none of this has to be stored.
 */
export class KeyNumbering {
  readonly #groupIndex: number;
  readonly #ended: EndedGroups;
  #group: string | undefined;
  #groupStart: RowPlace | undefined;
  #interrupted = false;
  #counts = new Map<string, number>();
  #doubts: Doubt[] = [];
  /** Rows without a readable group since the last row with one, and where the first of them begins. */
  #between: Doubt[] = [];
  #betweenStart: RowPlace | undefined;

  /** @param groupIndex index of the part that names the group; undefined if keys do not repeat */
  constructor(groupIndex: number | undefined, ended: EndedGroups) {
    this.#groupIndex = groupIndex ?? -1;
    this.#ended = ended;
  }

  /** Where reading must start again in order to repeat the counts. Undefined if nothing has been counted. */
  get groupStart(): RowPlace | undefined {
    return this.#groupStart;
  }

  /** Counts a row whose key is readable. */
  number(parts: readonly string[], at: RowPlace): Numbering {
    const key = parts.map(escapePart).join(':');
    const group = parts[this.#groupIndex];
    if (group === undefined) return { naturalKey: key };
    this.#enter(group, at);
    const occurrence = (this.#counts.get(key) ?? 0) + 1;
    if (occurrence === 1 && this.#counts.size >= mostKeysInGroup) throw tooLarge(group);
    this.#counts.set(key, occurrence);
    if (this.#interrupted) return { problem: 'interrupted', group };
    const doubt = this.#doubts.find((each) => mayBe(each, parts));
    if (doubt !== undefined) return { problem: 'uncertain', group, doubtfulLine: doubt.line };
    return { naturalKey: `${key}:${occurrence}` };
  }

  /** Notes a row whose key cannot be read. */
  doubt(doubt: Doubt, at: RowPlace): void {
    if (this.#groupIndex < 0) return;
    const group = doubt.parts[this.#groupIndex] ?? null;
    if (group !== null) {
      this.#enter(group, at);
      this.#doubts = withDoubt(this.#doubts, doubt);
      return;
    }
    this.#groupStart ??= at;
    this.#betweenStart ??= at;
    this.#between = withDoubt(this.#between, doubt);
  }

  #enter(group: string, at: RowPlace): void {
    if (group !== this.#group) {
      if (this.#group !== undefined) this.#ended.add(this.#group);
      this.#group = ownText(group);
      this.#groupStart = this.#betweenStart ?? at;
      this.#interrupted = this.#ended.has(group);
      this.#counts = new Map();
      this.#doubts = [];
    }
    if (this.#betweenStart === undefined) return;
    for (const doubt of this.#between) this.#doubts = withDoubt(this.#doubts, doubt);
    this.#between = [];
    this.#betweenStart = undefined;
  }
}

/** Escapes a part of a key as in a URL, because a colon separates the parts. */
function escapePart(part: string): string {
  return part.includes(':') || part.includes('%') ? part.replace(/[%:]/g, encodeURIComponent) : part;
}

/** Returns whether a doubtful row may turn out to have this key once it is corrected. */
function mayBe({ parts: known, text }: Doubt, parts: readonly string[]): boolean {
  return parts.every(
    (part, index) => (known[index] ?? null) === part || (known[index] === null && mayContain(text, part)),
  );
}

function mayContain(text: string | undefined, part: string): boolean {
  return text === undefined || text.includes(part) || text.includes(part.replaceAll('"', '""'));
}

function withDoubt(doubts: Doubt[], doubt: Doubt): Doubt[] {
  if (doubts.some((each) => covers(each, doubt))) return doubts;
  if (doubts.length < mostDoubts) return [...doubts, doubt];
  return [{ line: doubt.line, parts: doubt.parts.map(() => null) }];
}

/** Returns whether `doubt` makes every row doubtful that `other` does. */
function covers(doubt: Doubt, other: Doubt): boolean {
  if (doubt.text !== undefined) return false;
  return doubt.parts.every((part, index) => part === null || part === other.parts[index]);
}

function tooLarge(group: string): FeedError {
  return new FeedError('group-too-large', `Group ${group} has more than ${mostKeysInGroup} different keys.`, [
    'Let occurrenceWithin in the mapping name the column of an invoice or a receipt.',
  ]);
}
