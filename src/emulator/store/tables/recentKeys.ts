import type { Stored } from '../values/coerce.js';
import { type Field, isKey } from '../model/objectModel.js';

const mostKept = 50_000;

/**
 * Which rows of one object have which key, as looked up since the object was last written: a feed names the same parents
 * over and over, and an upsert looks for its key twice, once for the row and once for uniqueness.
 *
 * Only keys: nothing but a write to the object itself changes them.
 */
export class RecentKeys {
  readonly #byField = new Map<Field, Map<Stored, readonly string[]>>();
  #kept = 0;

  public get(field: Field, value: Stored): readonly string[] | undefined {
    return this.#kept === 0 ? undefined : this.#byField.get(field)?.get(value);
  }

  public set(field: Field, value: Stored, ids: readonly string[]): void {
    if (!isKey(field) && field.definition.unique !== true) return;
    if (this.#kept >= mostKept) this.clear();
    const byValue = this.#byField.get(field) ?? new Map<Stored, readonly string[]>();
    this.#byField.set(field, byValue.set(value, ids));
    this.#kept += 1;
  }

  public clear(): void {
    if (this.#kept === 0) return;
    this.#byField.clear();
    this.#kept = 0;
  }
}
