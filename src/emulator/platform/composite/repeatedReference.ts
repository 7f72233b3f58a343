/** Returns the texts that occur more than once. */
export function repeated(texts: Iterable<string | undefined>): ReadonlySet<string> {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const text of texts) {
    if (text === undefined) continue;
    if (seen.has(text)) again.add(text);
    seen.add(text);
  }
  return again;
}
