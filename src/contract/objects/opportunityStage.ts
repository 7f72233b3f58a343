import { allReadOnly, checkbox, int, percent, picklist, textField } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/** What follows from a stage of an opportunity. */
export interface StageRules {
  readonly probability: number;
  readonly forecastCategory: 'Closed' | 'Omitted' | 'Pipeline';
  readonly isClosed: boolean;
  readonly isWon: boolean;
}

const open = (probability: number): StageRules => ({
  ...{ probability, forecastCategory: 'Pipeline', isClosed: false, isWon: false },
});

/** The stages of a new org, in their order. The names of their forecast categories are the same in English. */
export const opportunityStages: Readonly<Record<string, StageRules>> = {
  Prospecting: open(10),
  Qualification: open(10),
  'Needs Analysis': open(20),
  'Value Proposition': open(50),
  'Id. Decision Makers': open(60),
  'Perception Analysis': open(70),
  'Proposal/Price Quote': open(75),
  'Negotiation/Review': open(90),
  'Closed Won': { probability: 100, forecastCategory: 'Closed', isClosed: true, isWon: true },
  'Closed Lost': { probability: 0, forecastCategory: 'Omitted', isClosed: true, isWon: false },
};

/**
 * A stage of opportunities.
 * API 10 and later. Object Reference for the Salesforce Platform, "OpportunityStage".
 */
export const opportunityStage: SObjectDefinition = {
  name: 'OpportunityStage',
  label: 'Opportunity Stage',
  labelPlural: 'Opportunity Stage',
  keyPrefix: '01J',
  since: 10,
  searchable: false,
  madeWhenQueried: true,
  fields: allReadOnly({
    ApiName: textField(),
    DefaultProbability: percent(),
    Description: textField(),
    ForecastCategory: picklist(['Omitted', 'Pipeline', 'BestCase', 'MostLikely', 'Forecast', 'Closed']),
    ForecastCategoryName: picklist(['Omitted', 'Pipeline', 'Best Case', 'Commit', 'Closed']),
    IsActive: checkbox(),
    IsClosed: checkbox(),
    IsWon: checkbox(),
    MasterLabel: textField(),
    SortOrder: int(),
  }),
};
