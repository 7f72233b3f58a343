/**
 * Whether a day lies in a period, both ends included. Days are `2026-04-02`. Without a start the period has begun, and
 * without an end it does not end.
 */
export function isInPeriod(day: string, start: string | null, end: string | null): boolean {
  return (start ?? '') <= day && (!end || day <= end);
}
