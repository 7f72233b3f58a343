import { ownText } from '../../base/text/ownText.js';
import type { EndedGroups } from '../feed.js';
import { FeedError } from '../feedError.js';
import { Doubts } from './doubts.js';
import type { Doubt } from './doubts.js';
import { keyText } from './rowNumbering.js';
import type { NumberedKey, RowNumbering, RowPlace } from './rowNumbering.js';

/**
 * Maximum number of different keys in one group, because they are counted in memory. A group is an invoice, not a shop.
 */
const mostKeysInGroup = 100_000;
/** Beyond this number of doubts, every row of the group is in doubt. */
const mostDoubts = 16;

/**
 * Numbers keys that may repeat within a group (stock code within invoice) by how often they have occurred in consecutive
 * rows of that group.
 *
 * - If the group of a doubtful row cannot be read, it belongs to the group of the rows around it: the group that
 *   continues after it, or else the group that begins there.
 * - A row of a group that has ended is rejected. Like any other row, it ends the group that it interrupts.
 *
 * Reading continues from the beginning of a group, so none of this has to be stored.
 */
export class GroupNumbering implements RowNumbering {
  readonly #groupIndex: number;
  readonly #ended: EndedGroups;
  readonly #doubts = new Doubts(mostDoubts);
  /** Rows without a readable group since the last row with one, and where the first of them begins. */
  readonly #between = new Doubts(mostDoubts);
  #betweenStart: RowPlace | undefined;
  #group: string | undefined;
  #groupStart: RowPlace | undefined;
  #interrupted = false;
  #counts = new Map<string, number>();

  /** @param groupIndex index of the part that names the group */
  constructor(groupIndex: number, ended: EndedGroups) {
    this.#groupIndex = groupIndex;
    this.#ended = ended;
  }

  get restart(): RowPlace | undefined {
    return this.#groupStart;
  }

  number(parts: readonly string[], at: RowPlace): NumberedKey {
    const key = keyText(parts);
    const group = parts[this.#groupIndex] ?? '';
    this.#enter(group, at);
    const occurrence = (this.#counts.get(key) ?? 0) + 1;
    if (occurrence === 1 && this.#counts.size >= mostKeysInGroup) throw tooLarge(group);
    this.#counts.set(key, occurrence);
    if (this.#interrupted) return { problem: 'interrupted', group };
    const doubt = this.#doubts.about(parts);
    if (doubt !== undefined) return { problem: 'uncertain', group, doubtfulLine: doubt.line };
    return { naturalKey: `${key}:${occurrence}` };
  }

  doubt(doubt: Doubt, at: RowPlace): void {
    const group = doubt.parts[this.#groupIndex] ?? null;
    if (group !== null) {
      this.#enter(group, at);
      this.#doubts.add(doubt);
      return;
    }
    this.#groupStart ??= at;
    this.#betweenStart ??= at;
    this.#between.add(doubt);
  }

  #enter(group: string, at: RowPlace): void {
    if (group !== this.#group) {
      if (this.#group !== undefined) this.#ended.add(this.#group);
      this.#group = ownText(group);
      this.#groupStart = this.#betweenStart ?? at;
      this.#interrupted = this.#ended.has(group);
      this.#counts = new Map();
      this.#doubts.clear();
    }
    if (this.#betweenStart === undefined) return;
    this.#doubts.takeFrom(this.#between);
    this.#betweenStart = undefined;
  }
}

function tooLarge(group: string): FeedError {
  return new FeedError('group-too-large', `Group ${group} has more than ${mostKeysInGroup} different keys.`, [
    'Let occurrenceWithin in the mapping name the column of an invoice or a receipt, or count in the whole feed with occurrenceWithinFeed.',
  ]);
}
