import { z } from 'zod';
import { rowFailures, rowRecords } from './recordShapes.js';

const text = z.string().nullable();

/** Of members, one or those of a file. `key` is the membership number; `memberId` is null for one who was not found. */
const ofMembers = <S extends string, F extends z.ZodRawShape>(statuses: readonly S[], fields: F) =>
  rowRecords(statuses, { memberId: text, ...fields });

export const enrollClubStatuses = ['enrolled', 'exists', ...rowFailures] as const;
export const EnrollClubResult = ofMembers(enrollClubStatuses, {
  club: z.string(),
  clubMembershipNumber: text,
  startDate: text,
  endDate: text,
});
export type EnrollClubResult = z.infer<typeof EnrollClubResult>;

/** `already`: the membership has that end. `unclear`: the answer was lost, and the end has changed, by whomever. */
export const renewClubStatuses = ['renewed', 'already', 'unclear', ...rowFailures] as const;
export const RenewClubResult = ofMembers(renewClubStatuses, {
  club: z.string(),
  clubMembershipNumber: text,
  /** End of the membership before and after. */
  before: text,
  after: text,
});
export type RenewClubResult = z.infer<typeof RenewClubResult>;

export const linkPartnerStatuses = ['linked', 'exists', ...rowFailures] as const;
export const LinkPartnerResult = ofMembers(linkPartnerStatuses, { partner: z.string(), linkNumber: text });
export type LinkPartnerResult = z.infer<typeof LinkPartnerResult>;

/** `absent`: there was no such link. `kept`: the person said no. */
export const unlinkPartnerStatuses = ['unlinked', 'absent', 'kept', ...rowFailures] as const;
export const UnlinkPartnerResult = ofMembers(unlinkPartnerStatuses, { partner: z.string(), linkNumber: text });
export type UnlinkPartnerResult = z.infer<typeof UnlinkPartnerResult>;

/** `unchanged`: the member has all benefits of its tiers and clubs. */
export const assignBenefitsStatuses = ['assigned', 'unchanged', ...rowFailures] as const;
export const AssignBenefitsResult = ofMembers(assignBenefitsStatuses, {
  /** Those that are new. */
  benefits: z.array(z.object({ memberBenefitId: z.string(), name: text })),
});
export type AssignBenefitsResult = z.infer<typeof AssignBenefitsResult>;
