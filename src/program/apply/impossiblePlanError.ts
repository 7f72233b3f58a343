import { counted } from '../../base/text/counted.js';
import type { PlanEntry } from '../plan/programPlan.js';

/** The org cannot take parts of a program. Nothing was written. */
export class ImpossiblePlanError extends Error {
  override readonly name = 'ImpossiblePlanError';
  /** Why, and what to do about it, as sentences. */
  readonly actions: readonly string[];

  constructor(readonly entries: readonly PlanEntry[]) {
    const [first] = entries;
    const others = entries.length - 1;
    const more = others === 0 ? '' : ` and ${counted(others, 'other part')} of the program`;
    super(`The org cannot take the ${first?.object} "${first?.name}"${more}. Nothing was written.`);
    this.actions = [...new Set(entries.flatMap(({ reason }) => reason ?? []))];
  }
}
