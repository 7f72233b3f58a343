import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import type { Outcome } from '../item.js';

/**
 * Counts, for each source, the journals that this outbox has created or found since the count of the source began. If
 * the org has more, somebody else is writing to the source too. Must be called within a transaction, after the outcomes
 * are written.
 */
export class JournalCounter {
  readonly #since: StatementSync;
  readonly #remember: StatementSync;
  readonly #add: StatementSync;

  constructor(db: DatabaseSync) {
    // Journals that existed when the count began are already included.
    this.#since = db.prepare('SELECT counted_at FROM source WHERE name = ?');
    this.#remember = db.prepare('UPDATE item_state SET counted = ? WHERE item = ?');
    this.#add = db.prepare('UPDATE source SET brought = brought + ? WHERE name = ?');
  }

  /** @param alone positions of those that are not done by the answer to their batch, which counts for all of them */
  count(outcomes: readonly Outcome[], alone: ReadonlySet<number>): void {
    for (const [source, all] of Map.groupBy(outcomes, ({ item }) => sourceOf(item.key))) {
      const since = Number(this.#since.get(source)?.['counted_at'] ?? 0);
      const brought = all.reduce((sum, outcome) => sum + this.#countOne(outcome, { since, alone }), 0);
      if (brought > 0) this.#add.run(brought, source);
    }
  }

  /** A journal that was counted before is not counted again when its item is looked up again. */
  #countOne(
    outcome: Outcome,
    { since, alone }: { readonly since: number; readonly alone: ReadonlySet<number> },
  ): number {
    const journals = journalsOf(outcome, since);
    const { counted, seq } = outcome.item;
    if (journals <= counted) return 0;
    if (alone.has(seq)) this.#remember.run(journals, seq);
    return journals - counted;
  }
}

function journalsOf(outcome: Outcome, since: number): number {
  if (!('foundAt' in outcome)) return outcome.to === 'done' ? 1 : 0;
  if (outcome.foundAt) return outcome.foundAt.filter((time) => time >= since).length;
  return outcome.to === 'done' ? 1 : 0;
}

/** A source's name has no colon. */
function sourceOf(key: string): string {
  return key.slice(0, key.indexOf(':'));
}
