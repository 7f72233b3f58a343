import { zoneOffset } from './zoneOffset.js';

/** Returns the day, `yyyy-MM-dd`, on which a moment is in a zone. @param time milliseconds since the epoch */
export function dayInZone(time: number, zone: string): string {
  return new Date(time + zoneOffset(zone, time) * 60_000).toISOString().slice(0, 10);
}
