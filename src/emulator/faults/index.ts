/** What goes wrong in a local org, on purpose. */
export { Faults, type FaultStatus, type JobFate } from './faults.js';
export { LongRequests } from './longRequests.js';
export { FaultPlan, FaultRule, type FaultPlanInput, type FaultRuleInput } from './plan.js';
export { FaultPlanError, readFaultPlan } from './readFaultPlan.js';
