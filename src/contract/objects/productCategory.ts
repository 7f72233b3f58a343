import { checkbox, crud, int, master, nameField, reference, textField, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A category of products in a catalog.
 * API 46 and later. Object Reference for the Salesforce Platform, "ProductCategory": only a selection of its fields.
 */
export const productCategory: SObjectDefinition = {
  name: 'ProductCategory',
  label: 'Product Category',
  labelPlural: 'Product Categories',
  keyPrefix: '0ZG',
  since: 46,
  ...crud,
  fields: {
    CatalogId: master('ProductCatalog', 'Catalog'),
    Code: textField(),
    Description: textArea(),
    IsNavigational: checkbox(),
    Name: nameField(),
    NumberOfProducts: int({ readOnly: true }),
    ParentCategoryId: reference('ProductCategory', 'ParentCategory'),
    SortOrder: int(),
  },
  children: [
    { name: 'ChildCategories', childObject: 'ProductCategory', field: 'ParentCategoryId' },
    {
      name: 'LoyaltyPartnerProductCategory',
      childObject: 'LoyaltyPartnerProduct',
      field: 'PartnerCategoryDerivedFieldId',
    },
    { name: 'LoyaltyPartnerProducts', childObject: 'LoyaltyPartnerProduct', field: 'ProductId' },
    { name: 'LoyaltyPromotionProductCategory', childObject: 'PromotionLoyaltyPtnrProdt', field: 'ProductCategoryId' },
    { name: 'ProductCategories', childObject: 'TransactionJournal', field: 'ProductCategoryId' },
    { name: 'VoucherProductCategory', childObject: 'VoucherDefinition', field: 'ProductCategoryDerivedFieldId' },
    { name: 'VoucherProducts', childObject: 'VoucherDefinition', field: 'ProductId' },
  ],
};
