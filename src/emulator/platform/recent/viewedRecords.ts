/** Maximum number of records that an org remembers for a user. */
const mostItems = 200;

/** A record that a user viewed or referred to. */
export interface ViewedRecord {
  readonly id: string;
  /** In milliseconds. */
  readonly viewedAt: number | undefined;
  readonly referencedAt: number | undefined;
}

/**
 * The records that each user viewed last. Records are viewed in the pages of an org, which this one does not have, and by
 * queries with FOR VIEW or FOR REFERENCE. They are forgotten when the org ends.
 */
export class ViewedRecords {
  readonly #byUser = new Map<string, Map<string, ViewedRecord>>();

  /** @param ids in the order in which they were viewed */
  mark(userId: string, use: 'view' | 'reference', ids: readonly string[], at: number): void {
    const items = this.#byUser.get(userId) ?? new Map<string, ViewedRecord>();
    this.#byUser.set(userId, items);
    for (const id of ids.slice(-mostItems)) {
      const { viewedAt, referencedAt } = items.get(id) ?? {};
      items.delete(id);
      const isView = use === 'view';
      items.set(id, { id, viewedAt: isView ? at : viewedAt, referencedAt: isView ? referencedAt : at });
    }
    for (const oldest of items.keys()) {
      if (items.size <= mostItems) break;
      items.delete(oldest);
    }
  }

  /** Returns the records of a user, the latest first. */
  of(userId: string): ViewedRecord[] {
    return [...(this.#byUser.get(userId)?.values() ?? [])].reverse();
  }
}
