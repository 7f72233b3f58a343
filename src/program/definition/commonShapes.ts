import { z } from 'zod';

/** Names identify the records of a program, without regard to case. */
export const RecordName = z.string().min(1).max(255);
/** `yyyy-MM-dd` */
export const Day = z.iso.date();
export const LongText = z.string().max(1000);

/** How long something is valid: until a day, or for a period after it was given. */
export const Validity = z.union([
  z.strictObject({ until: Day }),
  z.strictObject({ after: z.int().positive(), unit: z.enum(['Days', 'Months']) }),
]);
export type Validity = z.output<typeof Validity>;
