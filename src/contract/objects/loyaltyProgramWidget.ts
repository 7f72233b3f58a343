import { crud, int, nameField, owner, reference, textField, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A widget for a program's site.
 * API 57 and later. Loyalty Management Developer Guide, "LoyaltyProgramWidget". Fields are those in the describe of a
 * real org. Lengths, flags and the first version are assumed.
 */
export const loyaltyProgramWidget: SObjectDefinition = {
  name: 'LoyaltyProgramWidget',
  label: 'Loyalty Program Widget',
  labelPlural: 'Loyalty Program Widgets',
  keyPrefix: guessedKeyPrefix.LoyaltyProgramWidget,
  since: 57,
  ...crud,
  fields: {
    CustomizedContent: textArea(),
    Description: textArea(),
    Name: nameField(),
    OwnerId: owner(),
    ProgramId: reference('LoyaltyProgram', 'Program'),
    PromotionId: reference('Promotion', 'Promotion'),
    TemplateName: textField(),
    TemplateVersion: int(),
  },
};
