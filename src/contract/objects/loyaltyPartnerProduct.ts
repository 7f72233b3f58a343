import { crud, currency, date, master, nameField, reference } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A product of a partner.
 * API 51 and later. Loyalty Management Developer Guide, "LoyaltyPartnerProduct".
 */
export const loyaltyPartnerProduct: SObjectDefinition = {
  name: 'LoyaltyPartnerProduct',
  label: 'Loyalty Partner Product',
  labelPlural: 'Loyalty Partner Products',
  keyPrefix: guessedKeyPrefix.LoyaltyPartnerProduct,
  since: 51,
  ...crud,
  fields: {
    EndDate: date(),
    LoyaltyPartnerId: master('LoyaltyProgramPartner', 'LoyaltyPartner'),
    Name: nameField(),
    PartnerCategoryDerivedFieldId: reference('ProductCategory', 'PartnerCategoryDerivedField', { readOnly: true }),
    PartnerProductCost: currency({ since: 55 }),
    ProductDerivedFieldId: reference('Product2', 'ProductDerivedField', { readOnly: true }),
    ProductId: reference(['Product2', 'ProductCategory'], 'Product', { required: true }),
    StartDate: date({ required: true }),
  },
  children: [
    {
      name: 'PromotionLoyaltyPartnerProduct',
      childObject: 'PromotionLoyaltyPtnrProdt',
      field: 'LoyaltyPartnerProductId',
    },
  ],
};
