/** A local org to test against: `sf-plugin-loyalty/emulator`. */
export { Emulator, type EmulatorOptions } from './emulator.js';
export type { OrgSettings } from './org.js';
export { PortInUseError, type RequestEvent } from './http/server.js';
export type { ApiUsage } from './http/apiUsage.js';
export type { RequestCounter } from './http/requestCounter.js';
export { SourceError } from './source/sourceError.js';
export type { CustomFields } from './store/objectModel.js';
export type { GivenValues } from './store/validate.js';
export { DataDirInUseError, type Store, type WriteOptions } from './store/store.js';
export type { FieldValue, SObjectRow } from './store/table.js';
export { NoEmulatorError, stopEmulator } from './control/index.js';
export { startDetached, type DetachedEmulator, type DetachedOptions } from './detached/start.js';
