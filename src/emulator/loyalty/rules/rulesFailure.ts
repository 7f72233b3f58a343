import type { ProcessFailedError, ProcessTrace } from '../../../rules/index.js';
import { ProcessFailure } from '../processFailure.js';

/** A loaded rule has failed. */
export class RulesFailure extends ProcessFailure {
  /** What ran up to the failure. */
  readonly traces: readonly ProcessTrace[];

  constructor(failed: ProcessFailedError) {
    super(failed.message);
    this.traces = failed.traces;
  }
}
