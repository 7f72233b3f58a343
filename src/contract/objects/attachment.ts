import { base64, checkbox, crud, int, owner, reference, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/** Objects that can have attachments and files here: those with pages of their own that clients are known to use. */
export const withFiles = [
  ...['Account', 'Asset', 'Campaign', 'Case', 'Contact', 'LoyaltyProgram', 'LoyaltyProgramMember', 'Opportunity'],
  ...['Order', 'Product2', 'Promotion', 'TransactionJournal', 'Voucher'],
];

/**
 * A file at a record.
 * API 10 and later. Object Reference for the Salesforce Platform, "Attachment".
 */
export const attachment: SObjectDefinition = {
  name: 'Attachment',
  label: 'Attachment',
  labelPlural: 'Attachments',
  keyPrefix: '00P',
  since: 10,
  searchable: false,
  hasCurrencyIsoCode: false,
  ...crud,
  fields: {
    Body: { ...base64({ required: true, unfilterable: true }) },
    BodyLength: int({ readOnly: true }),
    ContentType: textField(120),
    Description: textField(500),
    IsPrivate: checkbox(),
    Name: textField(255, { required: true }),
    OwnerId: owner(),
    ParentId: reference(withFiles, 'Parent', { required: true, createOnly: true, onParentDelete: 'cascade' }),
  },
};
