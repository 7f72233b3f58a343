import { z } from 'zod';
import { Day, RecordName } from './commonShapes.js';

export const Partner = z.strictObject({
  name: RecordName,
  /** Name of its Account, which is created if the org has none of that name. Default: the partner's name. */
  account: RecordName.optional(),
  status: z.enum(['Active', 'Inactive', 'Pending']).default('Active'),
  type: z.enum(['Accrual', 'Redemption', 'Both']),
  category: z.enum(['Alliance', 'Bilateral']).optional(),
  billing: z.enum(['Prepaid', 'Postpaid']),
  /** A value of the picklist `PartnerIndustry`. Salesforce ships none, so the org has to have it. */
  industry: RecordName,
  startDate: Day,
  endDate: Day.optional(),
});
export type Partner = z.output<typeof Partner>;

/** A person to enroll. Existing members are not changed. */
export const DefinedMember = z.strictObject({
  /** Membership number. */
  number: z.string().min(1).max(80),
  firstName: z.string().min(1).max(40).optional(),
  lastName: z.string().min(1).max(80),
  email: z.email().optional(),
  enrollmentDate: Day,
  /** Points to begin with, by currency. They are credited once, through a journal. */
  openingBalances: z.record(RecordName, z.number().positive().multipleOf(0.01)).default({}),
});
export type DefinedMember = z.output<typeof DefinedMember>;
