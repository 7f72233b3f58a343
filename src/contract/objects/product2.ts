import { checkbox, crud, picklist, textField, textArea, url } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A product.
 * API 10 and later. Object Reference for the Salesforce Platform, "Product2": only a selection of its fields.
 */
export const product2: SObjectDefinition = {
  name: 'Product2',
  label: 'Product',
  labelPlural: 'Products',
  keyPrefix: '01t',
  since: 10,
  ...crud,
  fields: {
    Description: textArea(4000),
    DisplayUrl: url(1000),
    ExternalId: textField(),
    Family: picklist([]),
    IsActive: checkbox(),
    Name: textField(255, { required: true }),
    ProductCode: textField(),
    QuantityUnitOfMeasure: picklist([]),
    StockKeepingUnit: textField(180),
  },
  children: [
    { name: 'JournalProducts', childObject: 'TransactionJournal', field: 'ProductId' },
    { name: 'LoyaltyPartnerProduct2', childObject: 'LoyaltyPartnerProduct', field: 'ProductDerivedFieldId' },
    { name: 'LoyaltyPartnerProducts', childObject: 'LoyaltyPartnerProduct', field: 'ProductId' },
    { name: 'LoyaltyPromotionPartnerProduct2', childObject: 'PromotionLoyaltyPtnrProdt', field: 'LoyaltyProductId' },
    { name: 'Product2_Benefits', childObject: 'Benefit', field: 'Product2Id' },
    { name: 'VoucherProduct2', childObject: 'VoucherDefinition', field: 'ProductDerivedFieldId' },
    { name: 'VoucherProducts', childObject: 'VoucherDefinition', field: 'ProductId' },
  ],
};
