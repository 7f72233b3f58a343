import { autoNumber, crud, dateTime, owner, picklist, reference, textField, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A pass in a phone's wallet.
 * API 66 and later. Loyalty Management Developer Guide, "DigitalPass". Fields are those in the describe of a real org.
 * Lengths, flags and the first version are assumed.
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
    ExternalUniqueIdentifier: textField(),
    InputPayload: textArea(),
    LastSyncDate: dateTime(),
    LoyaltyProgramMemberId: reference('LoyaltyProgramMember', 'LoyaltyProgramMember'),
    Name: autoNumber(),
    OwnerId: owner(),
    // The targets of this field and of SourceRecordReferenceId are assumed.
    PartyId: reference(['Account', 'Contact', 'LoyaltyProgramMember'], 'Party'),
    SourceRecordReferenceId: reference(['LoyaltyProgramMember', 'Voucher'], 'SourceRecordReference'),
    Status: picklist([]),
    SyncErrorMessage: textArea(),
  },
};
