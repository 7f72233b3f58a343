import { z } from 'zod';

/** A date-time with or without an offset. The org would answer to anything else with a sentence of its parser. */
export const LocalDateTime = z.iso.datetime({
  local: true,
  offset: true,
  error: 'it is neither yyyy-MM-dd nor yyyy-MM-ddTHH:mm:ss',
});

/** Adds midnight to a date. */
export function withTime(text: string): string {
  return text.length === 10 ? `${text}T00:00:00` : text;
}

/** Whether a text is a date or a {@link LocalDateTime}. */
export function isLocalDateTime(text: string): boolean {
  return LocalDateTime.safeParse(withTime(text)).success;
}

/** A date or date-time as ISO 8601 in UTC, which it is in unless it has an offset. Undefined for any other text. */
export function utcDateTime(text: string): string | undefined {
  if (!isLocalDateTime(text)) return undefined;
  const time = withTime(text);
  return new Date(/(Z|[+-]\d\d:?\d\d)$/.test(time) ? time : `${time}Z`).toISOString();
}
