const secondsOfDay = 24 * 60 * 60;

/** How busy the months are, from January. */
const months = [0.85, 0.8, 0.9, 0.95, 1, 1.05, 1.1, 0.95, 1, 1.05, 1.2, 1.5];
/** How busy the days of the week are, from Sunday. */
const weekdays = [0.8, 0.85, 0.9, 0.95, 1, 1.3, 1.4];
/** How busy the hours are, from midnight. */
const hours = [0, 0, 0, 0, 0, 0, 1, 3, 5, 4, 4, 6, 8, 6, 4, 4, 5, 7, 6, 4, 2, 1, 0, 0];
const wholeDay = hours.reduce((sum, each) => sum + each, 0);

/**
 * Yields the times of purchases in order, in seconds since 1970: many in busy seasons, days of the week and hours, few
 * in others. All are within the days.
 */
export function* purchaseTimes({ rows, firstDay, days }: { rows: number; firstDay: number; days: number }) {
  const weights = Array.from({ length: days }, (_, day) => busyness(firstDay + day));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let day = 0;
  let before = 0;
  for (let row = 0; row < rows; row++) {
    const target = ((row + 0.5) / rows) * total;
    while (day < days - 1 && before + (weights[day] ?? 0) <= target) before += weights[day++] ?? 0;
    const part = Math.min(1, (target - before) / (weights[day] ?? 1));
    yield (firstDay + day) * secondsOfDay + secondAt(part);
  }
}

/** Splits a time, in seconds since 1970, into UTC day, day of the week (0 is Sunday) and hour. */
export function momentOf(time: number): { readonly day: number; readonly weekday: number; readonly hour: number } {
  const day = Math.floor(time / secondsOfDay);
  return { day, weekday: weekdayOf(day), hour: Math.floor((time - day * secondsOfDay) / 3600) };
}

export function daysLater(time: number, days: number): number {
  return time + days * secondsOfDay;
}

function busyness(day: number): number {
  const month = new Date(day * secondsOfDay * 1000).getUTCMonth();
  return (months[month] ?? 1) * (weekdays[weekdayOf(day)] ?? 1);
}

/** 1970-01-01 was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** The second of a day before which this part of its purchases is made, 0 to 1. */
function secondAt(part: number): number {
  let rest = part * wholeDay;
  const hour = hours.findIndex((weight) => {
    if (rest < weight) return true;
    rest -= weight;
    return false;
  });
  if (hour === -1) return secondsOfDay - 1;
  return hour * 3600 + Math.min(3599, Math.floor((rest / (hours[hour] ?? 1)) * 3600));
}
