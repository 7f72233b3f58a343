import type { DoneJournal, MemberShare, PreparedDone } from '../item.js';
import { journalsBySource } from './journalCounter.js';
import type { OutcomeParts } from './outcomeWriter.js';
import { mostOfJob } from './payloads.js';

/** The answer to a batch, and what it changes in memory. */
interface PreparedBatch {
  readonly batch: number;
  readonly seqs: readonly number[];
  /** The answer as it is stored. */
  readonly done: string;
  /** How many items follow each other for each member. */
  readonly members: readonly MemberShare[];
}

class PreparedBatches implements PreparedDone {
  constructor(
    readonly items: number,
    readonly batches: readonly PreparedBatch[],
    /** Journals that they bring, by source. */
    readonly brought: ReadonlyMap<string, number>,
  ) {}
}

/** Makes the answers to batches ready before the org has done everything in them, and stores them when it has. */
export class PreparedAnswers {
  readonly #parts: Omit<OutcomeParts, 'states'>;

  constructor(parts: Omit<OutcomeParts, 'states'>) {
    this.#parts = parts;
  }

  /** Changes nothing. Returns undefined if these items are not exactly what is under way of their batches. */
  prepare(done: readonly DoneJournal[]): PreparedDone | undefined {
    const { log } = this.#parts;
    const batches: PreparedBatch[] = [];
    for (const [batch, all] of Map.groupBy(done, ({ item }) => log.batchOf(item.seq))) {
      if (batch === undefined || log.itemsOf(batch).size !== all.length) return undefined;
      const journals = Object.fromEntries(all.map(({ item, journalId }) => [item.seq, journalId]));
      const seqs = all.map(({ item }) => item.seq);
      batches.push({ batch, seqs, done: JSON.stringify(journals), members: sharesOf(all) });
    }
    return new PreparedBatches(done.length, batches, journalsBySource(done.map(({ item }) => item)));
  }

  /**
   * Stores these answers. Must be called within a transaction. Returns the number of journals by source, or undefined if
   * an item has left its batch meanwhile: nothing is changed then.
   */
  store(prepared: PreparedDone): ReadonlyMap<string, number> | undefined {
    if (!(prepared instanceof PreparedBatches) || !prepared.batches.every((each) => this.#isUnchanged(each))) {
      return undefined;
    }
    for (const each of prepared.batches) this.#store(each);
    const { openItems, payloads } = this.#parts;
    if (openItems.open === 0) payloads.dropWaiting();
    return prepared.brought;
  }

  #isUnchanged({ batch, seqs }: PreparedBatch): boolean {
    const sent = this.#parts.log.itemsOf(batch);
    return sent.size === seqs.length && seqs.every((seq) => sent.has(seq));
  }

  #store({ batch, seqs, done, members }: PreparedBatch): void {
    const { log, openItems, payloads } = this.#parts;
    log.answerNamed(batch, done, seqs.length);
    let at = 0;
    for (const { member, items } of members) {
      for (const seq of seqs.slice(at, at + items)) openItems.end({ seq, member });
      at += items;
    }
    payloads.dropLater(seqs, mostOfJob);
  }
}

function sharesOf(done: readonly DoneJournal[]): MemberShare[] {
  const shares: { member: string; items: number }[] = [];
  for (const { item } of done) {
    const last = shares.at(-1);
    if (last?.member === item.member) last.items += 1;
    else shares.push({ member: item.member, items: 1 });
  }
  return shares;
}
