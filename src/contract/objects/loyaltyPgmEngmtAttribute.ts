import { checkbox, crud, date, int, master, nameField, picklist, textField, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * An engagement attribute: what is counted, its target, and when it is reset.
 * API 55 and later. Loyalty Management Developer Guide, "LoyaltyPgmEngmtAttribute".
 */
export const loyaltyPgmEngmtAttribute: SObjectDefinition = {
  name: 'LoyaltyPgmEngmtAttribute',
  label: 'Loyalty Program Engagement Attribute',
  labelPlural: 'Loyalty Program Engagement Attributes',
  keyPrefix: guessedKeyPrefix.LoyaltyPgmEngmtAttribute,
  since: 55,
  ...crud,
  fields: {
    DefaultValue: textField(),
    Description: textArea(255),
    EndDate: date(),
    LoyaltyProgramId: master('LoyaltyProgram', 'LoyaltyProgram'),
    MaximumResetCountPerPeriod: int(),
    Name: nameField(),
    // Weekly: day 1 (Sunday) to 7. Monthly: day 1 to 31. Yearly: month 1 to 12, with the reset on its first day.
    // CustomPeriod: number of days between resets.
    ResetValueOn: textField(),
    // If true, a member keeps one row of values. If false, there is one row per period.
    ShouldOverwriteAttrCurrVal: checkbox(),
    StartDate: date({ required: true }),
    // Only Active attributes are tracked.
    Status: picklist(['Draft', 'Active', 'Inactive'], { defaultValue: 'Draft' }),
    // A number, stored as text.
    TargetValue: textField(),
    ValueResetFrequency: picklist(['Daily', 'Weekly', 'Monthly', 'Yearly', 'CustomPeriod']),

    // In a real org but not in the guide: values and flags are unknown, and so is the type of ValueType.
    EngagementType: picklist([]),
    ValueType: picklist([]),
  },
  children: [
    {
      name: 'LoyaltyPgmEngagementAttributes',
      childObject: 'LoyaltyPgmMbrAttributeVal',
      field: 'LoyaltyPgmEngmtAttributeId',
    },
    { name: 'LoyaltyPgmEngmtAttributes', childObject: 'LoyaltyPgmEngmtAttrProm', field: 'LoyaltyProgramEngmtAttrId' },
  ],
};
