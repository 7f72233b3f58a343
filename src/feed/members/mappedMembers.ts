import { knownEncoding } from '../bytes/textEncoding.js';
import { exceededError } from '../expressions/exceededError.js';
import { RowEvaluator } from '../expressions/rowEvaluator.js';
import type { NamedExpression, RowResults } from '../expressions/rowEvaluator.js';
import { checkColumns } from '../mapping/checkColumns.js';
import { checkExpressions } from '../mapping/checkExpressions.js';
import { RowError } from '../rowError.js';
import type { MemberColumns } from './memberColumns.js';
import { placeValues } from './memberDraft.js';
import type { MemberDraft } from './memberDraft.js';
import { readMemberFile } from './memberFile.js';
import type { BadMemberRow, MemberFileRow } from './memberFile.js';
import { compileMemberFields } from './memberMapping.js';
import type { MappedMemberField, MemberMapping } from './memberMapping.js';
import { readMemberValues } from './rowEnrollment.js';

/**
 * Reads a file as a mapping says. Rows that its `skip` leaves out are not yielded.
 * @throws {FeedError} if the mapping does not fit the file or the org, or the file as a whole cannot be used
 */
export async function* mappedMembers(
  path: string,
  mapping: MemberMapping,
  columns: MemberColumns,
): AsyncGenerator<MemberDraft> {
  const fields = await compileMemberFields(mapping, columns);
  const { skip, delimiter, encoding } = mapping.file;
  const expressions = expressionsOf(fields, skip);
  using evaluator = expressions.length === 0 ? undefined : new RowEvaluator(expressions, {}, undefined);
  const reading = {
    delimiter,
    encoding: encoding === undefined ? undefined : knownEncoding(encoding),
    paths: [...new Set(mapping.columns.map(({ column }) => column))],
    onHeader: (names: readonly string[]) => checkHeader(mapping, expressions, { header: names, path }),
  };
  for await (const rows of readMemberFile(path, reading)) {
    const results = await evaluate(rows, evaluator);
    for (const row of rows) {
      const ofRow = results?.get(row.line);
      if (evaluator?.exceeded && ofRow === undefined && 'values' in row)
        throw exceededError(evaluator.exceeded, mapping.place, path);
      const draft = draftOf(row, fields, { results: ofRow, skips: skip !== undefined });
      if (draft !== undefined) yield draft;
    }
  }
}

function expressionsOf(fields: readonly MappedMemberField[], skip: string | undefined): NamedExpression[] {
  const ofFields = fields.flatMap(({ name, expression }) =>
    expression ? [{ name, path: ['fields', name], source: expression.source }] : [],
  );
  return skip === undefined ? ofFields : [{ name: 'skip', path: ['skip'], source: skip }, ...ofFields];
}

function checkHeader(
  { name, place, columns }: MemberMapping,
  expressions: readonly NamedExpression[],
  { header, path }: { readonly header: readonly string[]; readonly path: string },
): void {
  checkColumns({ name, columns, usesExpressions: expressions.length > 0 }, header, path);
  checkExpressions({ name, place, expressions }, header, path);
}

async function evaluate(
  rows: ReadonlyArray<MemberFileRow | BadMemberRow>,
  evaluator: RowEvaluator | undefined,
): Promise<ReadonlyMap<number, RowResults> | undefined> {
  if (evaluator === undefined) return undefined;
  const readable = rows.filter((row) => 'values' in row);
  const results = await evaluator.evaluate(readable.map(({ line, json }) => ({ line, json })));
  return new Map(results.flatMap((result, index) => (readable[index] ? [[readable[index].line, result]] : [])));
}

/** The results of the expressions of a row. The first is that of `skip`, if there is one. */
interface Evaluated {
  readonly results: RowResults | undefined;
  readonly skips: boolean;
}

function draftOf(
  row: MemberFileRow | BadMemberRow,
  fields: readonly MappedMemberField[],
  { results = [], skips }: Evaluated,
): MemberDraft | undefined {
  const { line } = row;
  if ('problem' in row) return { line, problem: ` ${row.problem}` };
  if (results instanceof RowError) return bad(line, results);
  const [left, ...computed] = skips ? results : [false, ...results];
  if (left === true) return undefined;
  if (left instanceof RowError) return bad(line, left);
  if (left !== false && left !== undefined)
    return { line, problem: `: the expression of skip gives "${left}", not true or false` };
  const texts = new Map(row.values);
  const values = readMemberValues((column) => texts.get(column) ?? '', fields, computed);
  if (values instanceof RowError) return bad(line, values);
  const placed = placeValues(values);
  return 'parts' in placed ? { line, ...placed } : { line, problem: ` has ${placed.twice} twice` };
}

function bad(line: number, { detail, place: { mend } }: RowError): MemberDraft {
  return { line, problem: `: ${detail}${mend === undefined ? '' : `; ${mend}`}` };
}
