/** Returns one column as it is, and several as a list in YAML. */
export function oneOrList(columns: readonly string[]): string {
  return columns.length === 1 ? columns.join('') : `[${columns.join(', ')}]`;
}
