import { DateTime } from 'luxon';
import type { DateTimeUnit } from 'luxon';

/** From the start of the first day (included) to the start of the day after the last, in the user's time zone. */
export interface DateRange {
  readonly from: DateTime;
  readonly to: DateTime;
}

type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year';

/** `count` whole units. The first is `start` units away from the current one. */
interface Span {
  readonly unit: Unit;
  readonly start: number;
  readonly count: number;
}

const daySpans: Readonly<Record<string, Span>> = {
  YESTERDAY: { unit: 'day', start: -1, count: 1 },
  TODAY: { unit: 'day', start: 0, count: 1 },
  TOMORROW: { unit: 'day', start: 1, count: 1 },
  LAST_90_DAYS: { unit: 'day', start: -90, count: 91 },
  NEXT_90_DAYS: { unit: 'day', start: 1, count: 90 },
};

/**
 * Returns the range of `TODAY`, `LAST_MONTH`, `LAST_N_DAYS:7` or another date literal; undefined for any other text.
 *
 * The last n days include today, and the next n days begin tomorrow. The last n weeks, months and so on leave out the
 * current one (SOQL reference, "Date Formats and Date Literals"). The fiscal year begins in January, the platform's
 * default. Weeks begin on Sunday, as in the locale en_US.
 */
export function dateLiteralRange(literal: string, now: Date, timeZone: string): DateRange | undefined {
  const span = spanOf(literal.toUpperCase());
  if (!span) return undefined;
  const current = startOf(DateTime.fromJSDate(now).setZone(timeZone), span.unit);
  const from = current.plus({ [span.unit]: span.start });
  return { from, to: from.plus({ [span.unit]: span.count }) };
}

function spanOf(literal: string): Span | undefined {
  return daySpans[literal] ?? namedSpan(literal) ?? countedSpan(literal);
}

function namedSpan(literal: string): Span | undefined {
  const match = /^(LAST|THIS|NEXT)_(?:FISCAL_)?(WEEK|MONTH|QUARTER|YEAR)$/.exec(literal);
  if (!match) return undefined;
  const start = { LAST: -1, THIS: 0, NEXT: 1 }[match[1] as 'LAST' | 'THIS' | 'NEXT'];
  return { unit: unitOf(match[2]), start, count: 1 };
}

function countedSpan(literal: string): Span | undefined {
  const around = /^(LAST|NEXT)_N_(?:FISCAL_)?(DAY|WEEK|MONTH|QUARTER|YEAR)S:(\d+)$/.exec(literal);
  if (around) {
    const unit = unitOf(around[2]);
    const count = Number(around[3]);
    if (around[1] === 'NEXT') return { unit, start: 1, count };
    return { unit, start: -count, count: unit === 'day' ? count + 1 : count };
  }
  const ago = /^N_(?:FISCAL_)?(DAY|WEEK|MONTH|QUARTER|YEAR)S_AGO:(\d+)$/.exec(literal);
  return ago ? { unit: unitOf(ago[1]), start: -Number(ago[2]), count: 1 } : undefined;
}

function unitOf(word: string | undefined): Unit {
  return (word ?? '').toLowerCase() as Unit;
}

function startOf(moment: DateTime, unit: DateTimeUnit): DateTime {
  if (unit !== 'week') return moment.startOf(unit);
  // Luxon counts Monday as 1 and Sunday as 7.
  return moment.startOf('day').minus({ days: moment.weekday % 7 });
}
