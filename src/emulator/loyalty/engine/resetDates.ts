import { addToDay } from '../../../base/dayArithmetic.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { textOrNull } from '../rowValues.js';

/** When the qualifying points of a tier group are reset. */
export interface ResetModel {
  readonly model: 'Fixed' | 'Anniversary';
  /** `yyyy-MM-dd`: the first reset of the fixed model, null for none. */
  readonly firstDate: string | null;
  readonly everyYears: number;
}

/** What a tier group says about its resets. */
export function resetModelOf(group: SObjectRow): ResetModel {
  return {
    model: group['TierModel'] === 'Anniversary' ? 'Anniversary' : 'Fixed',
    firstDate: textOrNull(group, 'QpResetDate'),
    everyYears: typeof group['QpResetFrequency'] === 'number' ? group['QpResetFrequency'] : 1,
  };
}

/** The latest reset up to today, if there was one, and the first one after it. */
export interface ResetDates {
  readonly latest: string | undefined;
  readonly next: string | undefined;
}

/** Fixed: on the same days for all members. Anniversary: on those of the enrollment, from the first one on. */
export function resetDates({ model, firstDate, everyYears }: ResetModel, enrolled: string, today: string): ResetDates {
  const start = model === 'Fixed' ? firstDate : addToDay(enrolled, everyYears, 'Years');
  if (start === null || everyYears < 1) return { latest: undefined, next: undefined };
  let cycle = 0;
  const day = (number: number): string => addToDay(start, number * everyYears, 'Years');
  while (day(cycle) <= today) cycle++;
  return { latest: cycle === 0 ? undefined : day(cycle - 1), next: day(cycle) };
}
