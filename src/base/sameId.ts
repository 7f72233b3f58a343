/** Returns the 15 characters that identify a record. The other three of an Id are a checksum. */
export function shortId(id: string): string {
  return id.slice(0, 15);
}

/** Returns whether two Ids identify the same record. Each may have 15 or 18 characters. */
export function isSameId(a: string, b: string | null | undefined): boolean {
  return shortId(a) === b?.slice(0, 15);
}
