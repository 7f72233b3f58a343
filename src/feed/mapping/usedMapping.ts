import type { JournalTarget } from './journalTarget.js';
import type { Mapping } from './mapping.js';

/** Returns a mapping as it is used: without the section `enroll` and its columns where nobody is to be enrolled. */
export function usedMapping(mapping: Mapping, target: JournalTarget | undefined): Mapping {
  const { enroll, columns, usesExpressions } = mapping;
  if (enroll === undefined || target?.members === undefined) return { ...mapping, enroll: undefined };
  return {
    ...mapping,
    columns: [...columns, ...enroll.columns],
    usesExpressions: usesExpressions || enroll.expressions.length > 0,
  };
}
