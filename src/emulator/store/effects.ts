import type { Clock } from '../../base/clock.js';
import type { FieldDefinition } from '../../contract/sobject.js';
import type { Stored } from './values/coerce.js';
import type { Field, SObjectType } from './model/objectModel.js';
import type { Change, StoreWatch } from './watch.js';

/** One committed change of one row. */
export interface Effect {
  /** 1, 2, 3 … in the order in which the changes became visible. */
  readonly sequence: number;
  /** The same for all changes that became visible together. */
  readonly transaction: number;
  /** When: ISO 8601 with milliseconds, by the org's clock. */
  readonly at: string;
  readonly object: string;
  readonly operation: Change['operation'];
  /** Of the row, 18 characters. */
  readonly id: string;
  /** Key fields that were written, as stored. What else the row says is in the row. */
  readonly fields: Readonly<Record<string, Stored>>;
}

export interface EffectOptions {
  /** Most effects that are kept; the oldest are forgotten first. Default: all. */
  readonly limit?: number | undefined;
  /**
   * `{ TransactionJournal: ['MemberId', 'Status'] }`: which fields of an object are kept with its effects. Default for
   * any object: those that point to a member, that are unique or an External ID, and the two numbers that feeds are
   * keyed by.
   */
  readonly fields?: Readonly<Record<string, readonly string[]>> | undefined;
}

/**
 * Every committed change of an org, in order: what a checker needs to prove that nothing was lost, nothing came twice,
 * and the order per member was kept, also for what was changed again or deleted later.
 */
export class EffectLog implements StoreWatch, Iterable<Effect> {
  readonly #keyFields = new Map<SObjectType, readonly Field[]>();
  readonly #pending: Change[] = [];
  /** For each transaction under way, outermost first: how many changes came before it. */
  readonly #marks: number[] = [];
  #effects: Effect[] = [];
  #sequence = 0;
  #transaction = 0;

  public constructor(
    private readonly clock: Clock,
    private readonly options: EffectOptions,
    /** Which fields are kept unless the options name them. */
    private readonly isKept: (definition: FieldDefinition, name: string) => boolean,
  ) {}

  /** How many there have been, forgotten ones included. */
  public get total(): number {
    return this.#sequence;
  }

  /** Those that are kept with a sequence above `sequence`, oldest first, as the log stands now. */
  public after(sequence: number): readonly Effect[] {
    const { limit = Infinity } = this.options;
    const first = Math.max(sequence, this.#sequence - limit);
    return this.#effects.slice(Math.max(0, this.#effects.length - (this.#sequence - first)));
  }

  public [Symbol.iterator](): Iterator<Effect> {
    return this.after(0)[Symbol.iterator]();
  }

  public writing(change: Change): void {
    this.#pending.push(change);
  }

  public began(): void {
    this.#marks.push(this.#pending.length);
  }

  public kept(): void {
    this.#marks.pop();
    if (this.#marks.length === 0) this.#publish();
  }

  public undone(): void {
    this.#pending.length = this.#marks.pop() ?? 0;
  }

  #publish(): void {
    if (this.#pending.length === 0) return;
    this.#transaction += 1;
    const at = new Date(this.clock.now()).toISOString();
    for (const change of this.#pending) this.#effects.push(this.#toEffect(change, at));
    this.#pending.length = 0;
    const { limit = Infinity } = this.options;
    // Not at every change: cutting off the front moves all the rest.
    if (this.#effects.length > 2 * limit) this.#effects = this.#effects.slice(this.#effects.length - limit);
  }

  #toEffect({ operation, type, id, values }: Change, at: string): Effect {
    this.#sequence += 1;
    const fields: Record<string, Stored> = {};
    for (const field of this.#keyFieldsOf(type)) {
      const value = values.get(field);
      if (value !== undefined) fields[field.name] = value;
    }
    return { sequence: this.#sequence, transaction: this.#transaction, at, object: type.name, operation, id, fields };
  }

  #keyFieldsOf(type: SObjectType): readonly Field[] {
    let fields = this.#keyFields.get(type);
    if (!fields) {
      const names = this.options.fields?.[type.name];
      fields = type.fields.filter((field) => names?.includes(field.name) ?? this.isKept(field.definition, field.name));
      this.#keyFields.set(type, fields);
    }
    return fields;
  }
}
