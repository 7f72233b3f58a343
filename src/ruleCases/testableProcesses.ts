import type { ProcessStep, ProgramRules, RuleProcess } from '../rules/index.js';

/** Returns the active processes that cases can run: those of journals, and those that rules run. */
export function testableProcesses({ processes }: ProgramRules): readonly RuleProcess[] {
  const called = new Set(processes.flatMap(({ rules }) => rules.flatMap(({ steps }) => calledBy(steps))));
  return processes.filter(
    ({ name, type, status }) => status === 'Active' && (type === 'TransactionJournal' || called.has(name)),
  );
}

function calledBy(steps: readonly ProcessStep[]): string[] {
  return steps.flatMap((step) => {
    if (step.kind !== 'action') return calledBy(step.kind === 'condition' ? step.children : step.conditions);
    return step.type === 'RunProgramProcess' && step.target !== undefined ? [step.target] : [];
  });
}
