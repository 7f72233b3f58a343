import type { z } from 'zod';
import type { ProcessType } from './endpoints/processEndpoints.js';
import type { Parameters, ValuesOf } from './parameter.js';

/**
 * What the processes of one type take and answer, as the template has it that they are cloned from. Whoever cloned one
 * may have added parameters or removed some.
 */
export interface ProcessTemplate<Inputs extends Parameters = Parameters, Result extends z.ZodType = z.ZodType> {
  readonly type: ProcessType;
  readonly inputs: Inputs;
  /** Shape of one of the `results`. */
  readonly result: Result;
}

export type ParametersFor<T extends ProcessTemplate> = ValuesOf<T['inputs']>;

/** Writes a template down. */
export function processTemplate<Inputs extends Parameters, Result extends z.ZodType>(
  template: ProcessTemplate<Inputs, Result>,
): ProcessTemplate<Inputs, Result> {
  return template;
}
