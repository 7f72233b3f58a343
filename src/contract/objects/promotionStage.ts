import { crud, int, nameField, picklist, reference, textField, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A stage of a promotion, as in a referral funnel.
 * API 59 and later. Referral Marketing Developer Guide, "PromotionStage".
 * The orgs whose describe was seen do not have it, because it depends on features.
 */
export const promotionStage: SObjectDefinition = {
  name: 'PromotionStage',
  label: 'Promotion Stage',
  labelPlural: 'Promotion Stages',
  keyPrefix: '12k',
  since: 59,
  ...crud,
  fields: {
    ApiName: textField(255, { required: true, idLookup: true }),
    Configuration: textArea(32_000, { unfilterable: true }),
    Description: textArea(),
    Name: nameField(),
    PromotionId: reference('Promotion', 'Promotion', { required: true, createOnly: true }),
    ReferredPartyJournalSubTypeId: reference('JournalSubType', 'ReferredPartyJournalSubType'),
    ReferrerJournalSubTypeId: reference('JournalSubType', 'ReferrerJournalSubType'),
    SequenceNumber: int({ required: true }),
    // All values except Promotion Launched are for referrals.
    Type: picklist(
      [
        'Promotion Launched',
        'Advocate Joins Promotion',
        'Advocate Refers Friend',
        'Friend Signs Up',
        'Friend Completes First Purchase',
      ],
      { required: true },
    ),
  },
};
