import { crud } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { campaignTable } from './published/campaignTable.js';
import { readPublished } from './published/readPublished.js';

const published = readPublished(campaignTable);

/**
 * A marketing campaign.
 * API 10 and later. Fields as orgs publish them; Object Reference for the Salesforce Platform, "Campaign".
 */
export const campaign: SObjectDefinition = {
  name: 'Campaign',
  label: 'Campaign',
  labelPlural: 'Campaigns',
  keyPrefix: '701',
  since: 10,
  ...crud,
  fields: published.fields,
  children: [...published.children, { name: 'CampaignPromotions', childObject: 'Promotion', field: 'CampaignId' }],
};
