import { explainedActions, readsOnly } from '../../rules/index.js';
import type { ExplainedAction, ExplainedProcess, ProgramRules } from '../../rules/index.js';
import type { SimulatedTransaction } from '../../simulation/index.js';

/** Names of the rules that did more than read, in the order in which they first did. */
export function firedRules(transactions: readonly SimulatedTransaction[]): string[] {
  return [...new Set(transactions.flatMap(({ explained }) => (explained ? rulesIn(explained) : [])))];
}

function rulesIn({ rules }: ExplainedProcess): string[] {
  return rules.flatMap(({ rule, steps }) => {
    const actions = explainedActions(steps);
    const inner = actions.flatMap(({ process }) => (process ? rulesIn(process) : []));
    return actions.some(isEffective) ? [rule, ...inner] : inner;
  });
}

function isEffective({ type, failure }: ExplainedAction): boolean {
  return failure === null && !readsOnly(type);
}

/** Rules that could have fired, where none did: those of the processes that ran, or else the first of the program. */
export function notFiredOf(transactions: readonly SimulatedTransaction[], { processes }: ProgramRules): string[] {
  const ran = new Set(transactions.map(({ explained }) => explained?.process));
  const ofProcess = processes.filter(({ name }) => ran.has(name)).flatMap(({ rules }) => rules);
  const names = (ofProcess.length > 0 ? ofProcess : processes.flatMap(({ rules }) => rules).slice(0, 1)).map(
    ({ name }) => name,
  );
  return [...new Set(names)];
}
