import { crud, date, int, master, nameField, picklist, textField, url } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * Definition of a badge.
 * API 56 and later. Loyalty Management Developer Guide, "LoyaltyProgramBadge".
 */
export const loyaltyProgramBadge: SObjectDefinition = {
  name: 'LoyaltyProgramBadge',
  label: 'Loyalty Program Badge',
  labelPlural: 'Loyalty Program Badges',
  keyPrefix: '0w8',
  since: 56,
  ...crud,
  fields: {
    Description: textField(),
    ImageUrl: url(1000),
    LoyaltyProgramId: master('LoyaltyProgram', 'LoyaltyProgram'),
    Name: nameField(),
    StartDate: date({ required: true }),
    // A sample of the mobile SDK also shows Expired.
    Status: picklist(['Draft', 'Active', 'Inactive'], { required: true }),
    ValidityDuration: int(),
    ValidityDurationUnit: picklist(['Days', 'Months']),
    ValidityEndDate: date(),
    ValidityType: picklist(['FixedDate', 'Period'], { required: true }),
  },
};
