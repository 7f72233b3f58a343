import type { ColumnProfile } from './columnProfile.js';
import { placeNames } from './draftKey.js';
import { oneOrList } from '../mapping/oneOrList.js';
import { yamlText } from './yamlText.js';

/** Columns whose equal values follow each other, as in the lines of a receipt. */
export interface ReceiptLines {
  /** For a sentence. */
  readonly title: string;
  /** As a column, or as a list of columns. */
  readonly yaml: string;
  /** Which receipt each row is of. */
  readonly receipts: readonly string[];
}

const receiptNames = /receipt|invoice|order|transaction|basket|beleg|bon(?:nr|nummer)?$|ticket|rechnung|facture/i;
/** `OrderTotal` is an amount, and no receipt. */
const numberNames = /amount|total|sum|price|value|betrag|preis|quantity|qty|menge/i;
/** A column with fewer different values names a shop or a day, not a receipt. */
const mostLinesOnAverage = 50;

/** Finds the column of a receipt, together with that of its store if the numbers of two stores overlap. */
export function receiptLinesOf(
  profiles: readonly ColumnProfile[],
  member: ColumnProfile | undefined,
): ReceiptLines | undefined {
  const receipts = profiles.filter(
    ({ name, isFilled }) => isFilled && receiptNames.test(name) && !numberNames.test(name),
  );
  const places = profiles.filter(({ name, isFilled }) => isFilled && placeNames.test(name));
  const alone = receipts.map((receipt) => [receipt]);
  const together = receipts.flatMap((receipt) =>
    places.filter((place) => place !== receipt).map((place) => [place, receipt]),
  );
  const columns = [...alone, ...together].find((each) => hasLines(valuesOf(each), member));
  if (columns === undefined) return undefined;
  const texts = columns.map(({ name }) => yamlText(name));
  return {
    title: columns.map(({ name }) => name).join(' and '),
    yaml: oneOrList(texts),
    receipts: valuesOf(columns),
  };
}

/**
 * Whether the column has the same value in all lines of every receipt, and others in other receipts: it may be of the
 * receipt and not of a line.
 */
export function isSameInEachReceipt(receipt: ReceiptLines | undefined, { values, distinct }: ColumnProfile): boolean {
  if (receipt === undefined || distinct < 2) return false;
  const { receipts } = receipt;
  const continues = receipts.map((each, row) => row > 0 && each === receipts[row - 1]);
  return continues.includes(true) && continues.every((isLine, row) => !isLine || values[row] === values[row - 1]);
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
