import type { Writing } from '../work.js';

interface ActionParameter {
  readonly name: string;
  /** As describe has it: `STRING`, `INTEGER`. */
  readonly type: string;
}

/** One action under `/actions/standard/{name}`. */
export interface StandardAction {
  readonly name: string;
  readonly label: string;
  /** First API version that has it. */
  readonly since: number;
  readonly inputs: readonly ActionParameter[];
  readonly outputs: readonly ActionParameter[];
  /**
   * @param input values by name in lower case
   * @returns the output values
   * @throws ApiError, ProcessFailure when the input cannot be done
   */
  run(writing: Writing, input: ReadonlyMap<string, unknown>): Record<string, unknown>;
}
