import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import type { BareItem, BareOutcome, FoundJournal } from '../item.js';

/**
 * Counts, for each source, the journals that this outbox has created or found since the count of the source began. If
 * the org has more, somebody else is writing to the source too.
 */
export class JournalCounter {
  readonly #start: StatementSync;
  readonly #countedOf: StatementSync;
  readonly #remember: StatementSync;
  readonly #add: StatementSync;
  /** What was counted in this transaction, by source. */
  readonly #brought = new Map<string, number>();

  constructor(db: DatabaseSync) {
    this.#start = db.prepare('SELECT counted_at, counted_then FROM source WHERE name = ?');
    this.#countedOf = db.prepare('SELECT counted FROM item_state WHERE item = ?');
    this.#remember = db.prepare('UPDATE item_state SET counted = ? WHERE item IN (SELECT seq FROM item WHERE key = ?)');
    this.#add = db.prepare('UPDATE source SET brought = brought + ? WHERE name = ?');
  }

  /** Stores what `work` counts. Must be called within a transaction. */
  counting(work: () => void): void {
    this.#brought.clear();
    work();
    for (const [source, brought] of this.#brought) this.#add.run(brought, source);
  }

  /**
   * Must be called by the work of {@link JournalCounter.counting}, after the outcomes are written.
   * @param alone positions of those that are not done by the answer to their batch, which counts for all of them
   */
  count(outcomes: readonly BareOutcome[], alone: ReadonlySet<number>): void {
    for (const [source, all] of Map.groupBy(outcomes, ({ item }) => sourceOf(item.key))) {
      const isNew = this.#newJournals(source);
      this.bring(new Map([[source, all.reduce((sum, outcome) => sum + this.#countOne(outcome, { isNew, alone }), 0)]]));
    }
  }

  /** Counts the journals of each of these sources. Must be called by the work of {@link JournalCounter.counting}. */
  bring(journals: ReadonlyMap<string, number>): void {
    for (const [source, brought] of journals) {
      if (brought > 0) this.#brought.set(source, (this.#brought.get(source) ?? 0) + brought);
    }
  }

  /**
   * Journals that existed when the count began are included in it. The org tells times in whole seconds. The table is
   * read when somebody asks, which few outcomes do.
   */
  #newJournals(source: string): NewJournals {
    let start: { readonly since: number; readonly counted: ReadonlySet<string> } | undefined;
    const read = (): NonNullable<typeof start> => {
      const row = this.#start.get(source);
      const counted = new Set(JSON.parse(String(row?.['counted_then'] ?? '[]')) as string[]);
      return { since: Number(row?.['counted_at'] ?? 0), counted };
    };
    return ({ id, createdAt }) => {
      start ??= read();
      return createdAt >= start.since && !start.counted.has(id);
    };
  }

  /** A journal is not counted again when its item, or a correction of it, is looked up again. */
  #countOne(
    outcome: BareOutcome,
    { isNew, alone }: { readonly isNew: NewJournals; readonly alone: ReadonlySet<number> },
  ): number {
    const journals = journalsOf(outcome, isNew);
    const { key, seq } = outcome.item;
    if (journals === 0 || !alone.has(seq)) return journals;
    const counted = Number(this.#countedOf.get(seq)?.['counted'] ?? 0);
    if (journals <= counted) return 0;
    this.#remember.run(journals, key);
    return journals - counted;
  }
}

/** Tells whether a journal was created after the count began. */
type NewJournals = (journal: FoundJournal) => boolean;

function journalsOf(outcome: BareOutcome, isNew: NewJournals): number {
  if ('journals' in outcome && outcome.journals) return outcome.journals.filter(isNew).length;
  return outcome.to === 'done' ? 1 : 0;
}

/** Returns how many journals these items bring if the org gets one of each. No item without a state was counted. */
export function journalsBySource(items: readonly BareItem[]): ReadonlyMap<string, number> {
  const bySource = new Map<string, number>();
  for (const { key } of items) bySource.set(sourceOf(key), (bySource.get(sourceOf(key)) ?? 0) + 1);
  return bySource;
}

/** A source's name has no colon. */
function sourceOf(key: string): string {
  return key.slice(0, key.indexOf(':'));
}
