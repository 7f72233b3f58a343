import { crud, dateTime, int, name, owner, text, textArea } from '../fields.js';
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
    Code: text(),
    Description: textArea(),
    EffectiveEndDate: dateTime(),
    EffectiveStartDate: dateTime(),
    Name: name(),
    NumberOfCategories: int({ readOnly: true }),
    OwnerId: owner(),
  },
};
