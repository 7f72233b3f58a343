import { z } from 'zod';

export const NamedColumn = z
  .string()
  .min(1)
  .describe('Name of a column, as in the header of the feed. In NDJSON, a key or a path such as order.id.');

export const ColumnRule = z.strictObject({ column: NamedColumn }).describe('The text of a column.');

const Value = z.union([z.string(), z.number(), z.boolean()]);
const Zone = z.string().min(1).optional();

export const ValueRule = z
  .strictObject({ value: Value, zone: Zone.describe('IANA time zone of a date-time without an offset.') })
  .describe('The same value in every row.');
export type ValueRule = z.infer<typeof ValueRule>;

export const DateRule = z
  .strictObject({
    date: z
      .union([NamedColumn, z.array(NamedColumn).min(2)])
      .describe('A column, or several, such as those of the day and of the time: their texts are joined by blanks.'),
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

export const decimals = z
  .int()
  .min(0)
  .max(18)
  .optional()
  .describe('Decimal places to round to, ties away from zero. Default: not rounded.');

export const decimalSeparator = z
  .enum(['.', ','])
  .optional()
  .describe('What stands before the decimal places. With a comma, points, blanks or apostrophes may group thousands.');

export const NumberRule = z
  .strictObject({ number: NamedColumn, decimals, decimalSeparator })
  .describe('A decimal number.');

const Factor = z.union([NamedColumn, z.number().describe('The same number in every row.')]);

export const MultiplyRule = z
  .strictObject({ multiply: z.array(Factor).min(2), decimals, decimalSeparator })
  .describe('The exact product of columns and numbers, such as quantity and unit price, or cents and 0.01.');

export const ExpressionRule = z
  .strictObject({ expression: z.string().min(1) })
  .describe('A JSONata expression over the row. Without a result the field is left out.');

export const TranslateRule = z
  .strictObject({
    translate: NamedColumn,
    to: z.record(z.string(), Value).describe('What each text of the column becomes.'),
    otherwise: Value.optional().describe('What any other text becomes. Without it, such a row is rejected.'),
  })
  .describe('A value from a table.');
export type TranslateRule = z.infer<typeof TranslateRule>;

/** Forms of fields that are made from one row. */
export const rowForms = [
  ColumnRule,
  ValueRule,
  DateRule,
  NumberRule,
  MultiplyRule,
  TranslateRule,
  ExpressionRule,
] as const;

export const FieldRule = z.union([NamedColumn, ...rowForms]);
export type FieldRule = z.infer<typeof FieldRule>;

/** A column, or an expression that takes the place of one. */
export const ColumnOrExpression = z.union([NamedColumn, ExpressionRule]);
export type ColumnOrExpression = z.infer<typeof ColumnOrExpression>;
