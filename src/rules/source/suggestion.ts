import { nearest } from '../../base/text/nearest.js';
import { namesText } from '../../base/text/namesText.js';

/** Comparing more or longer names than these takes too long. */
const mostCompared = 1000;
const longest = 200;
/** So many names are listed if none is similar. */
const mostListed = 12;

/** Returns what follows a wrong name: `; did you mean "Points"?`, `; known are "A", "B"`, or nothing. */
export function suggestion(name: string, names: readonly string[]): string {
  const candidates = names.filter(({ length }) => length <= longest).slice(0, mostCompared);
  const meant = name.length > longest ? undefined : nearest(name, candidates);
  if (meant !== undefined) return `; did you mean "${meant}"?`;
  if (names.length === 0 || names.length > mostListed) return '';
  return `; known ${names.length === 1 ? 'is' : 'are'} ${namesText(names)}`;
}

/** Returns `a, b or c`. */
export function alternatives(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}
