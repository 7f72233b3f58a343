import { z } from 'zod';
import { endpoint } from '../endpoint.js';

/** Guide: "Partner Link Input" (v66). The further fields are a plain map, without the wrapper of other inputs. */
export const PartnerLinkRequest = z.strictObject({
  /** The member's number at the partner. */
  externalId: z.string().optional(),
  additionalAttributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
export type PartnerLinkRequest = z.infer<typeof PartnerLinkRequest>;

/** Guide: "Partner Unlink Input" (v66). The first two are needed where a member has several links to the partner. */
export const PartnerUnlinkRequest = z.strictObject({
  linkNumber: z.string().optional(),
  externalId: z.string().optional(),
  /** Such as `USER_REQUEST`. */
  unlinkReasonType: z.string().optional(),
  comments: z.string().optional(),
});
export type PartnerUnlinkRequest = z.infer<typeof PartnerUnlinkRequest>;

const message = z.string().nullish();

/** Failures come with HTTP 200 and `status: false`. */
const PartnerLinkResponse = z.object({ linkNumber: z.string().nullish(), message, status: z.boolean() });

export const partnerEndpoints = {
  link: endpoint({
    method: 'POST',
    path: '/loyalty/programs/{program}/members/{membershipNumber}/partners/{partner}/link',
    since: 66,
    guide: 'Partner Link',
    request: PartnerLinkRequest,
    response: PartnerLinkResponse,
  }),
  unlink: endpoint({
    method: 'POST',
    path: '/loyalty/programs/{program}/members/{membershipNumber}/partners/{partner}/unlink',
    since: 66,
    guide: 'Partner Unlink',
    request: PartnerUnlinkRequest,
    response: z.object({ message, status: z.boolean() }),
  }),
};
