import { crud, int, name, owner, picklist, text } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A unit, as points or litres.
 * API 50 and later. No page in the loyalty guides: fields as in the describe of a real org, lengths, flags and first
 * version assumed.
 */
export const unitOfMeasure: SObjectDefinition = {
  name: 'UnitOfMeasure',
  label: 'Unit of Measure',
  labelPlural: 'Units of Measure',
  keyPrefix: '0hE',
  since: 50,
  ...crud,
  fields: {
    Description: text(),
    Name: name(),
    OwnerId: owner(),
    Sequence: int(),
    Status: picklist([]),
    Type: picklist([]),
    UnitCode: text(255, { required: true }),
  },
  children: [
    { name: 'QuantityUnit', childObject: 'TransactionJournal', field: 'QuantityUnitOfMeasureId' },
    { name: 'UnitOfMeasureType', childObject: 'BenefitType', field: 'UnitofMeasureId' },
    { name: 'ValueUnitOfMeasure', childObject: 'Benefit', field: 'UnitId' },
  ],
};
