import { autoNumber, date, double, int, master, reference, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A member's value of one attribute in one period.
 * API 55 and later. Loyalty Management Developer Guide, "LoyaltyPgmMbrAttributeVal".
 *
 * Callers cannot update it, because the rules write it.
 */
export const loyaltyPgmMbrAttributeVal: SObjectDefinition = {
  name: 'LoyaltyPgmMbrAttributeVal',
  label: 'Loyalty Program Member Attribute Value',
  labelPlural: 'Loyalty Program Member Attribute Values',
  keyPrefix: guessedKeyPrefix.LoyaltyPgmMbrAttributeVal,
  since: 55,
  createable: true,
  deletable: true,
  fields: {
    // Sum over all periods.
    CumulativeValue: double({ createOnly: true }),
    // The progress in the period: a number, stored as text.
    CurrentValue: textField(255, { createOnly: true }),
    EndDate: date({ createOnly: true }),
    LastResetDate: date({ createOnly: true }),
    LoyaltyPgmEngmtAttributeId: reference('LoyaltyPgmEngmtAttribute', 'LoyaltyPgmEngmtAttribute', {
      required: true,
      createOnly: true,
    }),
    LoyaltyProgramMemberId: master('LoyaltyProgramMember', 'LoyaltyProgramMember'),
    Name: autoNumber(),
    // How often it was completed and reset.
    ResetCount: int({ createOnly: true }),
    StartDate: date({ required: true, createOnly: true }),
  },
};
