import type { z } from 'zod';
import { knownEncoding } from '../bytes/textEncoding.js';
import { readDocument } from '../../base/files/readDocument.js';
import { checkExpression } from '../expressions/expression.js';
import { FeedError, unreadable } from '../feedError.js';
import { compileField } from './mappedFields.js';
import { filledBy } from './filledFields.js';
import { MappingFile, SourceName } from './mappingFile.js';
import type { ColumnOrExpression, FieldRule, KeyRule, Repeats } from './mappingFile.js';
import { checkMapping } from './mappingIssues.js';
import { MappingText } from './mappingText.js';

/** A mapping file, checked and ready to be used on rows. */
export interface Mapping {
  /** Name of the mapping file. */
  readonly name: string;
  /** The text of the mapping file. */
  readonly text: string;
  /** The first part of every key. */
  readonly source: string;
  readonly key: MappedKey;
  /** Column of the membership number, or name of what an expression makes in its place. */
  readonly member: string;
  /** @internal What expressions make in the place of columns, for the key and the member. */
  readonly computed: readonly ComputedColumn[];
  /** Whether lines of one file with the same key and the same content are one event. */
  readonly repeats: Repeats;
  /** @internal */
  readonly delimiter: string | undefined;
  /** @internal As the Encoding standard writes it; undefined for UTF-8, or what a byte-order mark says. */
  readonly encoding: string | undefined;
  /** @internal */
  readonly journal: readonly MappedField[];
  /** @internal A checked expression. */
  readonly skip: string | undefined;
  /** @internal Every column that the mapping names, and the line where it does. */
  readonly columns: readonly { readonly column: string; readonly line: number }[];
  /** @internal */
  readonly usesExpressions: boolean;
  /** @internal Knows the lines of the mapping file. */
  readonly place: MappingText;
}

export interface MappedKey {
  /** Columns, or names of what expressions make in their place. */
  readonly columns: readonly string[];
  /** Column of the key that names the group in which keys are numbered. */
  readonly occurrenceWithin?: string | undefined;
  /** Whether keys are numbered in the whole feed. */
  readonly occurrenceWithinFeed?: boolean | undefined;
}

/** An expression that takes the place of a column. */
export interface ComputedColumn {
  /** How messages name it, where others have the name of a column. */
  readonly column: string;
  /** The part of the mapping that has it. */
  readonly path: readonly (string | number)[];
  readonly expression: string;
}

/** A field of the journal, and the rule that makes it. */
export interface MappedField {
  readonly name: string;
  readonly rule: FieldRule;
}

export interface MappingOptions {
  /** Replaces the source that the file names. */
  readonly source?: string | undefined;
}

/** @throws {FeedError} with the file, the line and the key of the first issue */
export async function loadMapping(path: string, options: MappingOptions = {}): Promise<Mapping> {
  const text = await readDocument(path).catch((error: unknown) => {
    throw unreadable(`The mapping ${path}`, error);
  });
  return parseMapping(text, path, options);
}

/**
 * @param text YAML of the shape `MappingFile`
 * @param name how errors name the file
 * @throws {FeedError} with the file, the line and the key of the first issue
 */
export function parseMapping(text: string, name: string, options: MappingOptions = {}): Mapping {
  const place = new MappingText(name, text);
  const file = checkMapping(withSource(place.value(), options.source), place, MappingFile);
  const computed = computedColumns(file, place);
  const named = (part: ColumnOrExpression): string =>
    typeof part === 'string' ? part : (computed.find(({ expression }) => expression === part.expression)?.column ?? '');
  const rule = keyRule(file.key);
  const key = { ...rule, columns: rule.columns.map(named) };
  const member = named(file.member);
  if (key.occurrenceWithin !== undefined && !key.columns.includes(key.occurrenceWithin))
    throw place.error(
      ['key', 'occurrenceWithin'],
      `is "${key.occurrenceWithin}", which is not one of the columns of the key`,
    );
  if (key.occurrenceWithin !== undefined && key.occurrenceWithinFeed)
    throw place.error(
      ['key', 'occurrenceWithinFeed'],
      'contradicts occurrenceWithin: keys are numbered within a group or in the whole feed',
      'Remove one of the two.',
    );
  const journal = mappedFields(file, place);
  const { skip } = file;
  if (skip !== undefined) place.within(['skip'], () => checkExpression(skip));
  return {
    name,
    text,
    source: file.source,
    delimiter: file.delimiter,
    encoding: file.encoding === undefined ? undefined : knownEncoding(file.encoding),
    key,
    member,
    computed,
    repeats: file.repeats ?? 'refuse',
    journal,
    skip,
    columns: columnsOf(file, rule.columns, journal, place),
    usesExpressions:
      skip !== undefined ||
      computed.length > 0 ||
      journal.some(({ rule }) => typeof rule === 'object' && 'expression' in rule),
    place,
  };
}

function withSource(value: unknown, source: string | undefined): unknown {
  if (source === undefined || typeof value !== 'object' || Array.isArray(value)) return value;
  const issue = SourceName.safeParse(source).error?.issues[0];
  if (issue === undefined) return { ...value, source };
  throw new FeedError('mapping-invalid', `The source cannot be "${source}": ${issue.message}.`, [
    'Give it the name of the system that the feed comes from, such as web-shop.',
  ]);
}

/** Checks rules as far as possible without an org. The rest is checked when the org is known. */
function mappedFields(file: MappingFile, place: MappingText): MappedField[] {
  const seen = new Map<string, string>();
  return Object.entries(file.journal).map(([name, rule]) => {
    const path = ['journal', name];
    if (!/^\w+$/.test(name))
      throw place.error(path, 'cannot be the name of a field: a name has only letters, digits and underscores');
    const from = filledBy(name);
    if (from !== undefined) throw place.error(path, `is filled from \`${from}\``, `Remove it from the mapping.`);
    const twin = seen.get(name.toLowerCase());
    if (twin !== undefined)
      throw place.error(path, `is the same field as ${twin}: case is ignored`, 'Remove one of the two.');
    seen.set(name.toLowerCase(), name);
    place.within(path, () => compileField(name, rule));
    return { name, rule };
  });
}

function keyRule(key: MappingFile['key']): z.infer<typeof KeyRule> {
  if (Array.isArray(key)) return { columns: key };
  return typeof key === 'string' || 'expression' in key ? { columns: [key] } : key;
}

/** @throws {FeedError} for an expression that cannot be used */
function computedColumns({ key, member }: MappingFile, place: MappingText): ComputedColumn[] {
  const parts = keyRule(key).columns;
  const ofKey = parts.flatMap((part, index) => {
    const name = parts.length === 1 ? 'key' : `part ${index + 1} of the key`;
    return typeof part === 'string' ? [] : [{ column: `the expression of ${name}`, path: ['key'], ...part }];
  });
  const ofMember =
    typeof member === 'string' ? [] : [{ column: 'the expression of member', path: ['member'], ...member }];
  const all = [...ofKey, ...ofMember];
  for (const { path, expression } of all) place.within(path, () => checkExpression(expression));
  return all;
}

function columnsOf(
  { member }: MappingFile,
  key: readonly ColumnOrExpression[],
  journal: readonly MappedField[],
  place: MappingText,
): Mapping['columns'] {
  const named = (path: readonly string[], parts: readonly ColumnOrExpression[]): Mapping['columns'] =>
    parts.flatMap((column) => (typeof column === 'string' ? [{ column, line: place.line(path) }] : []));
  return [
    ...named(['key'], key),
    ...named(['member'], [member]),
    ...journal.flatMap(({ name, rule }) =>
      columnsOfRule(rule).map((column) => ({ column, line: place.line(['journal', name]) })),
    ),
  ];
}

/** Returns the columns that a rule names. */
export function columnsOfRule(rule: FieldRule): readonly string[] {
  if (typeof rule === 'string') return [rule];
  if ('column' in rule) return [rule.column];
  if ('date' in rule) return [rule.date];
  if ('number' in rule) return [rule.number];
  if ('translate' in rule) return [rule.translate];
  return 'multiply' in rule ? rule.multiply : [];
}
