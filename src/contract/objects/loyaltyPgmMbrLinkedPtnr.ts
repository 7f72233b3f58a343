import { autoNumber, checkbox, crud, dateTime, picklist, reference, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * Link between a member and a partner account.
 * API 66 and later. Loyalty Management Developer Guide, "LoyaltyPgmMbrLinkedPtnr".
 */
export const loyaltyPgmMbrLinkedPtnr: SObjectDefinition = {
  name: 'LoyaltyPgmMbrLinkedPtnr',
  label: 'Loyalty Program Member Linked Partner',
  labelPlural: 'Loyalty Program Member Linked Partners',
  keyPrefix: guessedKeyPrefix.LoyaltyPgmMbrLinkedPtnr,
  since: 66,
  ...crud,
  fields: {
    Comments: textField(),
    ExternalIdentifier: textField(),
    IsActive: checkbox(),
    LinkDate: dateTime({ required: true, createOnly: true }),
    LoyaltyProgramMemberId: reference('LoyaltyProgramMember', 'LoyaltyProgramMember', {
      required: true,
      createOnly: true,
    }),
    LoyaltyProgramPartnerId: reference('LoyaltyProgramPartner', 'LoyaltyProgramPartner', {
      required: true,
      createOnly: true,
    }),
    Name: autoNumber(),
    UnlinkDate: dateTime(),
    // Its values are not published. A sample of the API shows USER_REQUEST.
    UnlinkReasonType: picklist([]),
  },
};
