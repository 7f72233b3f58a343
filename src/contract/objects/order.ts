import { autoNumber, crud, currency, date, owner, picklist, reference, textField, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A sales order.
 * API 30 and later. Object Reference for the Salesforce Platform, "Order": only a selection of its fields.
 */
export const order: SObjectDefinition = {
  name: 'Order',
  label: 'Order',
  labelPlural: 'Orders',
  keyPrefix: '801',
  since: 30,
  ...crud,
  fields: {
    // Describe calls it cascading and restricted: a draft goes with its account, an activated order keeps it.
    AccountId: reference('Account', 'Account', { onParentDelete: 'refuse' }),
    Description: textArea(),
    EffectiveDate: date({ required: true }),
    EndDate: date(),
    Name: textField(80),
    OrderNumber: autoNumber(30),
    OrderReferenceNumber: textField(80),
    OwnerId: owner(),
    Status: picklist(['Draft', 'Activated'], { required: true }),
    TotalAmount: currency({ calculated: true }),
    Type: picklist([]),
  },
  children: [
    { name: 'JournalOrders', childObject: 'TransactionJournal', field: 'OrderId' },
    { name: 'Order', childObject: 'LoyaltyPgmPtnrPrepaidPack', field: 'OrderId' },
    { name: 'OrderItems', childObject: 'OrderItem', field: 'OrderId' },
  ],
};
