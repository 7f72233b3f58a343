import type { ColumnProfile } from './columnProfile.js';

/** Columns of a key; none if no columns tell the rows of the sample apart. */
export interface KeyDraft {
  readonly columns: readonly string[];
  readonly occurrenceWithin?: string | undefined;
}

export interface KeyContext {
  /** Number of rows of the sample. */
  readonly rows: number;
  readonly member: string | undefined;
  /** The column that says what kind of transaction a row is. */
  readonly type: ColumnProfile | undefined;
}

const keyNames = /id$|^id|number|nummer|no\.?$|nr\.?$|receipt|invoice|order|transaction|beleg|bon|reference|ticket/i;
/** Columns that say where a receipt was written: its number often comes again elsewhere. */
export const placeNames =
  /store|shop|branch|outlet|register|terminal|\btill|filiale|markt|kasse|laden|magasin|caisse|tienda/i;
const itemNames = /item|product|sku|article|artikel|stock|code|line|pos/i;

/**
 * Finds the shortest key: one column, two, three, or an invoice whose lines are counted. Columns whose names sound like a key
 * come first. Dates and numbers with decimal places are never part of a key.
 */
export function draftKey(profiles: readonly ColumnProfile[], { rows, member, type }: KeyContext): KeyDraft {
  const usable = profiles.filter(
    ({ isFilled, dates, number }) => isFilled && dates.length === 0 && number?.hasPlaces !== true,
  );
  const sounding = usable.filter(({ name }) => keyNames.test(name));
  const single =
    sounding.find(({ isUnique }) => isUnique) ?? usable.find(({ isUnique, name }) => isUnique && name !== member);
  if (single) return { columns: [single.name] };
  const items = usable.filter(
    (profile) => profile === type || (itemNames.test(profile.name) && !sounding.includes(profile)),
  );
  const seconds = [...sounding, ...items];
  for (const first of sounding) {
    const second = seconds.find((each) => each !== first && areUnique([first, each], rows));
    if (second) return { columns: [first.name, second.name] };
  }
  const three = threeColumns(sounding, [...seconds, ...usable.filter(({ name }) => placeNames.test(name))], rows);
  if (three) return { columns: usable.filter((each) => three.includes(each)).map(({ name }) => name) };
  const group = sounding.find((profile) => isInRuns(profile.values));
  const item = seconds.find((each) => each !== group);
  if (!group) return { columns: [] };
  return { columns: [group.name, ...(item ? [item.name] : [])], occurrenceWithin: group.name };
}

function threeColumns(
  firsts: readonly ColumnProfile[],
  others: readonly ColumnProfile[],
  rows: number,
): readonly ColumnProfile[] | undefined {
  for (const first of firsts)
    for (const second of others)
      for (const third of others) {
        const columns = new Set([first, second, third]);
        if (columns.size === 3 && areUnique([...columns], rows)) return [...columns];
      }
  return undefined;
}

function areUnique(profiles: readonly ColumnProfile[], rows: number): boolean {
  const keys = new Set<string>();
  for (let row = 0; row < rows; row++) keys.add(JSON.stringify(profiles.map(({ values }) => values[row])));
  return keys.size === rows;
}

/** Whether equal values are always in consecutive rows. */
function isInRuns(values: readonly string[]): boolean {
  const ended = new Set<string>();
  let present: string | undefined;
  for (const value of values) {
    if (value === present) continue;
    if (ended.has(value)) return false;
    if (present !== undefined) ended.add(present);
    present = value;
  }
  return true;
}
