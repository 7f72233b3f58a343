import type { EndedGroups, FeedPosition } from './feed.js';
import { FeedError } from './feedError.js';

/** The cells of a row's key, in the order of the mapping; null where one cannot be read or is empty. */
export type KeyParts = readonly (string | null)[];

export type Numbering =
  | { readonly naturalKey: string }
  | { readonly problem: 'interrupted'; readonly group: string }
  | { readonly problem: 'uncertain'; readonly group: string; readonly doubtfulLine: number };

type GroupStart = FeedPosition['group'];

interface Doubt {
  readonly line: number;
  readonly parts: KeyParts;
}

/** Different keys of one group that are counted in memory; a group is an invoice, not a shop. */
const mostKeysInGroup = 100_000;
/** Beyond this many different doubts at once, everything is in doubt. */
const mostDoubts = 16;

/**
 * Gives each row of a feed its natural key: the parts of the key and, where the key may repeat within a group
 * (stock code within invoice), how often it has occurred in consecutive rows of that group.
 *
 * The law: what becomes of one row never changes the key of another, also when the file is mended and read again.
 * Hence
 *
 * - every row whose key can be read counts, whether it is accepted, skipped or rejected for another reason;
 * - a row whose key cannot be read will count for some key once it is mended. Until then every later row of the group
 *   that might have the same key is rejected as uncertain. If its group cannot be read either, it belongs to the group
 *   of the rows around it: the one that goes on behind it, or else the one that begins there;
 * - a row of a group that has ended is rejected, and ends the group that it interrupts like any other row.
 *
 * Feeds are read on from the beginning of a group, so that nothing of this has to be stored.
 */
export class KeyNumbering {
  readonly #groupIndex: number;
  readonly #ended: EndedGroups;
  #group: string | undefined;
  #interrupted = false;
  #counts = new Map<string, number>();
  #doubts: Doubt[] = [];
  /** Rows of no readable group since the last row that has one. */
  #between: Doubt[] = [];

  #groupStart: GroupStart | undefined;
  #betweenStart: GroupStart | undefined;

  /** @param groupIndex index of the part that names the group; undefined if keys do not repeat */
  constructor(groupIndex: number | undefined, ended: EndedGroups) {
    this.#groupIndex = groupIndex ?? -1;
    this.#ended = ended;
  }

  /** Where reading on must begin, to count what has been counted; undefined if nothing has been. */
  get groupStart(): GroupStart | undefined {
    return this.#groupStart;
  }

  /** Counts a row whose key is readable. */
  number(parts: readonly string[], at: GroupStart): Numbering {
    const key = parts.map(escapePart).join(':');
    const group = parts[this.#groupIndex];
    if (group === undefined) return { naturalKey: key };
    this.#enter(group, at);
    const occurrence = (this.#counts.get(key) ?? 0) + 1;
    if (occurrence === 1 && this.#counts.size >= mostKeysInGroup) throw tooLarge(group);
    this.#counts.set(key, occurrence);
    if (this.#interrupted) return { problem: 'interrupted', group };
    const doubt = this.#doubts.find((each) => mayBe(each.parts, parts));
    if (doubt !== undefined) return { problem: 'uncertain', group, doubtfulLine: doubt.line };
    return { naturalKey: `${key}:${occurrence}` };
  }

  /** Takes note of a row whose key is not readable. */
  doubt(parts: KeyParts, at: GroupStart): void {
    if (this.#groupIndex < 0) return;
    const group = parts[this.#groupIndex] ?? null;
    if (group !== null) {
      this.#enter(group, at);
      this.#doubts = withDoubt(this.#doubts, { line: at.line, parts });
      return;
    }
    this.#groupStart ??= at;
    this.#betweenStart ??= at;
    this.#between = withDoubt(this.#between, { line: at.line, parts });
  }

  #enter(group: string, at: GroupStart): void {
    if (group !== this.#group) {
      if (this.#group !== undefined) this.#ended.add(this.#group);
      this.#group = group;
      this.#groupStart = this.#betweenStart ?? at;
      this.#interrupted = this.#ended.has(group);
      this.#counts = new Map();
      this.#doubts = [];
    }
    for (const doubt of this.#between) this.#doubts = withDoubt(this.#doubts, doubt);
    this.#between = [];
    this.#betweenStart = undefined;
  }
}

/** A colon separates the parts of a key, so that within a part it is written as in a URL. */
function escapePart(part: string): string {
  return part.replace(/[%:]/g, encodeURIComponent);
}

function mayBe(doubtful: KeyParts, parts: readonly string[]): boolean {
  return parts.every((part, index) => (doubtful[index] ?? part) === part);
}

function withDoubt(doubts: Doubt[], doubt: Doubt): Doubt[] {
  const known = doubts.some((each) => each.parts.every((part, index) => part === null || part === doubt.parts[index]));
  if (known) return doubts;
  return doubts.length < mostDoubts ? [...doubts, doubt] : [{ line: doubt.line, parts: doubt.parts.map(() => null) }];
}

function tooLarge(group: string): FeedError {
  return new FeedError('group-too-large', `Group ${group} has more than ${mostKeysInGroup} different keys.`, [
    'Let occurrenceWithin in the mapping name the column of an invoice or a receipt.',
  ]);
}
