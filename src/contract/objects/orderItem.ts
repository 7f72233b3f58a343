import { crud } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { orderItemTable } from './published/orderItemTable.js';
import { readPublished, withRules } from './published/readPublished.js';

const published = readPublished(orderItemTable);

/**
 * A line of an order.
 * API 30 and later. Fields as orgs publish them; Object Reference for the Salesforce Platform, "OrderItem".
 *
 * A real org also requires a price book entry.
 */
export const orderItem: SObjectDefinition = {
  name: 'OrderItem',
  label: 'Order Product',
  labelPlural: 'Order Products',
  keyPrefix: '802',
  since: 30,
  ...crud,
  fields: withRules(published.fields, {
    TotalPrice: { calculation: { product: ['Quantity', 'UnitPrice'] } },
  }),
  children: [...published.children, { name: 'OrderItems', childObject: 'TransactionJournal', field: 'OrderItemId' }],
};
