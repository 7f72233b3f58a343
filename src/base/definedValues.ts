/** Drops keys without a value, so that they do not hide a value of the same name elsewhere. */
export function definedValues<T extends object>(values: T): Partial<T> {
  const entries = Object.entries(values as Record<string, unknown>).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<T>;
}
