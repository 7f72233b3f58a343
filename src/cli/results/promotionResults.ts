import { z } from 'zod';
import { ProgressFields } from './progressResults.js';
import { countsOf, listed, RecordError, wholeCount } from './recordShapes.js';

export const ListPromotionsResult = listed(
  z.object({
    /** Id of the promotion. */
    key: z.string(),
    /** Eligibility as the org says it: `Eligible`, `EligibleButNotEnrolled`, `Ineligible`. */
    status: z.string(),
    name: z.string(),
    type: z.string().nullable(),
    startDate: z.string().nullable(),
    endDate: z.string().nullable(),
    enrollmentRequired: z.boolean(),
    progress: ProgressFields.optional(),
  }),
);
export type ListPromotionsResult = z.infer<typeof ListPromotionsResult>;

/** Of lines of a file. `unknown`: the answer was lost; to repeat the command finds out. */
const failedStatuses = ['failed', 'unknown'] as const;
/** `unchanged`: the process succeeded, and the member is not enrolled. Its rule may not be active. */
const enrollPromotionStatuses = ['enrolled', 'exists', 'unchanged', ...failedStatuses] as const;
/** `unchanged`: the process succeeded, and the member is still enrolled. Its rule may not be active. */
const leavePromotionStatuses = ['left', 'absent', 'unchanged', ...failedStatuses] as const;

const enrollments = <S extends string>(statuses: readonly S[]) =>
  z.object({
    program: z.string(),
    records: z.array(
      z.object({
        /** Membership number. */
        key: z.string(),
        status: z.enum(statuses),
        /** Null for a line whose member was not found. */
        memberId: z.string().nullable(),
        promotionId: z.string(),
        promotionName: z.string(),
        /** Id of the LoyaltyProgramMbrPromotion, if known. */
        memberPromotionId: z.string().nullable(),
        /** Line of the file. */
        line: wholeCount.optional(),
        error: RecordError.optional(),
      }),
    ),
    counts: countsOf(statuses),
  });

export const EnrollPromotionResult = enrollments(enrollPromotionStatuses);
export type EnrollPromotionResult = z.infer<typeof EnrollPromotionResult>;

export const LeavePromotionResult = enrollments(leavePromotionStatuses);
export type LeavePromotionResult = z.infer<typeof LeavePromotionResult>;
