import { z } from 'zod';

/** A text of one line. Orgs remove blanks at both ends, so a text with them would never be found again. */
export function lineText(longest: number): z.ZodString {
  return z
    .string()
    .min(1)
    .max(longest)
    .regex(/^(?:\S(?:[\s\S]*\S)?)?$/, 'has blanks at an end, which an org removes')
    .regex(/^\P{Cc}*$/u, 'has control characters, such as a tab or a line end');
}

/** A text that may have several lines. */
export function linesText(longest: number): z.ZodString {
  return z
    .string()
    .max(longest)
    .regex(/^[\t\n\r\P{Cc}]*$/u, 'has control characters besides tabs and line ends');
}

/** Names identify the records of a program, without regard to case. */
export const RecordName = lineText(255);
/** `yyyy-MM-dd`, from 1700 to 4000, which are the years of an org. */
export const Day = z.iso
  .date()
  .refine((day) => day >= '1700-01-01' && day <= '4000-12-31', 'is not between 1700-01-01 and 4000-12-31');
export const LongText = linesText(1000);
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
