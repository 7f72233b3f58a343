import { z } from 'zod';
import { ReportDay } from '../reportDay.js';
import { daysText } from '../reportPeriod.js';

const Name = z.string().trim().min(1).max(255);

const EventShape = z
  .strictObject({
    from: ReportDay.describe('First day, yyyy-MM-dd.'),
    to: ReportDay.describe('Last day.'),
    name: Name.optional().describe('Default: the promotion, or the days.'),
    promotion: Name.optional().describe('Name of a promotion: who had enrolled in it by the last day took part.'),
    journalType: Name.optional().describe(
      'Type of a transaction: who had a processed one within the event took part. Default, without a promotion: Accrual.',
    ),
  })
  .superRefine(({ from, to, promotion, journalType }, context) => {
    if (from > to)
      context.addIssue({ code: 'custom', path: ['from'], message: `must not be after the last day, ${to}` });
    if (promotion !== undefined && journalType !== undefined)
      context.addIssue({ code: 'custom', path: ['journalType'], message: 'cannot be given beside promotion' });
  })
  .describe('A promotion, a weekend of double points, or any other days to compare with those before and after.');

/** A file of events. */
export const EventFile = z.array(EventShape).min(1).max(100);

/** As somebody writes it. */
export type ProgramEvent = z.input<typeof EventShape>;

/** The name of an event, or else its promotion, or its days. */
export function eventName({ name, promotion, from, to }: ProgramEvent): string {
  return name ?? promotion ?? daysText({ from, to });
}
