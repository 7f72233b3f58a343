const hour = 3_600_000;

/** A span of days as the org stores it: `yyyy-MM-dd`, both ends included. Null means open. */
export interface Period {
  readonly start: string | null;
  readonly end: string | null;
}

/**
 * Returns whether `now` (milliseconds) is within the period in any time zone. The org's days are in its own time zone,
 * which is between UTC-12 and UTC+14 and not known here.
 */
export function isCurrent({ start, end }: Period, now: number): boolean {
  const begun = start === null || start <= dayAt(now + 14 * hour);
  return begun && (end === null || end >= dayAt(now - 12 * hour));
}

function dayAt(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
