import { crud, dateTime, int, nameField, owner, textField, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A tree of categories.
 * API 49 and later. Object Reference for the Salesforce Platform, "ProductCatalog": only a selection of its fields.
 */
export const productCatalog: SObjectDefinition = {
  name: 'ProductCatalog',
  label: 'Product Catalog',
  labelPlural: 'Product Catalogs',
  keyPrefix: '0ZS',
  since: 49,
  ...crud,
  fields: {
    Code: textField(),
    Description: textArea(),
    EffectiveEndDate: dateTime(),
    EffectiveStartDate: dateTime(),
    Name: nameField(),
    NumberOfCategories: int({ readOnly: true }),
    OwnerId: owner(),
  },
  children: [{ name: 'ContainedCategories', childObject: 'ProductCategory', field: 'CatalogId' }],
};
