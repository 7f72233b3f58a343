import type { DatabaseSync, StatementSync } from '../../base/sqlite/sqlite.js';
import type { BareItem, BareOutcome, FoundJournal } from '../item.js';
import { CountedJournals } from './countedJournals.js';
import type { CountedOfSource } from './countedJournals.js';

/**
 * Counts, for each source, the journals that this outbox has created or found since the count of the source began. If
 * the org has more, somebody else is writing to the source too.
 *
 * No journal is counted twice. One whose item may be looked up again is remembered by its Id, together with those that
 * the org had when the count began. An answer to a request does not always name the Ids: how many journals of an item
 * were counted without one is in `item_state.counted`, and the next that a look-up finds are taken for these.
 */
export class JournalCounter {
  readonly #counted: CountedJournals;
  readonly #unnamedOf: StatementSync;
  readonly #setUnnamed: StatementSync;
  readonly #add: StatementSync;
  /** What was counted in this transaction, by source. */
  readonly #brought = new Map<string, number>();

  constructor(db: DatabaseSync) {
    this.#counted = new CountedJournals(db);
    this.#unnamedOf = db.prepare('SELECT counted FROM item_state WHERE item = ?');
    this.#setUnnamed = db.prepare(
      'UPDATE item_state SET counted = ? WHERE item IN (SELECT seq FROM item WHERE key = ?)',
    );
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
      const counted = this.#counted.of(source);
      const count = (outcome: BareOutcome): number =>
        alone.has(outcome.item.seq) ? this.#countAlone(outcome, counted) : countPlain(outcome, counted);
      this.bring(new Map([[source, all.reduce((sum, outcome) => sum + count(outcome), 0)]]));
    }
  }

  /** Counts the journals of each of these sources. Must be called by the work of {@link JournalCounter.counting}. */
  bring(journals: ReadonlyMap<string, number>): void {
    for (const [source, brought] of journals) {
      if (brought > 0) this.#brought.set(source, (this.#brought.get(source) ?? 0) + brought);
    }
  }

  #countAlone(outcome: BareOutcome, counted: CountedOfSource): number {
    const isDone = outcome.to === 'done';
    const found = foundBy(outcome);
    if (!found && !isDone) return 0;
    const { key, seq } = outcome.item;
    const unnamed = Number(this.#unnamedOf.get(seq)?.['counted'] ?? 0);
    if (!found) {
      // The org has made a journal for this answer, whatever it has had of the item before.
      this.#setUnnamed.run(unnamed + 1, key);
      return 1;
    }
    const news = found.filter((journal) => counted.isNew(journal));
    if (news.length === 0) return 0;
    // What is done is looked up again only for a correction. It needs no Id, which saves as many as there are.
    if (!isDone) counted.add(news);
    this.#setUnnamed.run(isDone ? Math.max(unnamed, news.length) : Math.max(0, unnamed - news.length), key);
    return Math.max(0, news.length - unnamed);
  }
}

function foundBy(outcome: BareOutcome): readonly FoundJournal[] | undefined {
  return 'journals' in outcome ? outcome.journals : undefined;
}

/** For what is done together with its batch. */
function countPlain(outcome: BareOutcome, counted: CountedOfSource): number {
  const found = foundBy(outcome);
  return found ? found.filter((journal) => counted.isNew(journal)).length : +(outcome.to === 'done');
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
