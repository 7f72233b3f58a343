import type { ColumnProfile } from './columnProfile.js';
import { placeNames } from './draftKey.js';
import type { Part } from './draftPart.js';
import { yamlText } from './yamlText.js';

const receiptNames = /receipt|invoice|order|transaction|basket|beleg|bon(?:nr|nummer)?$|ticket|rechnung|facture/i;
/** A column with fewer different values names a shop or a day, not a receipt. */
const mostLinesOnAverage = 50;

interface GroupContext {
  readonly member: ColumnProfile | undefined;
  /** What the draft says of the amount. */
  readonly amount: Part;
}

/**
 * What a person should know of a column whose equal values follow each other, as the lines of a receipt do. Whether they
 * are one purchase or several cannot be told from the rows.
 */
export function groupPart(profiles: readonly ColumnProfile[], { member, amount }: GroupContext): Part {
  const columns = groupColumns(profiles, member);
  if (columns === undefined) return { lines: [] };
  const names = columns.map((column) => yamlText(column.name));
  const text = names.length === 1 ? String(names[0]) : `[${names.join(', ')}]`;
  const name = columns.map((column) => column.name).join(' and ');
  const [, rule] = /^ *TransactionAmount: (.*)$/.exec(amount.lines[0] ?? '') ?? [];
  const sum = rule === undefined ? '' : `, and \`TransactionAmount: { sum: ${rule} }\``;
  const assumed = [
    `Rows that follow each other have the same ${name}, and each becomes a transaction of its own. To make one of them, write \`key: ${text}\` and \`group: { by: ${text} }\`${sum}.`,
  ];
  return { lines: [], assumed };
}

/** The column of a receipt, together with that of its store if the numbers of two stores overlap. */
function groupColumns(
  profiles: readonly ColumnProfile[],
  member: ColumnProfile | undefined,
): readonly ColumnProfile[] | undefined {
  const receipts = profiles.filter(({ name, isFilled }) => isFilled && receiptNames.test(name));
  const places = profiles.filter(({ name, isFilled }) => isFilled && placeNames.test(name));
  const alone = receipts.map((receipt) => [receipt]);
  const together = receipts.flatMap((receipt) =>
    places.filter((place) => place !== receipt).map((place) => [place, receipt]),
  );
  return [...alone, ...together].find((columns) => hasLines(valuesOf(columns), member));
}

function valuesOf(columns: readonly ColumnProfile[]): string[] {
  const [first] = columns;
  return (first?.values ?? []).map((_, row) => JSON.stringify(columns.map(({ values }) => values[row])));
}

/** Whether rows with the same value follow each other, and are of one member. */
function hasLines(values: readonly string[], member: ColumnProfile | undefined): boolean {
  const distinct = new Set(values).size;
  if (distinct === values.length || distinct < 2 || distinct * mostLinesOnAverage < values.length) return false;
  const begun = new Set<string>();
  let card = '';
  for (const [row, value] of values.entries()) {
    const isSame = row > 0 && value === values[row - 1];
    if (!isSame && begun.has(value)) return false;
    begun.add(value);
    const own = member?.values[row] ?? '';
    if (isSame && own !== '' && card !== '' && own !== card) return false;
    card = isSame ? own || card : own;
  }
  return true;
}
