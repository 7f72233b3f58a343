import { processActions } from '../rules/index.js';
import type { ProgramRules, RuleProcess } from '../rules/index.js';

/** Returns the active processes that cases can run: those of journals, and those that rules run. */
export function testableProcesses({ processes }: ProgramRules): readonly RuleProcess[] {
  const calls = processes.flatMap(processActions).filter(({ type }) => type === 'RunProgramProcess');
  const called = new Set(calls.map(({ target }) => target));
  return processes.filter(
    ({ name, type, status }) => status === 'Active' && (type === 'TransactionJournal' || called.has(name)),
  );
}
