import { once } from './keyedCall.js';
import type { OnceOptions, OnceResult } from './keyedCall.js';

/**
 * Makes a call once per key whose effect the org does not show, such as a process of the org's own. Only this machine
 * knows the key. If the answer was lost, or says that the call failed on its way, nobody can tell by itself whether it
 * has changed anything: it is `unclear`, and never sent again with this key.
 *
 * @throws {KeyConflictError}
 * @throws {ErasedKeyError}
 */
export function onceUnseen<T>(options: OnceOptions, send: () => Promise<T>): Promise<OnceResult<T>> {
  return once<T>(options, { before: async () => null, send, check: async () => 'unclear' });
}
