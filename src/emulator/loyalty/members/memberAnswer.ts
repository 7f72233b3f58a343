import type { MemberProfile } from '../../../contract/endpoints/memberEndpoints.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { customFieldsOf, numberOf, parentOf, textOrNull } from '../rowValues.js';

interface ProfileRows {
  readonly programName: string;
  readonly member: SObjectRow;
  readonly currencies: readonly SObjectRow[];
  readonly tiers: readonly SObjectRow[];
}

/** Guide: "Member Profile Output". Keys without a value are null; an SDK needs every one of the others. */
export function memberProfile(store: Store, { programName, member, currencies, tiers }: ProfileRows): MemberProfile {
  const related = (field: string) => parentOf(store, member, field, 'LoyaltyProgramMember');
  return {
    additionalLoyaltyProgramMemberFields: customFieldsOf(member),
    associatedAccount: associatedAccount(parentOf(store, member, 'AccountId', 'Account')),
    associatedContact: associatedContact(parentOf(store, member, 'ContactId', 'Contact')),
    canReceivePartnerPromotions: member['CanReceivePartnerPromotions'] === true,
    canReceivePromotions: member['CanReceivePromotions'] === true,
    enrollmentChannel: textOrNull(member, 'EnrollmentChannel'),
    enrollmentDate: textOrNull(member, 'EnrollmentDate'),
    groupCreatedByMember: textOrNull(related('GroupCreatedByMemberId'), 'MembershipNumber'),
    groupName: textOrNull(member, 'GroupName'),
    lastActivityDate: textOrNull(member, 'LastActivityDate'),
    loyaltyProgramMemberId: member.Id,
    loyaltyProgramName: programName,
    memberCurrencies: currencies.map(profileCurrency),
    memberStatus: textOrNull(member, 'MemberStatus'),
    memberTiers: tiers.map((tier) => profileTier(store, tier)),
    memberType: textOrNull(member, 'MemberType'),
    membershipEndDate: textOrNull(member, 'MembershipEndDate'),
    membershipLastRenewalDate: textOrNull(member, 'MembershipLastRenewalDate'),
    membershipNumber: String(member['MembershipNumber']),
    referredBy: textOrNull(related('ReferredById'), 'MembershipNumber'),
    relatedCorporateMembershipNumber: textOrNull(related('RelatedCorporateMembershipId'), 'MembershipNumber'),
    transactionJournalStatementFrequency: textOrNull(member, 'StatementFrequency'),
    transactionJournalStatementLastGeneratedDate:
      textOrNull(member, 'StatementLastGeneratedDate')?.slice(0, 10) ?? null,
    transactionJournalStatementMethod: textOrNull(member, 'StatementMethod'),
  };
}

function associatedAccount(account: SObjectRow | undefined): MemberProfile['associatedAccount'] {
  return account ? { accountId: account.Id, name: textOrNull(account, 'Name') } : null;
}

function associatedContact(contact: SObjectRow | undefined): MemberProfile['associatedContact'] {
  if (!contact) return null;
  return {
    contactId: contact.Id,
    email: textOrNull(contact, 'Email'),
    firstName: textOrNull(contact, 'FirstName'),
    lastName: textOrNull(contact, 'LastName'),
  };
}

/** The name of the program's currency is null in Salesforce's fixture: nobody should rely on it. */
function profileCurrency(row: SObjectRow) {
  return {
    additionalLoyaltyMemberCurrencyFields: customFieldsOf(row),
    escrowPointsBalance: numberOf(row, 'EscrowPointsBalance'),
    expirablePoints: numberOf(row, 'ExpirablePoints'),
    lastAccrualProcessedDate: textOrNull(row, 'LastAccrualProcessedDate'),
    lastEscrowProcessedDate: textOrNull(row, 'LastEscrowProcessedDate')?.slice(0, 10) ?? null,
    lastExpirationProcessRunDate: textOrNull(row, 'LastExpirationProcessRunDate'),
    lastPointsAggregationDate: textOrNull(row, 'LastPointsAggregationDate'),
    lastPointsResetDate: textOrNull(row, 'LastResetDate'),
    loyaltyMemberCurrencyName: textOrNull(row, 'Name'),
    loyaltyProgramCurrencyId: textOrNull(row, 'LoyaltyProgramCurrencyId'),
    loyaltyProgramCurrencyName: null,
    memberCurrencyId: row.Id,
    nextQualifyingPointsResetDate: textOrNull(row, 'NextResetDate'),
    pointsBalance: numberOf(row, 'PointsBalance'),
    qualifyingPointsBalanceBeforeReset: numberOf(row, 'BalanceBeforeReset'),
    totalEscrowPointsAccrued: numberOf(row, 'TotalEscrowPointsAccrued'),
    totalEscrowRolloverPoints: numberOf(row, 'TotalEscrowRolloverPoints'),
    totalPointsAccrued: numberOf(row, 'TotalPointsAccrued'),
    totalPointsExpired: numberOf(row, 'TotalPointsExpired'),
    totalPointsRedeemed: numberOf(row, 'TotalPointsRedeemed'),
  };
}

function profileTier(store: Store, row: SObjectRow) {
  const tier = parentOf(store, row, 'LoyaltyTierId', 'LoyaltyTier');
  return {
    additionalLoyaltyMemberTierFields: customFieldsOf(row),
    areTierBenefitsAssigned: row['AreBenefitsAssigned'] === true,
    loyaltyMemberTierId: row.Id,
    loyaltyMemberTierName: textOrNull(row, 'Name'),
    tierChangeReason: textOrNull(row, 'ReasonForChange'),
    tierChangeReasonType: textOrNull(row, 'ChangeReasonType'),
    tierEffectiveDate: textOrNull(row, 'EffectiveDate'),
    tierExpirationDate: textOrNull(row, 'TierExpirationDate'),
    tierGroupId: textOrNull(row, 'LoyaltyTierGroupId'),
    tierGroupName: textOrNull(parentOf(store, row, 'LoyaltyTierGroupId', 'LoyaltyTierGroup'), 'Name'),
    tierId: textOrNull(row, 'LoyaltyTierId'),
    tierSequenceNumber: tier ? numberOf(tier, 'SequenceNumber') : null,
  };
}
