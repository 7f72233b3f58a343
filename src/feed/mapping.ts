import { readFile } from 'node:fs/promises';
import type { KeyRule, MappingFile } from './mappingFile.js';
import type { z } from 'zod';
import { compileExpression, type Evaluate } from './expression.js';
import { FeedError } from './feedError.js';
import { compileField, type Field } from './fields.js';
import { readMappingFile, type MappingText } from './mappingText.js';

/** A mapping file, checked and ready to be used on rows. */
export interface Mapping {
  /** Name of the mapping file. */
  readonly name: string;
  /** The first part of every key. */
  readonly source: string;
  readonly delimiter: string | undefined;
  readonly key: z.infer<typeof KeyRule>;
  readonly member: string;
  readonly fields: readonly Field[];
  readonly skip: Evaluate | undefined;
  /** Every column that the mapping names, and the line that names it. */
  readonly columns: readonly { readonly column: string; readonly line: number }[];
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
    const said = error instanceof Error ? error.message : String(error);
    throw new FeedError('file-unreadable', `The mapping ${path} cannot be read: ${said}.`, [], { cause: error });
  }
  return parseMapping(text, path, options);
}

/**
 * @param text YAML of the shape `MappingFile`
 * @param name what the file is called in errors
 * @throws FeedError naming file, line and key of what is wrong
 */
export function parseMapping(text: string, name: string, options: MappingOptions = {}): Mapping {
  const { file, place } = readMappingFile(text, name, options);
  const key = keyRule(file.key);
  if (key.occurrenceWithin !== undefined && !key.columns.includes(key.occurrenceWithin))
    throw place.error(['key', 'occurrenceWithin'], `"${key.occurrenceWithin}" must be one of the columns of the key`);
  for (const [field, from] of filledByUs)
    if (field in file.journal) throw place.error(['journal', field], `the field is filled from \`${from}\``);
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
    skip: skip === undefined ? undefined : place.within(['skip'], () => compileExpression(skip)),
    columns: columnsOf(key, file.member, fields, place),
    usesExpressions: skip !== undefined || fields.some((field) => field.evaluate !== undefined),
  };
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
