const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const places = digits.length ** 2;

/**
 * Assigns a key prefix to each custom object: `a` and two more characters, as in an org. An org assigns them in order
 * of creation. Here they are derived from the name, so a data folder stays valid when an object is added.
 *
 * @param names custom objects, in an order that is the same in every run
 */
export function keyPrefixes(names: readonly string[], taken: ReadonlySet<string>): Map<string, string> {
  const used = new Set(taken);
  const prefixes = new Map<string, string>();
  for (const name of names) {
    let place = placeOf(name);
    while (used.has(prefixAt(place))) place += 1;
    used.add(prefixAt(place));
    prefixes.set(name, prefixAt(place));
  }
  return prefixes;
}

/** Hashes the name with FNV-1a. */
function placeOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const character of name.toLowerCase()) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return (hash >>> 0) % places;
}

function prefixAt(place: number): string {
  const rest = place % places;
  return `a${digits.charAt(Math.floor(rest / digits.length))}${digits.charAt(rest % digits.length)}`;
}
