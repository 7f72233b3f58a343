import { z } from 'zod';

/** Why a row is not a transaction. Stable: reports are grouped by it. */
export const RejectionReason = z.enum([
  /** The line is not a row: its CSV quoting or number of cells is wrong, or it is not a JSON object. */
  'malformed-row',
  /** An object or a list is where one value is needed. */
  'nested-value',
  'row-too-long',
  'not-utf8',
  /** A column of the key is empty. */
  'missing-key',
  'missing-member',
  /** A key or a member has an invisible character that the org might remove. */
  'control-character',
  /** A column that the row needs is empty. */
  'missing-value',
  'unreadable-date',
  'unreadable-number',
  'unreadable-boolean',
  /** A text is longer than its field, according to the org's description. */
  'too-long',
  /** A restricted picklist of the org does not have the value. */
  'not-in-picklist',
  /** The table of the mapping does not have the value. */
  'not-in-table',
  /** The org does not have the field, this user may not fill it in, or it is filled from the key or the member. */
  'unknown-field',
  'expression-failed',
  /** An expression exceeded the limits of time or memory, and was stopped. */
  'expression-stopped',
  /** Its group (invoice) had ended before, or was interrupted: its rows are not consecutive. */
  'group-interrupted',
  /** An earlier row of the same group has no readable key, so the number in this row's key is uncertain. */
  'uncertain-occurrence',
  /** It has another member, key or date than an earlier line of its group. */
  'group-disagrees',
  /** Another line of its group cannot be part of a transaction, so none of them can. */
  'group-rejected',
]);
export type RejectionReason = z.infer<typeof RejectionReason>;

/** A row that cannot become a transaction, with the place where to correct it. */
export const Rejection = z.object({
  /** Name of the feed: the path as given, or `-`. */
  file: z.string(),
  /** Number of the line at which the row begins, or of the bad byte. The first line of a file is 1. */
  line: z.int().positive(),
  /** Number of bytes of the file before the row. */
  offset: z.int().nonnegative(),
  column: z.string().optional(),
  /** Value of the column. */
  value: z.string().optional(),
  reason: RejectionReason,
  /** One sentence: place, value, next step. */
  message: z.string(),
  /** The row as in the file, without its line end. Bytes that are not UTF-8 become U+FFFD. */
  raw: z.string(),
});
export type Rejection = z.infer<typeof Rejection>;

/** What a row is called in messages: rows of a file are found by their lines. */
export type RowUnit = 'line' | 'row';

/**
 * What a person does about it, as a clause. Rows are mended in the file: a file of its own would be counted anew.
 * @param unit what a row of the feed is called
 * @param mend what to do instead of what the reason says
 */
export function nextStep(reason: RejectionReason, unit: RowUnit, mend?: string): string {
  const again = unit === 'line' ? 'read the file again' : 'give it again';
  if (mend !== undefined) return `${mend}, and ${again}`;
  switch (reason) {
    case 'missing-key':
    case 'missing-member':
    case 'missing-value':
      return `fill it in, or skip such rows in the mapping, and ${again}`;
    case 'not-utf8':
      return unit === 'line'
        ? `name the encoding of the file in the mapping, as in \`encoding: windows-1252\`, or correct the line, and ${again}`
        : `correct the row and ${again}`;
    case 'nested-value':
      return `correct the mapping, or skip such rows in it, and ${again}`;
    case 'expression-failed':
      return `correct the ${unit}, or the expression in the mapping, and ${again}`;
    case 'group-interrupted':
      return `move the row to the others of its group and ${again}`;
    case 'uncertain-occurrence':
    case 'group-rejected':
      return `correct that ${unit} and ${again}`;
    case 'unreadable-boolean':
      return `write true or false, or translate it with an expression in the mapping, and ${again}`;
    case 'too-long':
      return `shorten it, or cut it with an expression in the mapping, and ${again}`;
    case 'not-in-picklist':
      return `correct it, translate it in the mapping, or add the value in the org, and ${again}`;
    case 'not-in-table':
      return `add the value to the table in the mapping, or name what any other becomes (\`otherwise\`), and ${again}`;
    case 'expression-stopped':
      return `correct the expression in the mapping and ${again}`;
    default:
      return `correct the ${unit} and ${again}`;
  }
}
