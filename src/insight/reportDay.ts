import { z } from 'zod';

/** So that the days before and after a period have years of four digits, too. */
const [first, last] = ['1900-01-01', '2999-12-31'];

/** Returns whether a day, `yyyy-MM-dd`, is one that reports are about. */
export function isReportDay(day: string): boolean {
  return day >= first && day <= last;
}

/** A day in a file of goals or events. */
export const ReportDay = z.iso
  .date()
  // A text that is no day has its issue already.
  .refine((text) => !/^\d{4}-\d\d-\d\d$/.test(text) || isReportDay(text), `must be from ${first} to ${last}`);
