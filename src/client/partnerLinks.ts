import { definedValues } from '../base/definedValues.js';
import type { LoyaltyClient } from './loyaltyClient.js';
import type { PartnerOfMember } from './partners.js';

type PartnerClient = Pick<LoyaltyClient, 'partners'>;

export interface LinkToMake extends PartnerOfMember {
  /** The member's number at the partner. */
  readonly externalId?: string | undefined;
}

/** Links a member to a partner, unless it is linked with that number. So it can be repeated after a lost answer. */
export async function linkPartner(
  { partners }: PartnerClient,
  program: string,
  { externalId, ...of }: LinkToMake,
): Promise<{ readonly status: 'linked' | 'exists'; readonly linkNumber: string | null }> {
  const same = (await partners.links(program, of)).find((link) => link.externalId === (externalId ?? null));
  if (same) return { status: 'exists', linkNumber: same.linkNumber };
  return { status: 'linked', linkNumber: await partners.link(program, of, definedValues({ externalId })) };
}

export interface LinkToEnd extends LinkToMake {
  readonly linkNumber?: string | undefined;
  readonly unlinkReasonType?: string | undefined;
  readonly comments?: string | undefined;
}

/** Ends the link of a member to a partner, if there is one. So it can be repeated after a lost answer. */
export async function unlinkPartner(
  { partners }: PartnerClient,
  program: string,
  { membershipNumber, partner, ...request }: LinkToEnd,
): Promise<{ readonly status: 'unlinked' | 'absent'; readonly linkNumber: string | null }> {
  const of = { membershipNumber, partner };
  const { linkNumber, externalId } = request;
  const [link] = (await partners.links(program, of)).filter(
    (each) =>
      (linkNumber === undefined || each.linkNumber === linkNumber) &&
      (externalId === undefined || each.externalId === externalId),
  );
  if (!link) return { status: 'absent', linkNumber: linkNumber ?? null };
  await partners.unlink(program, of, definedValues(request));
  return { status: 'unlinked', linkNumber: link.linkNumber };
}
