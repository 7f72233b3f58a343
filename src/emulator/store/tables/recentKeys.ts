import type { StoredValue } from '../values/coerceValue.js';
import { isKey } from '../model/objectModel.js';
import type { ModelField } from '../model/objectModel.js';

const mostKept = 50_000;

/**
 * Results of key look-ups since the last write to one object. A feed refers to the same parents repeatedly, and an
 * upsert looks up its key twice: once to find the row and once to check uniqueness.
 *
 * Only keys are kept, because they change only when the object itself is written.
 */
export class RecentKeys {
  readonly #byField = new Map<ModelField, Map<StoredValue, readonly string[]>>();
  #kept = 0;

  get(field: ModelField, value: StoredValue): readonly string[] | undefined {
    return this.#kept === 0 ? undefined : this.#byField.get(field)?.get(value);
  }

  set(field: ModelField, value: StoredValue, ids: readonly string[]): void {
    if (!isKey(field) && field.definition.unique !== true) return;
    if (this.#kept >= mostKept) this.clear();
    const byValue = this.#byField.get(field) ?? new Map<StoredValue, readonly string[]>();
    this.#byField.set(field, byValue.set(value, ids));
    this.#kept += 1;
  }

  clear(): void {
    if (this.#kept === 0) return;
    this.#byField.clear();
    this.#kept = 0;
  }
}
