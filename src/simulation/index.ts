/** Feeds run through the rules of a program in a local org, before an org has them. */
export { openSimulatedOrg } from './simulatedOrg.js';
export type { SimulatedOrg, SimulatedProgram } from './simulatedOrg.js';
export { simulateFeeds } from './simulateFeeds.js';
export type { FeedSimulation, FeedSimulationOptions, SimulatedTransaction } from './simulateFeeds.js';
export type { MemberChange, PointsChange } from './memberChange.js';
export type { HeldVoucher } from './memberStates.js';
export { SimulationError } from './simulationError.js';
export { openFeeds } from './openFeeds.js';
export type { FeedFiles } from './openFeeds.js';
export { promotionNamed } from './promotionNamed.js';
export { whyNot } from '../rules/index.js';
