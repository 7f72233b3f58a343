import { autoNumber, crud, currency, date, double, reference, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A line of an order.
 * API 30 and later. Object Reference for the Salesforce Platform, "OrderItem": only a selection of its fields.
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
  fields: {
    Description: textField(),
    OrderId: reference('Order', 'Order', { required: true, createOnly: true, onParentDelete: 'cascade' }),
    OrderItemNumber: autoNumber(30),
    Product2Id: reference('Product2', 'Product2', { createOnly: true }),
    Quantity: double({ required: true }),
    ServiceDate: date(),
    TotalPrice: currency({ calculated: true }),
    UnitPrice: currency(),
  },
  children: [{ name: 'OrderItems', childObject: 'TransactionJournal', field: 'OrderItemId' }],
};
