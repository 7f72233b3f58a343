import { z } from 'zod';
import { countsOf, RecordError, wholeCount } from './recordShapes.js';

const text = z.string().nullable();

/** Of members, one or those of a file. `failed`: nothing was changed. `unknown`: to repeat the command finds out. */
const ofMembers = <S extends string, F extends z.ZodRawShape>(statuses: readonly S[], fields: F) =>
  z.object({
    program: z.string(),
    records: z.array(
      z.object({
        /** Membership number. */
        key: z.string(),
        status: z.enum(statuses),
        /** Null for a line whose member was not found. */
        memberId: text,
        ...fields,
        /** Line of the file. */
        line: wholeCount.optional(),
        error: RecordError.optional(),
      }),
    ),
    counts: countsOf(statuses),
  });

const failed = ['failed', 'unknown'] as const;

export const enrollClubStatuses = ['enrolled', 'exists', ...failed] as const;
export const EnrollClubResult = ofMembers(enrollClubStatuses, {
  club: z.string(),
  clubMembershipNumber: text,
  startDate: text,
  endDate: text,
});
export type EnrollClubResult = z.infer<typeof EnrollClubResult>;

/** `already`: the membership has that end. `unclear`: the answer was lost, and the end has changed, by whomever. */
export const renewClubStatuses = ['renewed', 'already', 'unclear', ...failed] as const;
export const RenewClubResult = ofMembers(renewClubStatuses, {
  club: z.string(),
  clubMembershipNumber: text,
  /** End of the membership before and after. */
  before: text,
  after: text,
});
export type RenewClubResult = z.infer<typeof RenewClubResult>;

export const linkPartnerStatuses = ['linked', 'exists', ...failed] as const;
export const LinkPartnerResult = ofMembers(linkPartnerStatuses, { partner: z.string(), linkNumber: text });
export type LinkPartnerResult = z.infer<typeof LinkPartnerResult>;

/** `absent`: there was no such link. `kept`: the person said no. */
export const unlinkPartnerStatuses = ['unlinked', 'absent', 'kept', ...failed] as const;
export const UnlinkPartnerResult = ofMembers(unlinkPartnerStatuses, { partner: z.string(), linkNumber: text });
export type UnlinkPartnerResult = z.infer<typeof UnlinkPartnerResult>;

/** `unchanged`: the member has all benefits of its tiers and clubs. */
export const assignBenefitsStatuses = ['assigned', 'unchanged', ...failed] as const;
export const AssignBenefitsResult = ofMembers(assignBenefitsStatuses, {
  /** Those that are new. */
  benefits: z.array(z.object({ memberBenefitId: z.string(), name: text })),
});
export type AssignBenefitsResult = z.infer<typeof AssignBenefitsResult>;
