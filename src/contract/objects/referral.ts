import { autoNumber, crud, date, email, owner, phone, picklist, reference, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * One referral by an advocate (Referral Marketing).
 * API 59 and later. Referral Marketing Developer Guide, "Referral".
 * Absent from some orgs, depending on features or version: Source, ClientPhone, ClientName, OrderId, ReferralType,
 * Status, ReferralDate, OpportunityId, ReferredPartyId, ClientEmail, ReferrerId, PromotionId, UsageType,
 * CurrentPromotionStageId.
 *
 * The sample apps of the mobile SDK read CurrentPromotionStage.Type and ReferredParty.Account.PersonEmail.
 */
export const referral: SObjectDefinition = {
  name: 'Referral',
  label: 'Referral',
  labelPlural: 'Referrals',
  keyPrefix: '0wi',
  since: 59,
  ...crud,
  fields: {
    ClientEmail: email(),
    ClientName: textField(),
    ClientPhone: phone(),
    CurrentPromotionStageId: reference('PromotionStage', 'CurrentPromotionStage'),
    Name: autoNumber(),
    OpportunityId: reference('Opportunity', 'Opportunity'),
    OrderId: reference('Order', 'Order'),
    OwnerId: owner(),
    PromotionId: reference('Promotion', 'Promotion'),
    ReferralDate: date(),
    // Always INBOUND in Referral Marketing. The other values are reserved.
    ReferralType: picklist(['INBOUND', 'INTERNAL', 'OUTBOUND'], { required: true }),
    ReferredPartyId: reference(['Account', 'Contact'], 'ReferredParty'),
    // Not in the guide, but seen in rows of the mobile SDK. Its flags are assumed.
    ReferrerEmail: email(),
    ReferrerId: reference(['Account', 'Contact', 'LoyaltyProgramMember'], 'Referrer'),
    Source: picklist(['Application', 'Email', 'Message', 'Other', 'Phone', 'Social Media', 'Walk-In']),
    // Reserved.
    Status: picklist([]),
    // Its values are not published.
    UsageType: picklist([]),
  },
};
