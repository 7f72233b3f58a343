import type { KeyCounts } from '../feed.js';
import type { Mapping } from '../mapping/mapping.js';
import type { KeyMemory } from './rowKeys.js';

/**
 * Keys of groups that were rejected, each with a line that is to be corrected. If such a group goes on later in the feed,
 * its later lines must not be sent under the key: once the bad line is corrected, the first part would be in conflict
 * with them. Numbers within keys tell the parts apart, so a mapping that numbers keys does not need this.
 *
 * The lines are kept where other mappings keep their counts: on disk, with the position in the feed.
 */
export class RejectedKeys {
  readonly #lines: KeyCounts | undefined;

  constructor(mapping: Mapping, { keyCounts }: KeyMemory) {
    this.#lines = remembersRejected(mapping) ? keyCounts : undefined;
  }

  /**
   * Returns the line to correct if an earlier group of this key was rejected.
   * @param line first line of the group. What is known of later lines does not count: they may be read a second time
   */
  before(key: string, line: number): number | undefined {
    const found = this.#lines?.get(key) ?? 0;
    return found > 0 && found < line ? found : undefined;
  }

  /** Only the first rejected group of a key is kept. */
  add(key: string, line: number): void {
    if (this.#lines?.get(key) === 0) this.#lines.set(key, line);
  }
}

/** Whether reading must be given what is known of earlier keys. */
export function needsKeyCounts(mapping: Mapping): boolean {
  return mapping.key.occurrenceWithinFeed === true || remembersRejected(mapping);
}

function remembersRejected({ group, key }: Mapping): boolean {
  return group !== undefined && key.occurrenceWithin === undefined && key.occurrenceWithinFeed !== true;
}
