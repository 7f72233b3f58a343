const daysOfMonths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Returns the milliseconds of a written time as if it were UTC. Returns undefined if there is no such time, and for times
 * that need a closer look: 24:00, and years below 100.
 *
 * @param parts year, month, day, and as much of hour, minute and second as is written
 */
export function wallTime(parts: readonly number[]): number | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const isLeapDay = month === 2 && day === 29 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const isDay = day >= 1 && (day <= (daysOfMonths[month - 1] ?? 0) || isLeapDay);
  if (!isDay || year < 100 || hour > 23 || minute > 59 || second > 59) return undefined;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Index of the part that a token of a format stands for. */
const partOfToken: Readonly<Record<string, number>> = {
  yyyy: 0,
  M: 1,
  MM: 1,
  d: 2,
  dd: 2,
  H: 3,
  HH: 3,
  m: 4,
  mm: 4,
  s: 5,
  ss: 5,
};

/**
 * Compiles a date format of numbers alone, such as `d/M/yyyy HH:mm`, to a function that returns what {@link wallTime}
 * returns, or undefined if a text has another form. Returns undefined for any other format. Luxon reads these formats too,
 * in ten times the time.
 */
export function numericFormat(format: string): ((text: string) => number | undefined) | undefined {
  const pieces = format.match(/([a-z])\1*|[^a-z]/gi) ?? [];
  const tokens = pieces.filter((piece) => !/[-/.:, ]/.test(piece));
  const places = tokens.flatMap((token) => partOfToken[token] ?? []);
  const hasDay = [0, 1, 2].every((part) => places.includes(part));
  if (!hasDay || places.length < tokens.length || new Set(places).size < places.length) return undefined;
  const pattern = new RegExp(`^${pieces.map(patternOf).join('')}$`);
  return (text) => {
    const match = pattern.exec(text);
    if (match === null) return undefined;
    const parts = [0, 0, 0, 0, 0, 0];
    for (let index = 0; index < places.length; index++) parts[places[index] ?? 0] = Number(match[index + 1]);
    return wallTime(parts);
  };
}

function patternOf(piece: string): string {
  if (!(piece in partOfToken)) return `\\${piece}`;
  return piece.length === 1 ? '(\\d{1,2})' : `(\\d{${piece.length}})`;
}
