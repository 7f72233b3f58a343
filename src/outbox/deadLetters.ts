import type { OutboxItem } from './item.js';

export interface DeadLetters {
  /**
   * Takes items up again, whatever run they come from: refused, parked, in conflict with the org, doubled. They become
   * `unknown`, so that they are looked up before they are sent, and belong to `into`. Returns how many.
   */
  takeUp(into: string, filter: DeadLetterFilter): Promise<number>;
  /** Returns those of these keys that the outbox (or the run) does not know. */
  unknownKeys(keys: readonly string[], run?: string): Promise<string[]>;
  /**
   * Returns the item, or `'lines'` for lines in conflict, that contradicts the org's content of a key. Returns
   * undefined if nothing does, and also while the item is open, because it is not known then whether the org has the
   * key.
   */
  contradictions(key: string): Promise<OutboxItem | 'lines' | undefined>;
  /**
   * Stores a person's decision that the org's journal is right: the key is done, and contradicting content is
   * overruled. `journalId` is undefined if the outbox knows that the org has the key.
   */
  keepOrg(into: string, key: string, journalId: string | undefined): Promise<void>;
}

/** Selects items that need a person: those of one run, with one of these keys, or with one of these codes. */
export interface DeadLetterFilter {
  /** Id of a run. */
  readonly run?: string | undefined;
  readonly keys?: readonly string[] | undefined;
  readonly codes?: readonly string[] | undefined;
}
