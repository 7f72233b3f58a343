import type { ProgramRules, RuleProcess } from '../programRules.js';
import type { RuleJournal } from './ruleWorld.js';

/**
 * Returns the active process for journals of this type and subtype. One that names the subtype goes before one that
 * takes any (inferred).
 */
export function matchingRules(
  { processes }: ProgramRules,
  { journalType, journalSubType }: Pick<RuleJournal, 'journalType' | 'journalSubType'>,
  execution: 'RealTime' | 'Batch',
): RuleProcess | undefined {
  const ofType = processes.filter(
    (process) =>
      process.type === 'TransactionJournal' &&
      process.status === 'Active' &&
      [execution, 'BatchAndRealTime'].includes(process.executionType) &&
      isSame(process.journalType, journalType),
  );
  return (
    ofType.find((process) => process.journalSubType !== undefined && isSame(process.journalSubType, journalSubType)) ??
    ofType.find((process) => process.journalSubType === undefined)
  );
}

function isSame(one: string | undefined, other: string | undefined): boolean {
  return one?.toLowerCase() === other?.toLowerCase();
}
