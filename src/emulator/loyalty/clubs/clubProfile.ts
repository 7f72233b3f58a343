import type { z } from 'zod';
import type { clubEndpoints, ClubMember } from '../../../contract/endpoints/clubEndpoints.js';
import { notFound } from '../../orgRefusal.js';
import { isId, to18 } from '../../store/ids/recordIds.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { invalidInput } from '../invalidInput.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { enrolledPromotions, isActiveMember } from '../memberStanding.js';
import { eligibilityOf } from '../processes/promotionRows.js';
import type { Program } from '../programDirectory.js';
import { parentOf, textOrNull } from '../rowValues.js';
import { clubsOf } from './clubDirectory.js';
import type { Club } from './clubDirectory.js';

type ClubQuery = z.output<typeof clubEndpoints.profile.query>;

/**
 * One membership with its club. The page marks no parameter as required, and its sample names only club and program: then
 * the answer tells of the club, without a membership. That and the refusals are inferred.
 *
 * @throws {OrgRefusal} 404 for a club or a member that does not exist, 400 for what names several
 */
export function clubProfile(loyalty: LoyaltyOrg, store: Store, query: ClubQuery): ClubMember {
  const programs = programsOf(loyalty, store, query);
  const clubs = programs
    .flatMap(({ id }) => clubsOf(store, id))
    .filter(({ name }) => query.clubName === undefined || name.toLowerCase() === query.clubName.toLowerCase());
  const { clubMembershipNumber, loyaltyMembershipNumber, contactId } = query;
  const isOfNobody = [clubMembershipNumber, loyaltyMembershipNumber, contactId].every((each) => each === undefined);
  const found = isOfNobody
    ? clubs.map((club) => ({ club, row: undefined }))
    : clubs.flatMap((club) => rowsOf(store, club, query).map((row) => ({ club, row })));
  const [only, ...others] = found;
  if (!only) throw notFound(isOfNobody ? 'There is no such club.' : 'There is no such club member.');
  if (others.length > 0) throw invalidInput('Give clubName and programName: more than one club fits.');
  return profileOf(loyalty, store, only);
}

function programsOf({ programs }: LoyaltyOrg, store: Store, { programName }: ClubQuery): Pick<Program, 'id'>[] {
  if (programName !== undefined) return [programs.named(programName, notFound)];
  return store.find('LoyaltyProgram', { Status: 'Active' }).map(({ Id }) => ({ id: Id }));
}

/** The latest membership of each member in the club that fits. */
function rowsOf(store: Store, { tier }: Club, query: ClubQuery): SObjectRow[] {
  const { clubMembershipNumber, loyaltyMembershipNumber, contactId } = query;
  const rows = store.find('LoyaltyMemberTier', { LoyaltyTierId: tier.Id }).filter((row) => {
    if (row['Status'] === 'Inactive') return false;
    if (clubMembershipNumber !== undefined && row['TierMemberIdentifier'] !== clubMembershipNumber) return false;
    const member = parentOf(store, row, 'LoyaltyMemberId', 'LoyaltyProgramMember');
    const number = textOrNull(member, 'MembershipNumber')?.toLowerCase();
    if (loyaltyMembershipNumber !== undefined && number !== loyaltyMembershipNumber.toLowerCase()) return false;
    return contactId === undefined || (isId(contactId) && textOrNull(member, 'ContactId') === to18(contactId));
  });
  return [...new Map(rows.map((row) => [row['LoyaltyMemberId'], row])).values()];
}

function profileOf(
  loyalty: LoyaltyOrg,
  store: Store,
  { club, row }: { readonly club: Club; readonly row: SObjectRow | undefined },
): ClubMember {
  return {
    clubId: club.tier.Id,
    clubName: club.name,
    clubMembershipId: row?.Id ?? null,
    clubMembershipNumber: textOrNull(row, 'TierMemberIdentifier'),
    membershipStartDate: textOrNull(row, 'EffectiveTime') ?? textOrNull(row, 'EffectiveDate'),
    membershipEndDate: textOrNull(row, 'TierExpirationTime') ?? textOrNull(row, 'TierExpirationDate'),
    benefits: linked(store, { link: 'LoyaltyTierBenefit', field: 'BenefitId', object: 'Benefit' }, club).map(
      (benefit) => ({
        benefitId: benefit.Id,
        benefitName: textOrNull(benefit, 'Name'),
        benefitTypeId: textOrNull(benefit, 'BenefitTypeId'),
        benefitTypeName: textOrNull(parentOf(store, benefit, 'BenefitTypeId', 'BenefitType'), 'Name'),
        description: textOrNull(benefit, 'Description'),
        isActive: benefit['IsActive'] === true,
      }),
    ),
    promotions: promotionsOf(loyalty, store, { club, row }),
  };
}

function promotionsOf(
  { today }: LoyaltyOrg,
  store: Store,
  { club, row }: { readonly club: Club; readonly row: SObjectRow | undefined },
): NonNullable<ClubMember['promotions']> {
  const memberId = textOrNull(row, 'LoyaltyMemberId');
  const enrolled = memberId === null ? new Set() : enrolledPromotions(store, memberId);
  const standing = { isActiveMember: memberId !== null && isActiveMember(store, memberId), today: today() };
  const promotions = linked(store, { link: 'LoyaltyTierPromotion', field: 'PromotionId', object: 'Promotion' }, club);
  return promotions.map((promotion) => ({
    promotionId: promotion.Id,
    promotionName: textOrNull(promotion, 'Name'),
    startDate: textOrNull(promotion, 'StartDate'),
    endDate: textOrNull(promotion, 'EndDate'),
    imageUrl: textOrNull(promotion, 'ImageUrl'),
    loyaltyPromotionType: textOrNull(promotion, 'LoyaltyPromotionType'),
    memberEligibilityCategory: eligibilityOf(promotion, { ...standing, isEnrolled: enrolled.has(promotion.Id) }),
    promotionEnrollmentRqr: promotion['IsEnrollmentRequired'] === true,
  }));
}

interface ClubLink {
  readonly link: string;
  readonly field: string;
  readonly object: string;
}

/** The records that a club is linked to. */
function linked(store: Store, { link, field, object }: ClubLink, { tier }: Club): SObjectRow[] {
  return store.find(link, { LoyaltyTierId: tier.Id }).flatMap((row) => parentOf(store, row, field, object) ?? []);
}
