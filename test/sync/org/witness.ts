import { expect } from 'chai';
import { itemStates } from '../../../src/outbox/index.js';
import type { IntakeChunk, ItemState, Outbox, Outcome } from '../../../src/outbox/index.js';
import type { KeyModel, SeenItem } from './keyModel.js';
import type { Marks } from './marks.js';

type Method = (...values: never[]) => Promise<unknown>;

/**
 * Stands between an engine and its outbox and sees every change of state, even by processes that die right after it.
 * Every group of rows is compared with the model of the table "The same key again".
 */
export class Witness {
  readonly #marks: Marks;
  readonly #model: KeyModel;
  readonly #items = new Map<string, SeenItem>();
  /** Keys that were ever refused, replaced or given to a person. The order of the feed does not apply to them. */
  readonly irregular = new Set<string>();
  /** How the rows of each run must be counted. */
  readonly expected = new Map<string, Partial<Record<string, number>>>();
  /** In order. */
  readonly runs: string[] = [];
  /**
   * Contradictions between the model and the engine. They are thrown at once, and kept in case the engine swallows
   * them.
   */
  readonly contradictions: string[] = [];

  constructor(marks: Marks, model: KeyModel) {
    this.#marks = marks;
    this.#model = model;
  }

  seen(key: string): SeenItem | undefined {
    return this.#items.get(key);
  }

  get items(): ReadonlyMap<string, SeenItem> {
    return this.#items;
  }

  /**
   * Returns the same outbox, watched. `below` is what its callers get, because another version of the engine can be in
   * between.
   */
  watch(outbox: Outbox, truth: Outbox = outbox): Outbox {
    const all = async (): Promise<void> => this.#look(truth, this.runs);
    return around(outbox, {
      runs: around(outbox.runs, {
        begin: async (begin) => {
          const run = (await begin()) as { id: string };
          this.runs.push(run.id);
          for (const { key, state } of truth.runs.items(run.id, itemStates)) {
            const before = this.seen(key)?.state;
            if (before !== state)
              throw new Error(`A run began, and ${key} became ${state} from ${before ?? 'nothing'}.`);
          }
          return run;
        },
      }),
      sources: around(outbox.sources, {
        doubtReady: async (doubt) => {
          const doubted = await doubt();
          await all();
          return doubted;
        },
      }),
      intake: around(outbox.intake, {
        accept: (accept, chunk: IntakeChunk) => this.#accept(accept, chunk, truth),
      }),
      delivery: around(outbox.delivery, {
        recover: async (recover) => {
          await recover();
          await all();
        },
        checkedMembers: async (check) => {
          const ended = await check();
          await all();
          return ended;
        },
        pack: async (pack) => this.#sent((await pack()) as { items: readonly { key: string; attempts: number }[] }[]),
        repack: async (repack) => {
          const batch = (await repack()) as { items: readonly { key: string; attempts: number }[] };
          this.#sent([batch]);
          return batch;
        },
        settle: async (settle, outcomes: readonly Outcome[]) => {
          await settle();
          for (const outcome of outcomes) this.#settled(outcome);
        },
      }),
      deadLetters: around(outbox.deadLetters, {
        takeUp: async (takeUp) => {
          const taken = await takeUp();
          await all();
          return taken;
        },
        keepOrg: async (keepOrg, _run: string, key: string) => {
          const isDone = this.seen(key)?.state === 'done';
          await keepOrg();
          await all();
          this.#model.keepOrg(key, isDone);
          this.#marks.met(`decision: keep the org's content ${isDone ? 'against lines' : 'against an item'}`);
        },
      }),
    });
  }

  async #accept(accept: () => Promise<unknown>, chunk: IntakeChunk, truth: Outbox): Promise<void> {
    const expected = this.#model.accept(chunk, (key) => this.seen(key), keysOf(truth, chunk.run));
    this.#remember(chunk, expected);
    const before = (await truth.runs.counts(chunk.run)).transactions;
    await accept();
    const after = (await truth.runs.counts(chunk.run)).transactions;
    this.#look(truth, [chunk.run]);
    const names = Object.keys(after) as (keyof typeof after)[];
    const counted = Object.fromEntries(
      names.map((name) => [name, after[name] - before[name]]).filter(([, n]) => n !== 0),
    );
    try {
      const made = chunk.transactions.length;
      expect(counted, `rows of ${chunk.feed}`).to.deep.equal({ ...expected, ...(made > 0 && { made }) });
    } catch (error) {
      this.contradictions.push(String(error));
      throw error;
    }
  }

  #remember({ run, transactions }: IntakeChunk, counts: Partial<Record<string, number>>): void {
    const sum = { ...this.expected.get(run) };
    for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + (count ?? 0);
    this.expected.set(run, sum);
    if (!counts['corrected']) return;
    for (const { transaction } of transactions)
      if (this.#model.wasCorrected(transaction.key)) this.irregular.add(transaction.key);
  }

  #sent(batches: { items: readonly { key: string; attempts: number }[] }[]): typeof batches {
    for (const { key, attempts } of batches.flatMap(({ items }) => items)) {
      this.#note(key, { state: 'sent', code: this.seen(key)?.code, attempts });
    }
    return batches;
  }

  #settled(outcome: Outcome): void {
    const { item, to } = outcome;
    this.#note(item.key, { state: to, code: codeOf(outcome), attempts: item.attempts });
    if (to === 'done' && outcome.found) this.#marks.met(`found: ${outcome.cancelled ? 'cancelled' : 'done'}`);
    else if (to === 'done' && item.state === 'unknown') this.#marks.met('found: our own');
    else if ('code' in outcome && found.has(outcome.code)) this.#marks.met(`found: ${outcome.code}`);
  }

  /** Reads the current items of these runs. Items of earlier runs are in the past. */
  #look(truth: Outbox, runs: readonly string[]): void {
    const present = new Map<string, SeenItem>();
    for (const run of runs) {
      for (const { key, state, code, attempts } of truth.runs.items(run, itemStates)) {
        if (state !== 'replaced') present.set(key, { state, code, attempts });
      }
    }
    for (const [key, item] of present) this.#note(key, item);
  }

  #note(key: string, item: SeenItem): void {
    this.#mark(this.seen(key)?.state, item.state);
    if (!regular.has(item.state)) this.irregular.add(key);
    this.#items.set(key, item);
  }

  #mark(from: ItemState | undefined, to: ItemState): void {
    if (from !== to) this.#marks.met(`state: ${from ?? 'none'} → ${to}`);
  }
}

const regular: ReadonlySet<ItemState> = new Set(['ready', 'sent', 'unknown', 'done']);

const found = new Set([
  'JOURNAL_ERROR',
  'PENDING_IN_ORG',
  'STATUS_IN_ORG',
  'CONFLICT_IN_ORG',
  'FAILED_WITH_OTHER_CONTENT',
  'DOUBLED',
]);

function keysOf({ runs }: Outbox, run: string): ReadonlySet<string> {
  const items = [...runs.items(run, itemStates)];
  return new Set(items.flatMap(({ key, state }) => (state === 'replaced' ? [] : key)));
}

function codeOf(outcome: Outcome): string | undefined {
  if ('code' in outcome) return outcome.code;
  return 'failure' in outcome ? outcome.failure?.code : undefined;
}

type Around = (proceed: () => Promise<unknown>, ...values: never[]) => Promise<unknown>;

/** Returns an object in which some methods are wrapped and some members are replaced. */
export function around<T extends object>(target: T, others: Readonly<Record<string, Around | object>>): T {
  return new Proxy(target, {
    get(_, name): unknown {
      const member: unknown = Reflect.get(target, name, target);
      const other = others[String(name)];
      if (typeof other === 'object') return other;
      if (typeof member !== 'function') return member;
      const proceed = (...values: never[]): Promise<unknown> => Reflect.apply(member as Method, target, values);
      if (!other) return proceed;
      return (...values: never[]) => other(() => proceed(...values), ...values);
    },
  });
}
