import { z } from 'zod';
import { IndividualEnrollmentRequest } from '../../contract/endpoints/enrollmentEndpoints.js';

/** What a member is enrolled with if the row does not say. */
export interface MemberDefaults {
  readonly memberStatus?: string | undefined;
  readonly enrollmentChannel?: string | undefined;
  /** `yyyy-MM-dd` or `yyyy-MM-ddTHH:mm:ss`, in the org's local time. Default: now, in this machine's local time. */
  readonly enrollmentDate?: string | undefined;
  /** Whether to create the journals for the enrollment and the referral, too. */
  readonly createTransactionJournals?: boolean | undefined;
  /** Whether to enroll somebody whom the org's duplicate rules recognize. Default: no, although the org's is yes. */
  readonly allowDuplicateRecords?: boolean | undefined;
}

/** A member as in a row of a file, or as entered at a terminal. */
export type MemberValues = Readonly<Partial<Record<string, string>>>;

/** Further values, by the API name of the field. */
export interface MemberAttributes {
  /** Of the person account, as seen from Account. */
  readonly contact?: Readonly<Record<string, string>>;
  /** Of LoyaltyProgramMember. */
  readonly member?: Readonly<Record<string, string>>;
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
export function toEnrollmentRequest(
  values: MemberValues,
  defaults: MemberDefaults,
  attributes: MemberAttributes = {},
): IndividualEnrollmentRequest {
  const { firstName, lastName, email, allowDuplicateRecords = false, ...given } = textual({ ...defaults, ...values });
  const parsed = MemberRequest.safeParse({
    ...given,
    enrollmentDate: dateTime(given['enrollmentDate'] ?? localNow()),
    associatedContactDetails: {
      firstName,
      lastName,
      email,
      // The org's default is true, which would create a second person for somebody whom its duplicate rules recognize.
      allowDuplicateRecords: flagOf('allowDuplicateRecords', allowDuplicateRecords),
      additionalContactFieldValues: attributeMap(attributes.contact),
    },
    memberStatus: given['memberStatus'] ?? 'Active',
    membershipEndDate: given['membershipEndDate'] && dateTime(given['membershipEndDate']),
    canReceivePromotions: flagOf('canReceivePromotions', given['canReceivePromotions']),
    canReceivePartnerPromotions: flagOf('canReceivePartnerPromotions', given['canReceivePartnerPromotions']),
    createTransactionJournals: defaults.createTransactionJournals,
    additionalMemberFieldValues: attributeMap(attributes.member),
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const column = String(issue?.path.at(-1) ?? 'row');
  throw new InvalidMemberError(column, (values[column] ?? given[column])?.toString(), issue?.message ?? '');
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

type Given = Record<string, string | undefined> & { allowDuplicateRecords?: string | boolean | undefined };

/** Drops what has no value. */
function textual(given: Readonly<Record<string, string | boolean | undefined>>): Given {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Given;
}

const flags: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** @throws {InvalidMemberError} */
function flagOf(column: string, given: string | boolean | undefined): boolean | undefined {
  if (given === undefined || typeof given === 'boolean') return given;
  const flag = flags.get(given.toLowerCase());
  if (flag === undefined) throw new InvalidMemberError(column, given, 'it is neither true nor false');
  return flag;
}

function attributeMap(attributes: Readonly<Record<string, string>> = {}): object | undefined {
  return Object.keys(attributes).length === 0 ? undefined : { attributes };
}

function dateTime(text: string): string {
  return text.length === 10 ? `${text}T00:00:00` : text;
}

function localNow(): string {
  return localTime(new Date());
}

/** Returns a time as enrollments have it: in the local time of this machine. */
export function localTime(date: Date): string {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
