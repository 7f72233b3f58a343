import type { BareItem, BareOutcome, Outcome, PreparedDone } from '../../outbox/index.js';
import type { DeliveryState } from '../deliveryState.js';
import type { Ran } from './batchJobDriver.js';
import type { EndedRow, JobRows, RowFate } from './jobRows.js';
import { settledTogether } from './keepBack.js';
import { stretches } from './stretches.js';

/** What is settled. */
export interface Settling {
  /** Positions in the outbox. */
  readonly items: readonly number[];
  readonly rows: JobRows;
}

/** What decides what becomes of items. */
export interface SettlingRules {
  readonly ran: Ran;
  /** What becomes of an item that was not inserted. Undefined if it is settled elsewhere. */
  readonly otherwise: (item: BareItem, fate: RowFate) => BareOutcome | undefined;
}

/** So many journals are looked up before the answers of the org are trusted. */
const controlled = 200;

/** Stores what became of the items of a batch, in stretches of the order in which they were packed. */
export class RowSettler {
  readonly #state: DeliveryState;
  readonly #settling: Settling;
  /** What is ready to be stored if the org has run everything, by the first row of a stretch. */
  readonly #prepared = new Map<number, PreparedDone>();

  constructor(state: DeliveryState, settling: Settling) {
    this.#state = state;
    this.#settling = settling;
  }

  /** Makes ready what {@link RowSettler.settle} stores if the org runs everything, while it does. */
  async prepare(): Promise<void> {
    for await (const { first, items } of this.#stretches()) {
      const fates = this.#fatesOf(first, items);
      const done = (await this.#state.delivery.readBare(items)).flatMap((item) => {
        const journalId = fates.get(item.seq)?.journalId;
        return journalId === undefined ? [] : { item, journalId };
      });
      const prepared = done.length === items.length ? await this.#state.prepareDone(done) : undefined;
      if (prepared) this.#prepared.set(first, prepared);
    }
  }

  /** The first ones that a process confirms are looked up. */
  async settle({ ran, otherwise }: SettlingRules): Promise<void> {
    const until = this.#state.clock.monotonic();
    const outcomeOf = (item: BareItem, { fate, journalId }: EndedRow): BareOutcome | undefined => {
      if (journalId === undefined) return otherwise(item, fate);
      if (ran.hasRun(journalId)) return { item, to: 'done', journalId, found: false };
      return { item, to: 'unknown', until, ...(ran.failure && { failure: ran.failure }) };
    };
    const confirmed = await this.#confirmFirst(ran);
    for await (const { first, items } of this.#stretches()) {
      const prepared = ran.isAll && !items.some((item) => confirmed.has(item)) ? this.#prepared.get(first) : undefined;
      if (prepared && (await this.#state.settlePrepared(prepared))) continue;
      const fates = this.#fatesOf(first, items);
      const bare = await this.#state.delivery.readBare(items.filter((item) => fates.has(item)));
      const outcomes = bare.flatMap((item) => {
        const ended = fates.get(item.seq);
        return confirmed.get(item.seq) ?? (ended && outcomeOf(item, ended)) ?? [];
      });
      await this.#state.settle(outcomes);
    }
  }

  async *#stretches(): AsyncGenerator<{ readonly first: number; readonly items: readonly number[] }> {
    let first = 0;
    for await (const items of stretches(this.#settling.items, settledTogether)) {
      yield { first, items };
      first += items.length;
    }
  }

  /** Returns what became of the rows of these items, the first of which has this row. */
  #fatesOf(first: number, items: readonly number[]): Map<number, EndedRow> {
    const fates = this.#settling.rows.fatesFrom(first, items.length);
    return new Map([...fates].map(([row, fate]) => [items[row - first] ?? NaN, fate]));
  }

  /** Looks the first journals up that have run. Returns what became of their items. */
  async #confirmFirst(ran: Ran): Promise<ReadonlyMap<number, Outcome>> {
    const { items, rows } = this.#settling;
    const first = rows
      .journals()
      .filter(({ journalId }) => ran.hasRun(journalId))
      .take(controlled)
      .toArray();
    const whole = await this.#state.delivery.read(first.flatMap(({ row }) => items[row] ?? []));
    const done = whole.map((item, index): Outcome => ({
      item,
      to: 'done',
      journalId: first[index]?.journalId,
      found: false,
    }));
    return new Map((await this.#state.confirmed(done)).map((outcome) => [outcome.item.seq, outcome]));
  }
}
