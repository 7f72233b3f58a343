import { z } from 'zod';
import { listed } from './recordShapes.js';

const text = z.string().nullable();

const BadgeRecord = z.object({
  /** Id of the LoyaltyProgramMemberBadge. */
  key: z.string(),
  /** As in the org: `Active` or `Expired`. */
  status: text,
  /** Membership number. */
  member: z.string(),
  /** Name of the badge. */
  badge: text,
  badgeId: text,
  description: text,
  imageUrl: text,
  reason: text,
  startDate: text,
  endDate: text,
});
export type BadgeRecord = z.infer<typeof BadgeRecord>;

export const ListBadgesResult = listed(BadgeRecord);
export type ListBadgesResult = z.infer<typeof ListBadgesResult>;
