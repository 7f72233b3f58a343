import { z } from 'zod';
import { ReportDay } from '../reportDay.js';
import { measureDefinition, measureKeys } from '../kpi/measureDefinitions.js';

const GoalShape = z
  .strictObject({
    measure: z.enum(measureKeys).describe('Key of a measure of the report.'),
    number: z.number().describe('What to reach. A share is from 0 to 1.'),
    date: ReportDay.describe('Day on which it counts, yyyy-MM-dd.'),
    from: ReportDay.optional().describe(
      'First day that counts. Default: the first of January of the year of the date.',
    ),
    title: z.string().trim().min(1).max(200).optional().describe('Default: the name of the measure.'),
    atMost: z.boolean().default(false).describe('Whether the number is a limit that should not be exceeded.'),
  })
  .superRefine(({ measure, number, date, from }, context) => {
    if (measureDefinition(measure).unit === 'share' && (number < 0 || number > 1))
      context.addIssue({ code: 'custom', path: ['number'], message: `must be from 0 to 1: write 0.4 for 40 %` });
    if (from !== undefined && from > date)
      context.addIssue({ code: 'custom', path: ['from'], message: `must not be after the date, ${date}` });
  })
  .describe('A number that a measure should reach by a day.');

/** A file of goals. */
export const GoalFile = z.array(GoalShape).min(1).max(100);

/** As somebody writes it. */
export type Goal = z.input<typeof GoalShape>;
