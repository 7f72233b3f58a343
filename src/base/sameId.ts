/** Returns whether two Ids identify the same record. Each may have 15 or 18 characters. */
export function isSameId(a: string, b: string | null | undefined): boolean {
  return a.slice(0, 15) === b?.slice(0, 15);
}
