import { crud, nameField, owner, picklist, reference, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A category of perks.
 * API 51 and later. Loyalty Management Developer Guide, "BenefitType".
 */
export const benefitType: SObjectDefinition = {
  name: 'BenefitType',
  label: 'Benefit Type',
  labelPlural: 'Benefit Types',
  keyPrefix: '0jh',
  since: 51,
  ...crud,
  fields: {
    // Salesforce provides no values, so the org must add some.
    Category: picklist([], { required: true }),
    Description: textField(80),
    ImageSource: textField(1000, { since: 62 }),
    LoyaltyProgramId: reference('LoyaltyProgram', 'LoyaltyProgram'),
    Name: nameField(),
    OwnerId: owner(),
    ProcessType: picklist(['Loyalty', 'Rebate']),

    // In describe but not in the guide: types are those of describe, and lengths and flags are assumed.
    Type: picklist([]),
    UnitofMeasureId: reference('UnitOfMeasure', 'UnitofMeasure'),
  },
  children: [{ name: 'Benefits', childObject: 'Benefit', field: 'BenefitTypeId' }],
};
