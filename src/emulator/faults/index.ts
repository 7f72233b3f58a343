/** Faults that are injected into a local org. */
export { Faults, type FaultStatus, type JobFate } from './faults.js';
export { LongRequests } from './longRequests.js';
export { FaultPlan, FaultRule, type FaultPlanInput, type FaultRuleInput } from './plan.js';
export { FaultPlanError, readFaultPlan } from './readFaultPlan.js';
