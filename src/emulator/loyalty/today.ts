import { DateTime } from 'luxon';
import type { Org } from '../org.js';

/** Today in the time zone of the org: `yyyy-MM-dd`. */
export function todayIn({ clock, settings }: Org): string {
  return DateTime.fromMillis(clock.now(), { zone: settings.timeZone }).toISODate() ?? '';
}
