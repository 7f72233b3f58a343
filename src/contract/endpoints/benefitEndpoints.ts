import { z } from 'zod';
import { endpoint } from '../endpoint.js';

const text = z.string().nullish();

const MemberBenefit = z.looseObject({
  benefitId: text,
  benefitName: text,
  benefitTypeId: text,
  benefitTypeName: text,
  createdRecordId: text,
  createdRecordName: text,
  /** Since v58. */
  description: text,
  /** `yyyy-MM-dd`, like `startDate`. */
  endDate: text,
  isActive: z.boolean().nullish(),
  /** In the SDK and its fixtures, not in the guide. */
  memberBenefitStatus: text,
  startDate: text,
});
export type MemberBenefit = z.infer<typeof MemberBenefit>;

export const benefitEndpoints = {
  /** By the member's Id: the program is not in the path. The guide's sample has a wrapper that its own table has not. */
  ofMember: endpoint({
    method: 'GET',
    path: '/connect/loyalty/member/{memberId}/memberbenefits',
    since: 51,
    guide: 'Member Benefits',
    response: z.object({ memberBenefits: z.array(MemberBenefit) }),
  }),
};
