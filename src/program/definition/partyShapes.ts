import { z } from 'zod';
import { Day, lineText, RecordName } from './commonShapes.js';

export const Partner = z
  .strictObject({
    name: RecordName.describe('Name of the partner.'),
    account: RecordName.optional().describe(
      "Name of its Account, which is created if the org has none of that name. Default: the partner's name.",
    ),
    status: z.enum(['Active', 'Inactive', 'Pending']).default('Active').describe('Default: Active.'),
    type: z.enum(['Accrual', 'Redemption', 'Both']).describe('What members can do with points at the partner.'),
    category: z.enum(['Alliance', 'Bilateral']).optional().describe('Kind of partnership.'),
    billing: z.enum(['Prepaid', 'Postpaid']).describe('When the partner pays for points.'),
    industry: RecordName.describe(
      'A value of the picklist PartnerIndustry. Salesforce ships none, so the org has to have it.',
    ),
    startDate: Day.describe('First day of the partnership, yyyy-MM-dd.'),
    endDate: Day.optional().describe('Last day of the partnership, yyyy-MM-dd.'),
  })
  .describe('Another business whose customers earn or spend points.');
export type Partner = z.output<typeof Partner>;

export const DefinedMember = z
  .strictObject({
    number: lineText(80).describe('Membership number.'),
    firstName: lineText(40).optional().describe('First name.'),
    lastName: lineText(80).describe('Last name.'),
    email: z.email().optional().describe('E-mail address.'),
    enrollmentDate: Day.describe('Day of the enrollment, yyyy-MM-dd.'),
    openingBalances: z
      .record(RecordName, z.number().positive().multipleOf(0.01).max(1e15))
      .default({})
      .describe('Points to begin with, by currency. They are credited once, through a journal.'),
  })
  .describe('A person to enroll. Existing members are not changed.');
export type DefinedMember = z.output<typeof DefinedMember>;
