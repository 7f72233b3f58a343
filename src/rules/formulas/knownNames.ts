import type { DataType } from '../programRules.js';

/** What an expression may refer to. A set of names is one; capitals make a difference. */
export interface KnownNames {
  has(name: string): boolean;
  /** What errors propose instead of a name that is not known. */
  values(): Iterable<string>;
  /** Of a text, because a blank text is no blank number: 0 joined with a text would be an error. Undefined: unknown. */
  typeOf?(name: string): DataType | undefined;
}
