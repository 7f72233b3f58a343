/** Reads a number that an org sends as a number or as text. Null where there is none, also for an empty text. */
export function numberOrNull(value: string | number | null | undefined): number | null {
  return value === null || value === undefined || value === '' ? null : Number(value);
}
