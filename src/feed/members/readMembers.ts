import { z } from 'zod';
import { IndividualEnrollmentRequest } from '../../contract/endpoints/enrollmentEndpoints.js';
import { readMemberFile } from './memberFile.js';
import type { MemberFileRow } from './memberFile.js';

/** What a member is enrolled with if the row does not say. */
export interface MemberDefaults {
  readonly memberStatus?: string | undefined;
  readonly enrollmentChannel?: string | undefined;
  /** `yyyy-MM-dd` or `yyyy-MM-ddTHH:mm:ss`, in the org's local time. Default: now, in this machine's local time. */
  readonly enrollmentDate?: string | undefined;
  /** Whether to create the journals for the enrollment and the referral, too. */
  readonly createTransactionJournals?: boolean | undefined;
}

/** A member as in a row of a file, or as entered at a terminal. */
export type MemberValues = Readonly<Partial<Record<string, string>>>;

/** A row that cannot be enrolled: its membership number if it has one, its line, and the reason. */
export interface MemberRejection {
  readonly membershipNumber: string | undefined;
  readonly line: number;
  readonly message: string;
}

/**
 * Yields the members of a file as requests. Rows that cannot be enrolled are passed to `onRejection`, and reading
 * continues.
 * @throws {FeedError} if the file as a whole cannot be used
 */
export async function* readMembers(
  path: string,
  defaults: MemberDefaults,
  onRejection: (rejection: MemberRejection) => void,
  onLine?: (membershipNumber: string, line: number) => void,
): AsyncGenerator<IndividualEnrollmentRequest, void, void> {
  const seen = new Map<string, { readonly line: number; readonly text: string }>();
  for await (const row of readMemberFile(path)) {
    const { line } = row;
    if ('problem' in row) {
      onRejection({ membershipNumber: undefined, line, message: `${path}, line ${line} ${row.problem}.` });
      continue;
    }
    const { request, problem } = twice(row, seen) ?? tryRequest(row.values, defaults);
    if (request) {
      onLine?.(request.membershipNumber, line);
      yield request;
    } else {
      const { membershipNumber } = row.values;
      onRejection({ membershipNumber, line, message: `${path}, line ${line}: ${problem}.` });
    }
  }
}

/** The second row of a number would count as a member that exists, and what it says would be lost. */
function twice(
  { line, values }: MemberFileRow,
  seen: Map<string, { readonly line: number; readonly text: string }>,
): { request?: undefined; problem: string } | undefined {
  const { membershipNumber } = values;
  if (membershipNumber === undefined) return undefined;
  const text = JSON.stringify(Object.entries(values).toSorted());
  const first = seen.get(membershipNumber.toLowerCase());
  if (first === undefined) seen.set(membershipNumber.toLowerCase(), { line, text });
  if (first === undefined || first.text === text) return undefined;
  return {
    problem: `membershipNumber "${membershipNumber}" is in line ${first.line}, too, with other values; leave one of the two`,
  };
}

/** The org would answer with a sentence of its parser. */
const LocalDateTime = z.iso.datetime({
  local: true,
  offset: true,
  error: 'it is neither yyyy-MM-dd nor yyyy-MM-ddTHH:mm:ss',
});

const MemberRequest = IndividualEnrollmentRequest.extend({
  enrollmentDate: LocalDateTime,
  membershipEndDate: LocalDateTime.optional(),
});

/** @throws {InvalidMemberError} if a value is missing, or is not one that the org knows */
export function toEnrollmentRequest(values: MemberValues, defaults: MemberDefaults): IndividualEnrollmentRequest {
  const { membershipNumber, firstName, lastName, email, membershipEndDate } = values;
  const given = { ...defaults, ...values };
  const parsed = MemberRequest.safeParse({
    enrollmentDate: dateTime(given.enrollmentDate ?? localNow()),
    membershipNumber,
    // The default is true, which would create a second person for somebody whom the org's duplicate rules recognize.
    associatedContactDetails: { firstName, lastName, email, allowDuplicateRecords: false },
    memberStatus: given.memberStatus ?? 'Active',
    enrollmentChannel: given.enrollmentChannel,
    referredBy: values['referredBy'],
    membershipEndDate: membershipEndDate && dateTime(membershipEndDate),
    createTransactionJournals: defaults.createTransactionJournals,
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const column = String(issue?.path.at(-1) ?? 'row');
  throw new InvalidMemberError(column, (given as MemberValues)[column], issue?.message ?? '');
}

/** The data of a member cannot be sent. */
export class InvalidMemberError extends Error {
  override readonly name = 'InvalidMemberError';

  constructor(
    readonly column: string,
    readonly value: string | undefined,
    reason: string,
  ) {
    super(value === undefined ? `${column} is missing` : `${column} "${value}": ${reason}`);
  }
}

function tryRequest(
  values: MemberValues,
  defaults: MemberDefaults,
): { request?: IndividualEnrollmentRequest; problem: string } {
  try {
    return { request: toEnrollmentRequest(values, defaults), problem: '' };
  } catch (error) {
    if (error instanceof InvalidMemberError) return { problem: error.message };
    throw error;
  }
}

function dateTime(text: string): string {
  return text.length === 10 ? `${text}T00:00:00` : text;
}

function localNow(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
