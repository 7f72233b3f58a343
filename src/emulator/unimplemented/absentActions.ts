/** Standard actions of the Loyalty Management guide that this org does not have, with the first API version of each. */
export const absentActions: ReadonlyMap<string, number> = new Map();

/** Whether an org has the action in that API version, although this one does not. */
export function isAbsentAction(name: string, version: number): boolean {
  return version >= (absentActions.get(name) ?? Infinity);
}
