import { IANAZone } from 'luxon';

const hour = 60 * 60 * 1000;
/** More than the hours of a feed of two years. */
const mostHours = 20_000;

/** Offsets at full hours, by zone. Asking Luxon takes longer than reading the rest of a row. */
const offsets = new Map<string, Map<number, number>>();

/**
 * Returns how many minutes a zone is ahead of UTC at an instant. If the offset is the same at the beginning and at the
 * end of the hour (of UTC), it is the same within that hour.
 */
export function zoneOffset(zone: string, time: number): number {
  const first = Math.floor(time / hour);
  const offset = offsetAtHour(zone, first);
  return offset === offsetAtHour(zone, first + 1) ? offset : IANAZone.create(zone).offset(time);
}

function offsetAtHour(zone: string, hours: number): number {
  const known = offsets.get(zone) ?? new Map<number, number>();
  const seen = known.get(hours);
  if (seen !== undefined) return seen;
  const offset = IANAZone.create(zone).offset(hours * hour);
  if (known.size >= mostHours) known.clear();
  offsets.set(zone, known.set(hours, offset));
  return offset;
}
