import type { z } from 'zod';
import { isJsonObject } from '../../base/jsonObject.js';
import { knownEncoding } from '../bytes/textEncoding.js';
import { readDocument } from '../../base/files/readDocument.js';
import { checkExpression } from '../expressions/expression.js';
import { FeedError, unreadable } from '../feedError.js';
import { mappedEnrollment } from './mappedEnrollment.js';
import type { MappedEnrollment } from './mappedEnrollment.js';
import { mappedDatabase } from './databaseRule.js';
import type { MappedDatabase } from './databaseRule.js';
import { expressionsOfJournal, mappedJournals, rowColumnsOf } from './mappedJournals.js';
import type { MappedJournal } from './mappedJournals.js';
import { OneJournalFile, SeveralJournalsFile, SourceName } from './mappingFile.js';
import { mappedGroup } from './mappedGroup.js';
import type { MappedGroup } from './mappedGroup.js';
import type { KeyRule, MappingFile, Repeats } from './mappingFile.js';
import { checkMapping } from './mappingIssues.js';
import { MappingText } from './mappingText.js';
import type { ColumnOrExpression } from './rowRules.js';

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
  /** @internal What expressions make in the place of columns, for the key, the member and the group. */
  readonly computed: readonly ComputedColumn[];
  /** Whether lines of one file with the same key and the same content are one event. */
  readonly repeats: Repeats;
  /** @internal */
  readonly delimiter: string | undefined;
  /** @internal As the Encoding standard writes it; undefined for UTF-8, or what a byte-order mark says. */
  readonly encoding: string | undefined;
  /** @internal Where the rows are, if the feed is a database. */
  readonly database: MappedDatabase | undefined;
  /** @internal How rows that follow each other are grouped; undefined if each row stands alone. */
  readonly group: MappedGroup | undefined;
  /** @internal The journals that a row may become. */
  readonly journals: readonly MappedJournal[];
  /** @internal A checked expression. */
  readonly skip: string | undefined;
  /** @internal With what members are enrolled whom the program does not have. */
  readonly enroll: MappedEnrollment | undefined;
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
  const file = checkedFile(withSource(place.value(), options.source), place);
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
  const journals = mappedJournals(file, place);
  const group = mappedGroup(file, { named, journals, place });
  const { skip, enroll, database } = file;
  if (skip !== undefined) place.within(['skip'], () => checkExpression(skip));
  return {
    name,
    text,
    source: file.source,
    delimiter: file.delimiter,
    encoding: file.encoding === undefined ? undefined : knownEncoding(file.encoding),
    database: database && mappedDatabase(database, place),
    key,
    member,
    computed,
    repeats: file.repeats ?? 'refuse',
    group,
    journals,
    skip,
    enroll: enroll && mappedEnrollment(enroll, place),
    columns: columnsOf(file, rule.columns, { journals, place }),
    usesExpressions:
      skip !== undefined || computed.length > 0 || journals.some((journal) => expressionsOfJournal(journal).length > 0),
    place,
  };
}

function checkedFile(value: unknown, place: MappingText): MappingFile {
  const isSeveral = isJsonObject(value) && Object.hasOwn(value, 'journals');
  return isSeveral ? checkMapping(value, place, SeveralJournalsFile) : checkMapping(value, place, OneJournalFile);
}

function withSource(value: unknown, source: string | undefined): unknown {
  if (source === undefined || typeof value !== 'object' || Array.isArray(value)) return value;
  const issue = SourceName.safeParse(source).error?.issues[0];
  if (issue === undefined) return { ...value, source };
  throw new FeedError('mapping-invalid', `The source cannot be "${source}": ${issue.message}.`, [
    'Give it the name of the system that the feed comes from, such as web-shop.',
  ]);
}

function keyRule(key: MappingFile['key']): z.infer<typeof KeyRule> {
  if (Array.isArray(key)) return { columns: key };
  return typeof key === 'string' || 'expression' in key ? { columns: [key] } : key;
}

/** @throws {FeedError} for an expression that cannot be used */
function computedColumns({ key, member, group }: MappingFile, place: MappingText): ComputedColumn[] {
  const parts = keyRule(key).columns;
  const ofKey = parts.flatMap((part, index) => {
    const name = parts.length === 1 ? 'key' : `part ${index + 1} of the key`;
    return typeof part === 'string' ? [] : [{ column: `the expression of ${name}`, path: ['key'], ...part }];
  });
  const ofMember =
    typeof member === 'string' ? [] : [{ column: 'the expression of member', path: ['member'], ...member }];
  const by = group === undefined ? [] : [group.by].flat();
  const ofGroup = by.flatMap((part, index) =>
    typeof part === 'string' ? [] : [{ column: `expression ${index + 1} of group`, path: ['group', 'by'], ...part }],
  );
  const all = [...ofKey, ...ofMember, ...ofGroup];
  for (const { path, expression } of all) place.within(path, () => checkExpression(expression));
  return all;
}

function columnsOf(
  { member, group }: Pick<MappingFile, 'member' | 'group'>,
  key: readonly ColumnOrExpression[],
  { journals, place }: { readonly journals: readonly MappedJournal[]; readonly place: MappingText },
): Mapping['columns'] {
  const named = (path: readonly string[], parts: readonly ColumnOrExpression[]): Mapping['columns'] =>
    parts.flatMap((column) => (typeof column === 'string' ? [{ column, line: place.line(path) }] : []));
  return [
    ...named(['key'], key),
    ...named(['member'], [member]),
    ...named(['group'], group === undefined ? [] : [group.by].flat()),
    ...journals.flatMap(rowColumnsOf).map(({ column, path }) => ({ column, line: place.line(path) })),
  ];
}
