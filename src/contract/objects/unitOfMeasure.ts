import { crud, int, nameField, owner, picklist, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A unit, such as points or liters.
 * API 50 and later. The loyalty guides have no page for it. Fields are those in the describe of a real org. Lengths,
 * flags and the first version are assumed.
 */
export const unitOfMeasure: SObjectDefinition = {
  name: 'UnitOfMeasure',
  label: 'Unit of Measure',
  labelPlural: 'Units of Measure',
  keyPrefix: '0hE',
  since: 50,
  ...crud,
  fields: {
    Description: textField(),
    Name: nameField(),
    OwnerId: owner(),
    Sequence: int(),
    Status: picklist([]),
    Type: picklist([]),
    UnitCode: textField(255, { required: true }),
  },
  children: [
    { name: 'QuantityUnit', childObject: 'TransactionJournal', field: 'QuantityUnitOfMeasureId' },
    { name: 'UnitOfMeasureType', childObject: 'BenefitType', field: 'UnitofMeasureId' },
    { name: 'ValueUnitOfMeasure', childObject: 'Benefit', field: 'UnitId' },
  ],
};
