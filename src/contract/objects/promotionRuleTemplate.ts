import { allReadOnly, picklist, reference, textField, textArea, url } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A template of promotion rules.
 * API 57 and later. Loyalty Management Developer Guide, "PromotionRuleTemplate". Fields are those in the describe of a
 * real org. Lengths, flags and the first version are assumed.
 */
export const promotionRuleTemplate: SObjectDefinition = {
  name: 'PromotionRuleTemplate',
  label: 'Promotion Rule Template',
  labelPlural: 'Promotion Rule Templates',
  keyPrefix: guessedKeyPrefix.PromotionRuleTemplate,
  since: 57,
  fields: allReadOnly({
    ApiName: textField(255, { idLookup: true }),
    Category: picklist([]),
    Description: textArea(),
    ExternalId: textField(),
    IconUrl: url(),
    JournalTypeId: reference('JournalType', 'JournalType'),
    Label: textField(),
    RuleConfiguration: textArea(),
    RuleRewardConfiguration: textArea(),
  }),
};
