/** Returns the most similar name if it is similar enough to be the intended one. Case is ignored. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let least = Math.max(2, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of names) {
    const edits = distance(wanted, candidate.toLowerCase());
    if (edits < least) {
      least = edits;
      best = candidate;
    }
  }
  return best;
}

const mostCompared = 100;

/** Returns the name that was probably meant. Does not look through many or long names, because that takes time. */
export function meantName(name: string, names: readonly string[]): string | undefined {
  if (name.length > mostCompared || names.length > mostCompared) return undefined;
  return nearest(
    name,
    names.filter(({ length }) => length <= mostCompared),
  );
}

/** Returns the Levenshtein distance: the number of insertions, deletions and replacements between two texts. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
