import type { IndividualEnrollmentRequest } from '../../contract/endpoints/enrollmentEndpoints.js';
import { mappedMembers } from './mappedMembers.js';
import { MemberColumns } from './memberColumns.js';
import type { MemberColumn, ReadMemberFields } from './memberColumns.js';
import { fittedText, placeValues, requestOf } from './memberDraft.js';
import type { MemberDraft, MemberParts } from './memberDraft.js';
import type { MemberMapping } from './memberMapping.js';
import { toEnrollmentRequest } from './memberRequest.js';
import type { MemberDefaults } from './memberRequest.js';
import { namedMembers } from './namedMembers.js';
import { InvalidMemberError } from './requestValues.js';

/** A row that cannot be enrolled: its membership number if it has one, its line, and the reason. */
export interface MemberRejection {
  readonly membershipNumber: string | undefined;
  readonly line: number;
  readonly message: string;
}

export interface ReadMembersOptions {
  /** What a member is enrolled with if the row does not say. */
  readonly defaults?: MemberDefaults;
  /** Is told of rows that cannot be enrolled; reading continues. */
  readonly onRejection: (rejection: MemberRejection) => void;
  /** Is told the line of each member that is yielded. */
  readonly onLine?: (membershipNumber: string, line: number) => void;
  /** Which column is what. Without it, the columns have the names of inputs and fields. */
  readonly mapping?: MemberMapping | undefined;
  /** Character between the cells of a CSV row; a mapping has its own. Default: comma. */
  readonly delimiter?: string | undefined;
  /** The org's description of its fields, read if a column needs it. Without it, there are only inputs. */
  readonly readFields?: ReadMemberFields | undefined;
}

/**
 * Yields the members of a file as requests.
 * @throws {FeedError} if the file as a whole cannot be used
 */
export async function* readMembers(
  path: string,
  options: ReadMembersOptions,
): AsyncGenerator<IndividualEnrollmentRequest, void, void> {
  const { onRejection, onLine, defaults = {} } = options;
  const seen = new Map<string, { readonly line: number; readonly text: string }>();
  for await (const draft of draftsOf(path, options)) {
    const { line } = draft;
    const reject = (problem: string, membershipNumber?: string): void =>
      onRejection({ membershipNumber, line, message: `${path}, line ${line}${problem}.` });
    if ('problem' in draft) {
      reject(draft.problem, draft.membershipNumber);
      continue;
    }
    const request = twice(draft, seen) ?? requestOf(draft.parts, defaults);
    if (typeof request === 'string') reject(`: ${request}`, draft.parts.request['membershipNumber']);
    else {
      onLine?.(request.membershipNumber, line);
      yield request;
    }
  }
}

/**
 * Returns one member as a request.
 *
 * @param values by names as in the header of a file
 * @throws {MemberColumnError | InvalidMemberError}
 */
export async function readMember(
  values: ReadonlyArray<readonly [name: string, text: string]>,
  { defaults = {}, readFields }: Pick<ReadMembersOptions, 'defaults' | 'readFields'> = {},
): Promise<IndividualEnrollmentRequest> {
  const columns = new MemberColumns(readFields);
  const found: Array<readonly [MemberColumn, string]> = [];
  for (const [name, text] of values) {
    const column = await columns.find(name);
    found.push([column, fittedText(column, name, text)]);
  }
  const placed = placeValues(found);
  if ('twice' in placed) {
    const given = found.findLast(([{ name }]) => name === placed.twice)?.[1];
    throw new InvalidMemberError(placed.twice, given ?? '', 'it is given twice');
  }
  const { request, contact, member } = placed.parts;
  return toEnrollmentRequest(request, defaults, { contact, member });
}

function draftsOf(path: string, { mapping, delimiter, readFields }: ReadMembersOptions): AsyncIterable<MemberDraft> {
  const columns = new MemberColumns(readFields);
  if (mapping === undefined) return namedMembers(path, columns, delimiter);
  const { file } = mapping;
  return mappedMembers(path, { ...mapping, file: { ...file, delimiter: delimiter ?? file.delimiter } }, columns);
}

/** The second row of a number would count as a member that exists, and what it says would be lost. */
function twice(
  { line, parts }: { readonly line: number; readonly parts: MemberParts },
  seen: Map<string, { readonly line: number; readonly text: string }>,
): string | undefined {
  const { membershipNumber } = parts.request;
  if (membershipNumber === undefined) return undefined;
  const text = JSON.stringify(Object.values(parts).map((part) => Object.entries(part).toSorted()));
  const first = seen.get(membershipNumber.toLowerCase());
  if (first === undefined) seen.set(membershipNumber.toLowerCase(), { line, text });
  if (first === undefined || first.text === text) return undefined;
  return `membershipNumber "${membershipNumber}" is in line ${first.line}, too, with other values; leave one of the two`;
}
