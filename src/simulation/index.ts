/** Feeds run through the rules of a program in a local org, before an org has them. */
export { askedPromotion } from './askedPromotion.js';
export { compareRules } from './compareRules.js';
export type { RulesDifference } from './compareRules.js';
export { openFeeds } from './openFeeds.js';
export { openSimulatedOrg } from './simulatedOrg.js';
export type { SimulatedOrg } from './simulatedOrg.js';
export { simulateFeeds } from './simulateFeeds.js';
export type { FeedSimulation, FeedSimulationOptions, MemberStates, SimulatedTransaction } from './simulateFeeds.js';
export { whyNot } from '../rules/index.js';
