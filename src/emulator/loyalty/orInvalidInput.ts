import { invalidInput } from './invalidInput.js';
import { ProcessFailure } from './processFailure.js';

/** For resources whose answer has no `status`: what the engine could not do refuses the call. @throws {OrgRefusal} 400 */
export function orInvalidInput<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ProcessFailure) throw invalidInput(error.message);
    throw error;
  }
}
