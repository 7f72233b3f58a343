/** A local org to test against: `sf-plugin-loyalty/emulator`. */
export { Emulator } from './emulator.js';
export type { EmulatorOptions, NewOrg, Seed } from './emulatorOptions.js';
export type { ExplainedTransactions } from './loyalty/explainTransactions.js';
export type { OrgSettings } from './org.js';
export { PortInUseError, PortRefusedError } from '../base/http/portErrors.js';
export type { RequestEvent } from './http/server.js';
export type { DailyCalls as ApiUsage } from './http/dailyCalls.js';
export type { RequestCounter } from './http/requestCounter.js';
export { saveSnapshot } from './snapshot/saveSnapshot.js';
export { SnapshotError } from './snapshot/snapshotFormat.js';
export { RulesSourceError } from '../rules/index.js';
export type { FlowFunction, FlowFunctions } from '../rules/index.js';
export { SourceError } from './source/sourceError.js';
export type { CustomFields } from './store/model/objectModel.js';
export {
  FaultPlan,
  FaultPlanError,
  type FaultPlanInput,
  FaultRule,
  type FaultRuleInput,
  type Faults,
  type FaultStatus,
  type LongRequests,
  orgLatency,
  readFaultPlan,
} from './faults/index.js';
export type { Effect, EffectLog, EffectOptions } from './store/effectLog.js';
export type { Hold } from './store/locks/heldRows.js';
export type { RowLocks } from './store/locks/rowLocks.js';
export type { GivenValues } from './store/values/validateRow.js';
export { DataDirBrokenError, DataDirDiskError, DataDirInUseError } from './store/dataDir.js';
export type { Store, WriteOptions } from './store/store.js';
export type { FieldValue, SObjectRow } from './store/tables/objectTable.js';
export {
  EmulatorStillRunsError,
  NoEmulatorError,
  runPointsJobs,
  stopEmulator,
  type PointsJobResult,
} from './control/index.js';
export type { DetachedOptions } from './detached/detachedOptions.js';
export { startDetached, type DetachedEmulator, type DetachedSeed } from './detached/startDetached.js';
