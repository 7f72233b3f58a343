import { z } from 'zod';

/** Names identify the records of a program, without regard to case. */
export const RecordName = z.string().min(1).max(255);
/** `yyyy-MM-dd` */
export const Day = z.iso.date();
export const LongText = z.string().max(1000);
export const Active = z.boolean().default(true).describe('Default: true.');

export const Validity = z
  .union([
    z.strictObject({ until: Day.describe('Last day, yyyy-MM-dd.') }),
    z.strictObject({
      after: z.int().positive().describe('Length of the period.'),
      unit: z.enum(['Days', 'Months']).describe('Unit of the period.'),
    }),
  ])
  .describe('How long it is valid: until a day, or for a period after it was given.');
export type Validity = z.output<typeof Validity>;
