import { z } from 'zod';
import { knownEncoding } from '../bytes/textEncoding.js';

const Column = z
  .string()
  .min(1)
  .describe('Name of a column, as in the header of the feed. In NDJSON, a key or a path such as order.id.');

export const ColumnRule = z.strictObject({ column: Column }).describe('The text of a column.');

const Value = z.union([z.string(), z.number(), z.boolean()]);
const Zone = z.string().min(1).optional();

export const ValueRule = z
  .strictObject({ value: Value, zone: Zone.describe('IANA time zone of a date-time without an offset.') })
  .describe('The same value in every row.');
export type ValueRule = z.infer<typeof ValueRule>;

export const DateRule = z
  .strictObject({
    date: Column,
    format: z
      .string()
      .min(1)
      .optional()
      .describe('Luxon tokens, such as d/M/yyyy HH:mm, or excel for the serial numbers of Excel. Default: ISO 8601.'),
    zone: Zone.describe('IANA time zone of dates without an offset, such as Europe/London.'),
    since: z
      .string()
      .min(1)
      .optional()
      .describe('The column counts from this date (ISO 8601), which needs an offset unless it counts days.'),
    unit: z.enum(['days', 'hours', 'minutes', 'seconds', 'milliseconds']).optional().describe('What it counts.'),
  })
  .describe(
    'A date or date-time. The type of the field decides: a date-time is sent in UTC (a date without a time is midnight in its zone), a date as the calendar day that the feed names.',
  );
export type DateRule = z.infer<typeof DateRule>;

const decimals = z
  .int()
  .min(0)
  .max(18)
  .optional()
  .describe('Decimal places to round to, ties away from zero. Default: not rounded.');

const decimalSeparator = z
  .enum(['.', ','])
  .optional()
  .describe('What stands before the decimal places. With a comma, points, blanks or apostrophes may group thousands.');

export const NumberRule = z.strictObject({ number: Column, decimals, decimalSeparator }).describe('A decimal number.');

export const MultiplyRule = z
  .strictObject({ multiply: z.array(Column).min(2), decimals, decimalSeparator })
  .describe('The exact product of columns, such as quantity and unit price.');

export const ExpressionRule = z
  .strictObject({ expression: z.string().min(1) })
  .describe('A JSONata expression over the row. Without a result the field is left out.');

export const TranslateRule = z
  .strictObject({
    translate: Column,
    to: z.record(z.string(), Value).describe('What each text of the column becomes.'),
    otherwise: Value.optional().describe('What any other text becomes. Without it, such a row is rejected.'),
  })
  .describe('A value from a table.');
export type TranslateRule = z.infer<typeof TranslateRule>;

const forms = [ColumnRule, ValueRule, DateRule, NumberRule, MultiplyRule, TranslateRule, ExpressionRule] as const;

export const FieldRule = z.union([Column, ...forms]);
export type FieldRule = z.infer<typeof FieldRule>;

/** In every key, the source ends with a colon. */
export const SourceName = z
  .string()
  .regex(/^[^\s:%]{1,80}$/, 'it must be a name without spaces, colons and percent signs');

/** A column, or an expression that takes the place of one. */
const ColumnOrExpression = z.union([Column, ExpressionRule]);
export type ColumnOrExpression = z.infer<typeof ColumnOrExpression>;

export const KeyRule = z.strictObject({
  columns: z.array(ColumnOrExpression).min(1).describe('Columns that together identify the event within its source.'),
  occurrenceWithin: Column.optional().describe(
    'For lines of an invoice that can repeat: the column of the key that names the invoice. The key ends with how often it has occurred within consecutive rows of that invoice.',
  ),
  occurrenceWithinFeed: z
    .boolean()
    .optional()
    .describe(
      'For rows that can repeat anywhere in the feed. The key ends with how often it has occurred in the feed so far.',
    ),
});

/** Whether lines of one file with the same key and the same content are one event. */
export const Repeats = z.enum(['refuse', 'accept']);
export type Repeats = z.infer<typeof Repeats>;

export const SkipExpression = z
  .string()
  .min(1)
  .describe('A JSONata expression over the row. Rows for which it is true are skipped.');

export const Delimiter = z
  .string()
  .regex(/^[^"\r\n]$/, 'it must be one character that is neither a quote nor a line end')
  .describe('Character between the cells of a CSV row. Default: comma.');

export const Encoding = z
  .string()
  .refine((label) => knownEncoding(label) !== undefined, 'it must be an encoding such as windows-1252 or utf-16le')
  .describe(
    'Encoding of the feed, by a name of the Encoding standard. Default: UTF-8, or what a byte-order mark says.',
  );

const top = {
  source: SourceName.describe('Name of the system that the feed comes from. The first part of every key.'),
  delimiter: Delimiter.optional(),
  encoding: Encoding.optional(),
  key: z
    .union([Column, z.array(ColumnOrExpression).min(1), KeyRule, ExpressionRule])
    .describe('Column or columns that identify the event within its source, or an expression.'),
  member: ColumnOrExpression.describe('Column with the membership number, or an expression.'),
};

const bottom = {
  repeats: Repeats.optional().describe(
    'What to do with a line whose key and content are already in the file. `refuse` (the default) reports it, because it may be another purchase. `accept` treats all such lines as one event.',
  ),
  skip: SkipExpression.optional(),
};

const Fields = z.object({}).catchall(FieldRule);

const JournalEntry = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9][\w-]{0,39}$/, 'it must be a name of letters, digits, hyphens and underscores')
    .describe('Ends the key of the journal. Never change it for a feed that has been sent.'),
  when: z
    .string()
    .min(1)
    .optional()
    .describe('A JSONata expression over the row. The row becomes this journal only if it is true.'),
  each: Column.optional().describe(
    'Path of a list in JSON. Each of its elements becomes such a journal; in its rules, the path leads to the element.',
  ),
  journal: Fields.describe('Fields of this journal, in addition to those of all.'),
});
export type JournalEntry = z.infer<typeof JournalEntry>;

/** A mapping by which a row becomes one journal. */
export const OneJournalFile = z.strictObject({
  ...top,
  journal: z
    .object({ ActivityDate: FieldRule, JournalTypeName: FieldRule })
    .catchall(FieldRule)
    .describe('Fields of the TransactionJournal by their API names. A plain string is the name of a column.'),
  ...bottom,
});

/** A mapping by which a row becomes several journals, or none. */
export const SeveralJournalsFile = z.strictObject({
  ...top,
  journal: Fields.optional().describe('Fields that all journals of a row have.'),
  journals: z.array(JournalEntry).min(1).describe('The journals that a row may become.'),
  ...bottom,
});

/** How the rows of a feed become transactions. The format of mapping files, public API. */
export const MappingFile = z
  .union([OneJournalFile, SeveralJournalsFile])
  .describe('How the rows of a feed become transactions.');
export type MappingFile = z.infer<typeof MappingFile>;

/** Returns the forms that an object at this place may have. Each is recognized by its first key. */
export function formsAt(path: readonly PropertyKey[]): readonly z.ZodObject[] {
  const [section] = path;
  if ((section === 'journal' || section === 'fields') && path.length === 2) return forms;
  if (section === 'journals') return path.length === 2 ? [JournalEntry] : path.length === 4 ? forms : [];
  if (section === 'key') return path.length === 1 ? [KeyRule, ExpressionRule] : [ExpressionRule];
  return section === 'member' && path.length === 1 ? [ExpressionRule] : [];
}
