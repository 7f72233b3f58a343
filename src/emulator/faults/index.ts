/** Faults that are injected into a local org. */
export { DueClock } from './dueClock.js';
export { Faults, type FaultStatus, type JobFate } from './injectedFaults.js';
export { LongRequests } from './longRequests.js';
export { orgLatency } from './orgLatency.js';
export { FaultPlan, FaultRule, type FaultPlanInput, type FaultRuleInput } from './faultPlan.js';
export { FaultPlanError, readFaultPlan } from './readFaultPlan.js';
