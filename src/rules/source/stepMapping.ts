import type { ActionStep, RulePlace } from '../programRules.js';
import type { ReadCondition } from './readCondition.js';

/** What step mappings refer to by name. */
export type UnplacedStep = ActionStep | (ReadCondition & { readonly name: string; readonly place: RulePlace });

export interface StepMapping {
  readonly step: string;
  /** Undefined at the top. */
  readonly parent: string | undefined;
  readonly sequence: number;
  readonly place: RulePlace;
}
