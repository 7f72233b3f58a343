import { crud, currency, date, owner, picklist, reference, textField, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A sale in progress.
 * API 10 and later. Object Reference for the Salesforce Platform, "Opportunity": only a selection of its fields.
 */
export const opportunity: SObjectDefinition = {
  name: 'Opportunity',
  label: 'Opportunity',
  labelPlural: 'Opportunities',
  keyPrefix: '006',
  since: 10,
  ...crud,
  fields: {
    AccountId: reference('Account', 'Account', { onParentDelete: 'cascade' }),
    Amount: currency(),
    CampaignId: reference('Campaign', 'Campaign'),
    CloseDate: date({ required: true }),
    Description: textArea(),
    Name: textField(120, { required: true }),
    OwnerId: owner(),
    StageName: picklist(['Prospecting', 'Closed Won', 'Closed Lost'], { required: true }),
  },
};
