import type { ActionStep, ProgramRules } from '../programRules.js';
import { processActions } from '../source/walkRules.js';

/** An action that uses a flow or a decision table. */
export interface OutsideUse {
  /** Name of the flow or table. */
  readonly name: string;
  readonly action: ActionStep;
  /** The object of the Sobject variable that gets an outcome. */
  readonly objectName: string | undefined;
}

/** Returns the actions that use flows, or decision tables, of all programs. */
export function outsideUses(
  programs: readonly ProgramRules[],
  type: 'RunFlow' | 'GetOutputsFromDecisionTable',
): OutsideUse[] {
  return programs.flatMap(({ processes }) =>
    processes.flatMap((process) =>
      processActions(process).flatMap((action) => {
        if (action.type !== type || action.target === undefined) return [];
        const outcome = action.outputs.find(({ name }) => name === 'DecisionTableSingleOutcome');
        const objectName = process.parameters.get(outcome?.variable ?? '')?.objectName;
        return [{ name: action.target, action, objectName }];
      }),
    ),
  );
}

/** Returns the uses by name, which has any case. */
export function usesByName(uses: readonly OutsideUse[]): ReadonlyMap<string, readonly OutsideUse[]> {
  return Map.groupBy(uses, ({ name }) => name.toLowerCase());
}
