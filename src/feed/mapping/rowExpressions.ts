import type { NamedExpression } from '../expressions/rowEvaluator.js';
import { expressionsOfJournal } from './mappedJournals.js';
import type { Mapping } from './mapping.js';

/** Returns the expressions of a mapping that see a whole row, in the order of evaluation. */
export function rowExpressions({
  skip,
  computed,
  enroll,
  journals,
}: Pick<Mapping, 'skip' | 'computed' | 'enroll' | 'journals'>): NamedExpression[] {
  return [
    ...(skip === undefined ? [] : [{ name: 'skip', path: ['skip'], source: skip }]),
    ...computed.map(({ path, expression }) => ({ name: String(path[0]), path, source: expression })),
    ...(enroll?.expressions ?? []),
    ...journals.filter(({ each }) => each === undefined).flatMap(expressionsOfJournal),
  ];
}
