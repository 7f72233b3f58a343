import { autoNumber, crud, dateTime, owner, picklist, reference, text, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A pass in a phone's wallet.
 * API 66 and later. Loyalty Management Developer Guide, "DigitalPass"; fields as in the describe of a real org,
 * lengths, flags and first version assumed.
 */
export const digitalPass: SObjectDefinition = {
  name: 'DigitalPass',
  label: 'Digital Pass',
  labelPlural: 'Digital Passes',
  keyPrefix: guessedKeyPrefix.DigitalPass,
  since: 66,
  ...crud,
  fields: {
    AccountId: reference('Account', 'Account'),
    ContactId: reference('Contact', 'Contact'),
    DigitalPassTemplateId: reference('DigitalPassTemplate', 'DigitalPassTemplate'),
    ExpiryDate: dateTime(),
    ExternalUniqueIdentifier: text(),
    InputPayload: textArea(),
    LastSyncDate: dateTime(),
    LoyaltyProgramMemberId: reference('LoyaltyProgramMember', 'LoyaltyProgramMember'),
    Name: autoNumber(),
    OwnerId: owner(),
    // Targets of this and of SourceRecordReferenceId are assumed.
    PartyId: reference(['Account', 'Contact', 'LoyaltyProgramMember'], 'Party'),
    SourceRecordReferenceId: reference(['LoyaltyProgramMember', 'Voucher'], 'SourceRecordReference'),
    Status: picklist([]),
    SyncErrorMessage: textArea(),
  },
};
