/**
 * An HTTP door in front of a {@link SyncService}: takes transactions as JSON, and answers when they are on disk.
 *
 * @module
 */
export { StatusPages } from './statusPages.js';
export type { StatusPagesOptions } from './statusPages.js';
export { HttpDoor } from './httpDoor.js';
export { checkDoorOptions, doorDefaults, DoorOptionsError, shortestSecret } from './doorOptions.js';
export type { DoorAccess, DoorAnswer, DoorOptions } from './doorOptions.js';
export { signatureHeader, signatureWindow, signRequest } from './doorSignature.js';
export type { PushAnswer } from './pushAnswer.js';
export { AddressMissingError, PortInUseError, PortRefusedError } from '../base/http/portErrors.js';
