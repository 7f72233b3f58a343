import { FeedError } from '../feedError.js';
import { MemberColumnError } from './memberColumns.js';
import type { MemberColumn, MemberColumns } from './memberColumns.js';
import { fittedText, placeValues } from './memberDraft.js';
import type { MemberDraft, MemberParts } from './memberDraft.js';
import { noHeader, readMemberFile } from './memberFile.js';
import type { MemberFileRow } from './memberFile.js';
import { InvalidMemberError } from './requestValues.js';

/**
 * Reads a file whose columns have the names of inputs and fields.
 * @throws {FeedError} if the file as a whole cannot be used
 */
export async function* namedMembers(
  path: string,
  columns: MemberColumns,
  delimiter: string | undefined,
): AsyncGenerator<MemberDraft> {
  const onHeader = (names: readonly string[]): Promise<void> => checkHeader(names, columns, path);
  for await (const rows of readMemberFile(path, { delimiter, onHeader })) {
    for (const row of rows) {
      if ('problem' in row) yield { line: row.line, problem: ` ${row.problem}` };
      else yield { line: row.line, ...(await draftOf(row, columns)) };
    }
  }
}

async function checkHeader(names: readonly string[], columns: MemberColumns, path: string): Promise<void> {
  const found: Array<readonly [MemberColumn, string]> = [];
  for (const name of names) {
    const column = await columns.find(name).catch((error: unknown) => {
      if (!(error instanceof MemberColumnError)) throw error;
      throw new FeedError(error.code, `${path}, line 1: ${error.message}`, [error.action, mapInstead]);
    });
    found.push([column, name]);
  }
  const placed = placeValues(found);
  if ('twice' in placed) throw noHeader(`${path}, line 1 has the column ${placed.twice} twice`);
}

const mapInstead = 'For a file with names of its own, write a mapping: it says which column is what.';

async function draftOf(
  { values }: MemberFileRow,
  columns: MemberColumns,
): Promise<{ parts: MemberParts } | { problem: string; membershipNumber?: string | undefined }> {
  const membershipNumber = values.find(([name]) => name.toLowerCase() === 'membershipnumber')?.[1];
  try {
    const placed: Array<readonly [MemberColumn, string]> = [];
    for (const [name, text] of values) {
      const column = await columns.find(name);
      placed.push([column, fittedText(column, name, text)]);
    }
    const all = placeValues(placed);
    return 'parts' in all ? all : { problem: ` has the column ${all.twice} twice`, membershipNumber };
  } catch (error) {
    if (!(error instanceof MemberColumnError || error instanceof InvalidMemberError)) throw error;
    return { problem: `: ${error.message.replace(/\.$/, '')}`, membershipNumber };
  }
}
