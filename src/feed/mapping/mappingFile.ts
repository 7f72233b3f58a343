import { z } from 'zod';
import { knownEncoding } from '../bytes/textEncoding.js';
import { DatabaseRule } from './databaseRule.js';
import { Group, groupForms, JournalRule, lineForms, sumForms } from './groupRules.js';
import { ColumnOrExpression, ExpressionRule, FieldRule, NamedColumn, rowForms } from './rowRules.js';

/** In every key, the source ends with a colon. */
export const SourceName = z
  .string()
  .regex(/^[^\s:%]{1,80}$/, 'it must be a name without spaces, colons and percent signs');

export const KeyRule = z.strictObject({
  columns: z.array(ColumnOrExpression).min(1).describe('Columns that together identify the event within its source.'),
  occurrenceWithin: NamedColumn.optional().describe(
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
  database: DatabaseRule.optional(),
  key: z
    .union([NamedColumn, z.array(ColumnOrExpression).min(1), KeyRule, ExpressionRule])
    .describe('Column or columns that identify the event within its source, or an expression.'),
  member: ColumnOrExpression.describe('Column with the membership number, or an expression.'),
};

const bottom = {
  repeats: Repeats.optional().describe(
    'What to do with a line whose key and content are already in the file. `refuse` (the default) reports it, because it may be another purchase. `accept` treats all such lines as one event.',
  ),
  group: Group.optional(),
  skip: SkipExpression.optional(),
  enroll: z
    .object({ lastName: FieldRule })
    .catchall(FieldRule)
    .optional()
    .describe(
      'Details for enrolling a member the program does not have (`--unknown-members enroll`): inputs of the enrollment, and fields of the member and its person account by API name. A plain string is the name of a column.',
    ),
};

const Fields = z.object({}).catchall(JournalRule);

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
  each: NamedColumn.optional().describe(
    'Path of a list in JSON. Each of its elements becomes such a journal; in its rules, the path leads to the element.',
  ),
  journal: Fields.describe('Fields of this journal, in addition to those of all.'),
});
export type JournalEntry = z.infer<typeof JournalEntry>;

/** A mapping by which a row becomes one journal. */
export const OneJournalFile = z.strictObject({
  ...top,
  journal: z
    .object({ ActivityDate: JournalRule, JournalTypeName: JournalRule })
    .catchall(JournalRule)
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
  if (section === 'fields' || section === 'enroll') return path.length === 2 ? rowForms : [];
  if (section === 'journal') return path.length < 2 ? [] : formsOfField(path.slice(2));
  if (section === 'journals')
    return path.length === 2 ? [JournalEntry] : path.length < 4 ? [] : formsOfField(path.slice(4));
  if (section === 'key') return path.length === 1 ? [KeyRule, ExpressionRule] : [ExpressionRule];
  if (section === 'database') return path.length === 1 ? [DatabaseRule] : [];
  if (section === 'group') return path.length === 1 ? [Group] : [ExpressionRule];
  return section === 'member' && path.length === 1 ? [ExpressionRule] : [];
}

/** @param inside where it is within the rule of a field */
function formsOfField([part, ...others]: readonly PropertyKey[]): readonly z.ZodObject[] {
  if (part === undefined) return [...rowForms, ...groupForms];
  if (others.length > 0) return [];
  return part === 'sum' ? sumForms : ['min', 'max', 'first', 'last', 'join'].includes(String(part)) ? lineForms : [];
}
