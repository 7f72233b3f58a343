import { crud } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { product2Table } from './published/product2Table.js';
import { readPublished } from './published/readPublished.js';

const published = readPublished(product2Table);

/**
 * A product.
 * API 10 and later. Fields as orgs publish them; Object Reference for the Salesforce Platform, "Product2".
 */
export const product2: SObjectDefinition = {
  name: 'Product2',
  label: 'Product',
  labelPlural: 'Products',
  keyPrefix: '01t',
  since: 10,
  ...crud,
  fields: published.fields,
  children: [
    ...published.children,
    { name: 'JournalProducts', childObject: 'TransactionJournal', field: 'ProductId' },
    { name: 'LoyaltyPartnerProduct2', childObject: 'LoyaltyPartnerProduct', field: 'ProductDerivedFieldId' },
    { name: 'LoyaltyPartnerProducts', childObject: 'LoyaltyPartnerProduct', field: 'ProductId' },
    { name: 'LoyaltyPromotionPartnerProduct2', childObject: 'PromotionLoyaltyPtnrProdt', field: 'LoyaltyProductId' },
    { name: 'Product2_Benefits', childObject: 'Benefit', field: 'Product2Id' },
    { name: 'VoucherProduct2', childObject: 'VoucherDefinition', field: 'ProductDerivedFieldId' },
    { name: 'VoucherProducts', childObject: 'VoucherDefinition', field: 'ProductId' },
  ],
};
