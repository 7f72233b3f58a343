import { checkbox, crud, date, owner, picklist, reference, textField, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A marketing campaign.
 * API 10 and later. Object Reference for the Salesforce Platform, "Campaign": only a selection of its fields.
 */
export const campaign: SObjectDefinition = {
  name: 'Campaign',
  label: 'Campaign',
  labelPlural: 'Campaigns',
  keyPrefix: '701',
  since: 10,
  ...crud,
  fields: {
    Description: textArea(),
    EndDate: date(),
    IsActive: checkbox(),
    Name: textField(80, { required: true }),
    OwnerId: owner(),
    ParentId: reference('Campaign', 'Parent'),
    StartDate: date(),
    Status: picklist(['Planned', 'In Progress', 'Completed', 'Aborted']),
    Type: picklist([]),
  },
  children: [{ name: 'CampaignPromotions', childObject: 'Promotion', field: 'CampaignId' }],
};
