import type { ColumnProfile } from './columnProfile.js';
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
  const receipt = profiles.find((profile) => receiptNames.test(profile.name) && hasLines(profile, member));
  if (receipt === undefined) return { lines: [] };
  const { name } = receipt;
  const text = yamlText(name);
  const [, rule] = /^ *TransactionAmount: (.*)$/.exec(amount.lines[0] ?? '') ?? [];
  const sum = rule === undefined ? '' : `, and \`TransactionAmount: { sum: ${rule} }\``;
  const assumed = [
    `Rows that follow each other have the same ${name}, and each becomes a transaction of its own. To make one of them, write \`key: ${text}\` and \`group: { by: ${text} }\`${sum}.`,
  ];
  return { lines: [], assumed };
}

/** Whether rows with the same value follow each other, and are of one member. */
function hasLines({ values, isFilled, isUnique, distinct }: ColumnProfile, member: ColumnProfile | undefined): boolean {
  if (!isFilled || isUnique || distinct < 2 || distinct * mostLinesOnAverage < values.length) return false;
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
