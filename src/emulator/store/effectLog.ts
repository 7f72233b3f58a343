import type { Clock } from '../../base/clock.js';
import type { FieldDefinition } from '../../contract/sobject.js';
import type { StoredValue } from './values/coerceValue.js';
import type { ModelField, SObjectType } from './model/objectModel.js';
import type { Change, StoreWatch } from './storeObserver.js';

/** One committed change of one row. */
export interface Effect {
  /** 1, 2, 3 … in the order in which the changes became visible. */
  readonly sequence: number;
  /** The same for all changes that became visible together. */
  readonly transaction: number;
  /** Time of the commit by the org's clock: ISO 8601 with milliseconds. */
  readonly at: string;
  readonly object: string;
  readonly operation: Change['operation'];
  /** Id of the row, 18 characters. */
  readonly id: string;
  /** Key fields that the change wrote, in their stored form. Other fields are only in the row. */
  readonly fields: Readonly<Record<string, StoredValue>>;
}

export interface EffectOptions {
  /** Maximum number of effects to keep. The oldest are dropped first. Default: all are kept. */
  readonly limit?: number | undefined;
  /**
   * Which fields of an object its effects keep: `{ TransactionJournal: ['MemberId', 'Status'] }`. By default,
   * references to a member, unique fields, External IDs, and the two numbers that identify a feed's rows.
   */
  readonly fields?: Readonly<Record<string, readonly string[]>> | undefined;
}

/**
 * All committed changes of an org, in order. With them a checker can prove that no change was lost or made twice and
 * that each member's order was kept, even for rows that were later changed again or deleted.
 */
export class EffectLog implements StoreWatch, Iterable<Effect> {
  readonly #keyFields = new Map<SObjectType, readonly ModelField[]>();
  readonly #pending: Change[] = [];
  /** For each open transaction, outermost first: the number of changes made before it began. */
  readonly #marks: number[] = [];
  #effects: Effect[] = [];
  #sequence = 0;
  #transaction = 0;

  readonly #clock: Clock;
  readonly #options: EffectOptions;
  readonly #isKept: (definition: FieldDefinition, name: string) => boolean;

  constructor(
    clock: Clock,
    options: EffectOptions,
    /** Which fields are kept unless the options name them. */
    isKept: (definition: FieldDefinition, name: string) => boolean,
  ) {
    this.#clock = clock;
    this.#options = options;
    this.#isKept = isKept;
  }

  /** Number of effects so far, including the dropped ones. */
  get total(): number {
    return this.#sequence;
  }

  /** Returns a copy of the kept effects with a higher sequence number than `sequence`, oldest first. */
  after(sequence: number): readonly Effect[] {
    const { limit = Infinity } = this.#options;
    const first = Math.max(sequence, this.#sequence - limit);
    return this.#effects.slice(Math.max(0, this.#effects.length - (this.#sequence - first)));
  }

  [Symbol.iterator](): Iterator<Effect> {
    return this.after(0)[Symbol.iterator]();
  }

  writing(change: Change): void {
    this.#pending.push(change);
  }

  began(): void {
    this.#marks.push(this.#pending.length);
  }

  kept(): void {
    this.#marks.pop();
    if (this.#marks.length === 0) this.#publish();
  }

  undone(): void {
    this.#pending.length = this.#marks.pop() ?? 0;
  }

  #publish(): void {
    if (this.#pending.length === 0) return;
    this.#transaction += 1;
    const at = new Date(this.#clock.now()).toISOString();
    for (const change of this.#pending) this.#effects.push(this.#toEffect(change, at));
    this.#pending.length = 0;
    const { limit = Infinity } = this.#options;
    // Not done for every change, because removing effects from the front copies all the others.
    if (this.#effects.length > 2 * limit) this.#effects = this.#effects.slice(this.#effects.length - limit);
  }

  #toEffect({ operation, type, id, values }: Change, at: string): Effect {
    this.#sequence += 1;
    const fields: Record<string, StoredValue> = {};
    for (const field of this.#keyFieldsOf(type)) {
      const value = values.get(field);
      if (value !== undefined) fields[field.name] = value;
    }
    return { sequence: this.#sequence, transaction: this.#transaction, at, object: type.name, operation, id, fields };
  }

  #keyFieldsOf(type: SObjectType): readonly ModelField[] {
    let fields = this.#keyFields.get(type);
    if (!fields) {
      const names = this.#options.fields?.[type.name];
      fields = type.fields.filter((field) => names?.includes(field.name) ?? this.#isKept(field.definition, field.name));
      this.#keyFields.set(type, fields);
    }
    return fields;
  }
}
