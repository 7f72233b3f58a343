import { z } from 'zod';

/** Why a row is not a transaction. Stable: reports are grouped by it. */
export const RejectionReason = z.enum([
  /** The line is no row: CSV quoting or the number of cells, or no JSON object. */
  'malformed-row',
  /** An object or a list is where one value is needed. */
  'nested-value',
  'row-too-long',
  'not-utf8',
  /** A column of the key is empty. */
  'missing-key',
  'missing-member',
  /** A key or a member has a character that nobody sees, and that the org might leave out. */
  'control-character',
  /** A column that the row needs is empty. */
  'missing-value',
  'unreadable-date',
  'unreadable-number',
  'unreadable-boolean',
  /** A text is longer than its field, as the org describes it. */
  'too-long',
  /** A restricted picklist of the org does not have the value. */
  'not-in-picklist',
  'expression-failed',
  /** An expression exceeded the limits of time or memory, and was stopped. */
  'expression-stopped',
  /** Its group (invoice) had ended before, or was interrupted: its rows are not consecutive. */
  'group-interrupted',
  /** A row before it in the same group has no readable key, so that the number in this row's key is uncertain. */
  'uncertain-occurrence',
]);
export type RejectionReason = z.infer<typeof RejectionReason>;

/** A row that cannot become a transaction, with the place where to mend it. */
export const Rejection = z.object({
  /** Name of the feed: the path as it was given, or `-`. */
  file: z.string(),
  /** Number of the line at which the row begins, or of the bad byte; the first line of a file is 1. */
  line: z.int().positive(),
  /** Bytes of the file in front of the row. */
  offset: z.int().nonnegative(),
  column: z.string().optional(),
  /** Value of the column. */
  value: z.string().optional(),
  reason: RejectionReason,
  /** One sentence: place, value, next step. */
  message: z.string(),
  /** The row as it stands in the file, without its line end; bytes that are not UTF-8 are U+FFFD. */
  raw: z.string(),
});
export type Rejection = z.infer<typeof Rejection>;

/**
 * What a person does about it, as a clause. Rows are mended in the file: a file of its own would be counted anew.
 * @param mend what to do instead of what the reason says
 */
export function nextStep(reason: RejectionReason, mend?: string): string {
  if (mend !== undefined) return `${mend}, and read the file again`;
  switch (reason) {
    case 'missing-key':
    case 'missing-member':
    case 'missing-value':
      return 'fill it in, or skip such rows in the mapping, and read the file again';
    case 'not-utf8':
      return 'save the file as UTF-8, or correct the line, and read the file again';
    case 'nested-value':
      return 'correct the mapping, or skip such rows in it, and read the file again';
    case 'expression-failed':
      return 'correct the line, or the expression in the mapping, and read the file again';
    case 'group-interrupted':
      return 'move the row to the others of its group and read the file again';
    case 'uncertain-occurrence':
      return 'correct that line and read the file again';
    case 'unreadable-boolean':
      return 'write true or false, or translate it with an expression in the mapping, and read the file again';
    case 'too-long':
      return 'shorten it, or cut it with an expression in the mapping, and read the file again';
    case 'not-in-picklist':
      return 'correct it, translate it in the mapping, or add the value in the org, and read the file again';
    case 'expression-stopped':
      return 'correct the expression in the mapping and read the file again';
    default:
      return 'correct the line and read the file again';
  }
}
