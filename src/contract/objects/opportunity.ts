import { crud } from '../fields.js';
import type { Calculation, SObjectDefinition } from '../sobject.js';
import { opportunityStages } from './opportunityStage.js';
import type { StageRules } from './opportunityStage.js';
import { opportunityTable } from './published/opportunityTable.js';
import { readPublished, withRules } from './published/readPublished.js';

const published = readPublished(opportunityTable);

/** A stage that a new org does not have is open, with no probability of its own. */
function byStage(value: keyof StageRules, otherwise?: boolean | string): Calculation {
  const values = Object.fromEntries(Object.entries(opportunityStages).map(([stage, rules]) => [stage, rules[value]]));
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
    ForecastCategory: { calculation: byStage('forecastCategory', 'Pipeline') },
    ForecastCategoryName: { calculation: byStage('forecastCategory', 'Pipeline'), defaultedOnCreate: true },
    IsClosed: { calculation: byStage('isClosed', false) },
    IsWon: { calculation: byStage('isWon', false) },
    Probability: { calculation: byStage('probability'), defaultedOnCreate: true },
  }),
  children: published.children,
};
