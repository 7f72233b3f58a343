import { z } from 'zod';
import { readDocument } from '../../base/files/readDocument.js';
import { checkExpression } from '../expressions/expression.js';
import { unreadable } from '../feedError.js';
import { compileField } from '../mapping/mappedFields.js';
import type { CompiledField } from '../mapping/mappedFields.js';
import { columnsOfRule } from '../mapping/columnsOfRule.js';
import { Delimiter, Encoding, SkipExpression } from '../mapping/mappingFile.js';
import { checkMapping } from '../mapping/mappingIssues.js';
import { MappingText } from '../mapping/mappingText.js';
import type { MappedMemberRule } from '../mapping/mappedEnrollment.js';
import { FieldRule } from '../mapping/rowRules.js';
import { memberColumn, MemberColumnError } from './memberColumns.js';
import type { MemberColumn, MemberColumns, MemberFields } from './memberColumns.js';

/** How the rows of a file become members. The format of mapping files of members, public API. */
export const MemberMappingFile = z
  .strictObject({
    delimiter: Delimiter.optional(),
    encoding: Encoding.optional(),
    fields: z
      .object({ membershipNumber: FieldRule, lastName: FieldRule })
      .catchall(FieldRule)
      .describe(
        'Inputs of the enrollment, and fields of the member and its person account by API name. A plain string is the name of a column.',
      ),
    skip: SkipExpression.optional(),
  })
  .describe('How the rows of a file become members.');
type MemberMappingFile = z.infer<typeof MemberMappingFile>;

/** A mapping file of members, checked as far as possible without an org. */
export interface MemberMapping {
  /** Name of the mapping file. */
  readonly name: string;
  readonly file: MemberMappingFile;
  /** @internal */
  readonly place: MappingText;
  /** @internal Every column that the mapping names, and the line where it does. */
  readonly columns: readonly { readonly column: string; readonly line: number }[];
}

/** @throws {FeedError} with the file, the line and the key of the first issue */
export async function loadMemberMapping(path: string): Promise<MemberMapping> {
  const text = await readDocument(path).catch((error: unknown) => {
    throw unreadable(`The mapping ${path}`, error);
  });
  return parseMemberMapping(text, path);
}

/**
 * @param text YAML of the shape `MemberMappingFile`
 * @param name how errors name the file
 * @throws {FeedError} with the file, the line and the key of the first issue
 */
export function parseMemberMapping(text: string, name: string): MemberMapping {
  const place = new MappingText(name, text);
  const file = checkMapping(place.value(), place, MemberMappingFile);
  const { skip, fields } = file;
  if (skip !== undefined) place.within(['skip'], () => checkExpression(skip));
  const columns = Object.entries(fields).flatMap(([field, rule]) => {
    place.within(['fields', field], () => compileField(field, rule));
    const line = place.line(['fields', field]);
    return columnsOfRule(rule).map((column) => ({ column, line }));
  });
  return { name, file, place, columns };
}

/** A field of the mapping, ready to be read from rows. */
export interface MappedMemberField extends CompiledField {
  readonly target: MemberColumn;
}

/**
 * @throws {FeedError} with the line and the field of a rule that cannot be used
 */
export async function compileMemberFields(
  { file, place }: MemberMapping,
  columns: MemberColumns,
): Promise<MappedMemberField[]> {
  const compiled: MappedMemberField[] = [];
  for (const [field, rule] of Object.entries(file.fields)) {
    const path = ['fields', field];
    const target = await columns.find(field).catch((error: unknown) => {
      throw error instanceof MemberColumnError ? place.error(path, error.what, error.action) : error;
    });
    compiled.push(compileMemberField({ name: field, rule, path }, target, { place, earlier: compiled }));
  }
  return compiled;
}

/**
 * Synchronous form of {@link compileMemberFields}, for when the org's fields are already read. Takes fields of any section.
 * @throws {FeedError} with the line and the field of a rule that cannot be used
 */
export function compileKnownFields(
  fields: readonly MappedMemberRule[],
  known: MemberFields,
  place: MappingText,
): MappedMemberField[] {
  const compiled: MappedMemberField[] = [];
  for (const field of fields) {
    const target = targetOf(field, known, place);
    compiled.push(compileMemberField(field, target, { place, earlier: compiled }));
  }
  return compiled;
}

function targetOf({ name, path }: MappedMemberRule, known: MemberFields, place: MappingText): MemberColumn {
  try {
    return memberColumn(name, known);
  } catch (error) {
    throw error instanceof MemberColumnError ? place.error(path, error.what, error.action) : error;
  }
}

function compileMemberField(
  { name, rule, path }: MappedMemberRule,
  target: MemberColumn,
  { place, earlier }: { readonly place: MappingText; readonly earlier: readonly MappedMemberField[] },
): MappedMemberField {
  const twin = earlier.find((each) => each.target.part === target.part && each.target.name === target.name);
  if (twin) throw place.error(path, `is the same field as ${twin.name}`, 'Remove one of the two.');
  const described = target.described ?? dayField(target.name, rule);
  return { ...place.within(path, () => compileField(name, rule, described)), target };
}

/** Dates of the enrollment are calendar days: they have no zone, as the org has one. */
function dayField(name: string, rule: FieldRule): MemberColumn['described'] {
  return typeof rule === 'object' && 'date' in rule ? { name, type: 'date' } : undefined;
}
