import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { compileExpression, type Evaluate } from './expression.js';
import { FeedError, unreadable } from './feedError.js';
import { compileField, type Field } from './fields.js';
import { SourceName, type KeyRule, type MappingFile } from './mappingFile.js';
import { checkMapping } from './mappingIssues.js';
import { MappingText } from './mappingText.js';

/** A mapping file, checked and ready to be used on rows. */
export interface Mapping {
  /** Name of the mapping file. */
  readonly name: string;
  /** The first part of every key. */
  readonly source: string;
  readonly key: z.infer<typeof KeyRule>;
  /** Column of the membership number. */
  readonly member: string;
  /** @internal */
  readonly delimiter: string | undefined;
  /** @internal */
  readonly fields: readonly Field[];
  /** @internal */
  readonly skip: Evaluate | undefined;
  /** @internal Every column that the mapping names, and the line that names it. */
  readonly columns: readonly { readonly column: string; readonly line: number }[];
  /** @internal */
  readonly usesExpressions: boolean;
}

export interface MappingOptions {
  /** Takes the place of the source that the file names. */
  readonly source?: string | undefined;
}

/** @throws FeedError naming file, line and key of what is wrong */
export async function loadMapping(path: string, options: MappingOptions = {}): Promise<Mapping> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw unreadable(`The mapping ${path}`, error);
  }
  return parseMapping(text, path, options);
}

/**
 * @param text YAML of the shape `MappingFile`
 * @param name what the file is called in errors
 * @throws FeedError naming file, line and key of what is wrong
 */
export function parseMapping(text: string, name: string, options: MappingOptions = {}): Mapping {
  const place = new MappingText(name, text);
  const file = checkMapping(withSource(place.value(), options.source), place);
  const key = keyRule(file.key);
  if (key.occurrenceWithin !== undefined && !key.columns.includes(key.occurrenceWithin))
    throw place.error(
      ['key', 'occurrenceWithin'],
      `is "${key.occurrenceWithin}", which is not one of the columns of the key`,
    );
  for (const [field, from] of filledByUs)
    if (field in file.journal)
      throw place.error(['journal', field], `is filled from \`${from}\``, `Remove it from the mapping.`);
  const fields = Object.entries(file.journal).map(([field, rule]) =>
    place.within(['journal', field], () => compileField(field, rule)),
  );
  const { skip } = file;
  return {
    name,
    source: file.source,
    delimiter: file.delimiter,
    key,
    member: file.member,
    fields,
    skip: skip === undefined ? undefined : place.within(['skip'], () => compileExpression('skip', skip)),
    columns: columnsOf(key, file.member, fields, place),
    usesExpressions: skip !== undefined || fields.some((field) => field.evaluate !== undefined),
  };
}

function withSource(value: unknown, source: string | undefined): unknown {
  if (source === undefined || typeof value !== 'object' || Array.isArray(value)) return value;
  const fault = SourceName.safeParse(source).error?.issues[0];
  if (fault === undefined) return { ...value, source };
  throw new FeedError('mapping-invalid', `The source cannot be "${source}": ${fault.message}.`, [
    'Give it the name of the system that the feed comes from, such as web-shop.',
  ]);
}

const filledByUs = [
  ['ExternalTransactionNumber', 'key'],
  ['MembershipNumber', 'member'],
  ['MemberId', 'member'],
] as const;

function keyRule(key: MappingFile['key']): z.infer<typeof KeyRule> {
  if (typeof key === 'string') return { columns: [key] };
  return Array.isArray(key) ? { columns: key } : key;
}

function columnsOf(
  key: z.infer<typeof KeyRule>,
  member: string,
  fields: readonly Field[],
  place: MappingText,
): Mapping['columns'] {
  return [
    ...key.columns.map((column) => ({ column, line: place.line(['key']) })),
    { column: member, line: place.line(['member']) },
    ...fields.flatMap(({ name, columns }) =>
      columns.map((column) => ({ column, line: place.line(['journal', name]) })),
    ),
  ];
}
