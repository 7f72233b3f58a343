import { z } from 'zod';
import type { LoyaltyClient } from './loyaltyClient.js';
import { soqlText } from './query/soql.js';

const Badge = z.object({
  Id: z.string(),
  Name: z.string(),
  Description: z.string().nullish(),
  ImageUrl: z.string().nullish(),
});

const MemberBadgeRow = z.object({
  Id: z.string(),
  StartDate: z.string().nullable(),
  EndDate: z.string().nullable(),
  Status: z.string().nullable(),
  Reason: z.string().nullable(),
  LoyaltyProgramBadge: Badge.nullable(),
});

/** A badge of a member: a LoyaltyProgramMemberBadge. */
export interface MemberBadge {
  readonly id: string;
  /** Null for a record that names no badge. */
  readonly badge: { readonly id: string; readonly name: string; readonly description: string | null } | null;
  readonly imageUrl: string | null;
  /** `Active` or `Expired`. */
  readonly status: string | null;
  readonly reason: string | null;
  /** `yyyy-MM-dd` */
  readonly startDate: string | null;
  readonly endDate: string | null;
}

/** Reads the badges of a member, those that were given last first. They are records: no resource lists them. */
export async function readMemberBadges(
  { query }: Pick<LoyaltyClient, 'query'>,
  memberId: string,
): Promise<MemberBadge[]> {
  const badge = ['Id', 'Name', 'Description', 'ImageUrl'].map((field) => `LoyaltyProgramBadge.${field}`).join(', ');
  const soql =
    `SELECT Id, StartDate, EndDate, Status, Reason, ${badge} FROM LoyaltyProgramMemberBadge ` +
    `WHERE LoyaltyProgramMemberId = ${soqlText(memberId)} ORDER BY StartDate DESC, Id`;
  const rows = await query.allRows(soql, MemberBadgeRow);
  return rows.map(({ Id, LoyaltyProgramBadge: of, Status, Reason, StartDate, EndDate }) => ({
    id: Id,
    badge: of && { id: of.Id, name: of.Name, description: of.Description ?? null },
    imageUrl: of?.ImageUrl ?? null,
    status: Status,
    reason: Reason,
    startDate: StartDate,
    endDate: EndDate,
  }));
}
