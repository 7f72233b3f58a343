import { crud } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { orderTable } from './published/orderTable.js';
import { readPublished, withRules } from './published/readPublished.js';

const published = readPublished(orderTable);

/**
 * A sales order.
 * API 30 and later. Fields as orgs publish them; Object Reference for the Salesforce Platform, "Order".
 */
export const order: SObjectDefinition = {
  name: 'Order',
  label: 'Order',
  labelPlural: 'Orders',
  keyPrefix: '801',
  since: 30,
  ...crud,
  fields: withRules(published.fields, {
    StatusCode: { calculation: { byValueOf: 'Status', values: { Activated: 'Activated' }, otherwise: 'Draft' } },
  }),
  children: [
    ...published.children,
    { name: 'JournalOrders', childObject: 'TransactionJournal', field: 'OrderId' },
    { name: 'Order', childObject: 'LoyaltyPgmPtnrPrepaidPack', field: 'OrderId' },
  ],
};
