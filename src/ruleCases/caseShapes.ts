import { z } from 'zod';
import { skipReasons } from '../rules/index.js';

const Name = z.string().min(1);
const Day = z.iso.date();
const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** Why a rule or step did not fire. The codes are stable. */
export const notFiredCodes = [
  'noProcess' as const,
  'notLetIn' as const,
  ...skipReasons,
  'conditionNotMet' as const,
  'otherConditionMet' as const,
  'notReached' as const,
];
export type NotFiredCode = (typeof notFiredCodes)[number];

const Given = z
  .strictObject({
    enrollmentDate: Day.optional().describe('Day of the enrollment, yyyy-MM-dd. Default: that of the first journal.'),
    birthdate: Day.optional().describe('yyyy-MM-dd.'),
    tier: Name.optional().describe('Name of a tier. Default: the one that the balances are enough for.'),
    balances: z
      .record(Name, z.number().positive())
      .default({})
      .describe('Points by currency, credited on the day of the enrollment.'),
    progress: z.record(Name, z.int().positive()).default({}).describe('Uses by cumulative promotion.'),
    enrollments: z.array(Name).default([]).describe('Promotions that the member has joined.'),
    attributes: z.record(Name, z.number()).default({}).describe('Values by engagement attribute.'),
    vouchers: z
      .array(
        z.strictObject({
          definition: Name.describe('Name of the voucher definition.'),
          code: Name.describe('Code of the voucher.'),
          expirationDate: Day.default('2099-12-31').describe('Last day. Default: 2099-12-31.'),
        }),
      )
      .default([])
      .describe('Vouchers that the member holds.'),
    fields: z
      .record(Name, Scalar)
      .default({})
      .describe('Other fields of the member (LoyaltyProgramMember), by API name.'),
  })
  .describe('The member before the first journal. Each case has a member of its own.');
export type Given = z.output<typeof Given>;

const JournalField = z.union([
  Scalar,
  z.strictObject({ journal: Name.describe('The id of the journal that has this name under `as`.') }),
  z.strictObject({ voucher: Name.describe("The code of the member's latest voucher of this definition.") }),
]);
const Journal = z
  .record(Name, JournalField)
  .describe('Fields of a journal, as in a mapping. ActivityDate may be a day. The member is that of the case.');
export type CaseJournal = z.output<typeof Journal>;

const Vouchers = z.array(
  z.strictObject({
    definition: Name.describe('Name of the voucher definition.'),
    status: Name.optional().describe('Such as Issued or Redeemed.'),
    faceValue: z.number().optional().describe('Money.'),
    expirationDate: Day.optional().describe('Last day, yyyy-MM-dd.'),
  }),
);

const Step = z.strictObject({
  rule: Name.describe('Name of the rule.'),
  step: Name.optional().describe('Name of one of its actions.'),
});
const Fired = z.union([Name, Step]);
const NotFired = z.union([
  Name,
  Step.extend({
    because: z.enum(notFiredCodes).optional().describe('Code of the reason.'),
    condition: Name.optional().describe('The first condition that is not met.'),
  }),
]);

const Expected = z
  .strictObject({
    balances: z.record(Name, z.number()).default({}).describe('Points by currency. Others may be anything.'),
    tier: Name.optional().describe('Name of the tier.'),
    progress: z.record(Name, z.int().nonnegative()).default({}).describe('Uses by cumulative promotion.'),
    attributes: z.record(Name, z.number()).default({}).describe('Values by engagement attribute.'),
    vouchers: Vouchers.optional().describe('All vouchers of the member, in the order in which they were issued.'),
    fired: z
      .array(Fired)
      .default([])
      .describe('Rules that did something, or actions that ran. A name alone is that of a rule.'),
    notFired: z
      .array(NotFired)
      .default([])
      .describe('Rules that did nothing, or actions that did not run, for any of the journals; and why.'),
    failure: Name.optional().describe('A part of the message with which the last request fails.'),
  })
  .describe('What must be true then.');
export type Expected = z.output<typeof Expected>;

const Request = z
  .strictObject({
    journal: Journal.optional(),
    journals: z.array(Journal).min(1).max(1000).optional().describe('Journals of one request.'),
    as: Name.optional().describe('A name for the journal, for fields of later ones.'),
    on: Day.optional().describe('Day on which the request is made. Default: that of its first journal.'),
    jobs: Day.optional().describe('A day on which the jobs of the night run: points expire, tiers end.'),
    then: Expected.optional(),
  })
  .refine(
    ({ journal, journals, jobs }) => [journal, journals, jobs].filter((each) => each !== undefined).length === 1,
    {
      message: 'must have exactly one of journal, journals and jobs',
    },
  )
  .describe('A request with one journal or several, or the jobs of a night.');
export type CaseRequest = z.output<typeof Request>;

export const RuleCaseShape = z
  .strictObject({
    name: Name.describe('What the case shows, as a sentence.'),
    given: Given.prefault({}),
    when: z.array(Request).min(1).describe('What happens, in its order.'),
    then: Expected.optional(),
  })
  .describe('A member, what happens, and what must be true then.');
export type CaseShape = z.output<typeof RuleCaseShape>;
/** As it is written, without defaults. */
export type CaseShapeInput = z.input<typeof RuleCaseShape>;

/** A file with cases. */
export const RuleCaseFile = z
  .strictObject({
    $schema: z.string().optional().describe('Path of the JSON Schema, for editors.'),
    cases: z.array(RuleCaseShape).min(1).describe('Cases, each of which stands alone.'),
  })
  .describe('Test cases for the rules of a program.');
