import { isGroupRule } from './groupRules.js';
import type { MappedJournal } from './mappedJournals.js';
import type { MappingFile } from './mappingFile.js';
import type { MappingText } from './mappingText.js';
import type { ColumnOrExpression } from './rowRules.js';

/** How rows that follow each other become one transaction. */
export interface MappedGroup {
  /** Columns, or names of what expressions make in their place, in which the lines of a group have the same values. */
  readonly columns: readonly string[];
  /** Milliseconds without a new row after which the last group of a watched file is complete. */
  readonly completeAfter: number | undefined;
}

/** The checked parts of a mapping. */
interface Parts {
  /** Returns the name under which a part of the mapping is read from rows. */
  readonly named: (part: ColumnOrExpression) => string;
  readonly journals: readonly MappedJournal[];
  readonly place: MappingText;
}

/** @throws {FeedError} for rules that contradict each other */
export function mappedGroup(
  { group, key }: Pick<MappingFile, 'group' | 'key'>,
  { named, journals, place }: Parts,
): MappedGroup | undefined {
  if (group === undefined) {
    const field = journals.flatMap(({ fields }) => fields).find(({ rule }) => isGroupRule(rule));
    if (field === undefined) return undefined;
    const action = 'Add `group`, such as `group: { by: Receipt }`, or use a rule that reads one row.';
    throw place.error(field.path, 'is made from the lines of a group, but the mapping groups no rows', action);
  }
  const list = journals.find(({ each }) => each !== undefined);
  if (list !== undefined)
    throw place.error([...list.path, 'each'], 'cannot be used together with `group`', 'Remove one of the two.');
  const numbers = typeof key === 'object' && 'occurrenceWithin' in key && key.occurrenceWithin !== undefined;
  if (numbers && group.completeAfter !== undefined)
    throw place.error(
      ['group', 'completeAfter'],
      'cannot be used together with occurrenceWithin: a time that passes must not change the numbers in keys',
      'Remove one of the two.',
    );
  const { completeAfter } = group;
  return {
    columns: [group.by].flat().map(named),
    completeAfter: completeAfter === undefined ? undefined : completeAfter * 1000,
  };
}

/** Every name that expressions of a group have besides its columns. */
export const groupNames = ['lines'] as const;
