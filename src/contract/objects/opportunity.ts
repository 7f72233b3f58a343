import { crud } from '../fields.js';
import type { Calculation, SObjectDefinition } from '../sobject.js';
import { opportunityTable } from './published/opportunityTable.js';
import { readPublished, withRules } from './published/readPublished.js';

const published = readPublished(opportunityTable);

/** Stages of a new org: probability, forecast category, and its name. */
const stages: Readonly<Record<string, readonly [number, string, string]>> = {
  Prospecting: [10, 'Pipeline', 'Pipeline'],
  Qualification: [10, 'Pipeline', 'Pipeline'],
  'Needs Analysis': [20, 'Pipeline', 'Pipeline'],
  'Value Proposition': [50, 'Pipeline', 'Pipeline'],
  'Id. Decision Makers': [60, 'Pipeline', 'Pipeline'],
  'Perception Analysis': [70, 'Pipeline', 'Pipeline'],
  'Proposal/Price Quote': [75, 'Pipeline', 'Pipeline'],
  'Negotiation/Review': [90, 'Pipeline', 'Pipeline'],
  'Closed Won': [100, 'Closed', 'Closed'],
  'Closed Lost': [0, 'Omitted', 'Omitted'],
};

/** A stage that a new org does not have is open, with no probability of its own. */
function byStage(column: 0 | 1 | 2, otherwise?: string): Calculation {
  const values = Object.fromEntries(Object.entries(stages).map(([stage, values]) => [stage, values[column]]));
  return { byValueOf: 'StageName', values, ...(otherwise !== undefined && { otherwise }) };
}

/**
 * A sale in progress.
 * API 10 and later. Fields as orgs publish them; Object Reference for the Salesforce Platform, "Opportunity".
 *
 * Its stage decides whether it is closed or won. Probability and forecast category come from the stage unless given.
 */
export const opportunity: SObjectDefinition = {
  name: 'Opportunity',
  label: 'Opportunity',
  labelPlural: 'Opportunities',
  keyPrefix: '006',
  since: 10,
  ...crud,
  fields: withRules(published.fields, {
    ExpectedRevenue: { calculation: { product: ['Amount', 'Probability'], dividedBy: 100 } },
    Fiscal: { calculation: { fiscal: 'yearAndQuarter', of: 'CloseDate' } },
    FiscalQuarter: { calculation: { fiscal: 'quarter', of: 'CloseDate' } },
    FiscalYear: { calculation: { fiscal: 'year', of: 'CloseDate' } },
    ForecastCategory: { calculation: byStage(1, 'Pipeline') },
    ForecastCategoryName: { calculation: byStage(2, 'Pipeline'), defaultedOnCreate: true },
    IsClosed: {
      calculation: { byValueOf: 'StageName', values: { 'Closed Won': true, 'Closed Lost': true }, otherwise: false },
    },
    IsWon: { calculation: { byValueOf: 'StageName', values: { 'Closed Won': true }, otherwise: false } },
    Probability: { calculation: byStage(0), defaultedOnCreate: true },
  }),
  children: published.children,
};
