import { LocalDateTime, withTime } from '../../base/localDateTime.js';
import { CorporateEnrollmentRequest } from '../../contract/endpoints/enrollmentEndpoints.js';
import type { MemberDefaults, MemberValues } from './memberRequest.js';
import { readNamedRows } from './namedRows.js';
import type { MemberRejection } from './readMembers.js';
import { attributeMap, flagOf, InvalidMemberError, localNow, parsedRequest, textual } from './requestValues.js';

/** Columns of a file of companies, in any case. They are the inputs of the enrollment request, flattened. */
export const corporateColumns = [
  'membershipNumber',
  'name',
  'phone',
  'website',
  'enrollmentDate',
  'memberStatus',
  'enrollmentChannel',
  'referredBy',
  'referredByMemberReferralCode',
  'membershipEndDate',
  'canReceivePromotions',
  'canReceivePartnerPromotions',
  'transactionJournalStatementFrequency',
  'transactionJournalStatementMethod',
  'allowDuplicateRecords',
] as const;

const prefixes = ['account.', 'member.'] as const;

const CorporateRequest = CorporateEnrollmentRequest.extend({
  enrollmentDate: LocalDateTime,
  membershipEndDate: LocalDateTime.optional(),
});

/**
 * @param values by column, and fields as `account.NAME` and `member.NAME`
 * @throws {InvalidMemberError} if a value is missing, or is not one that the org knows
 */
export function toCorporateRequest(values: MemberValues, defaults: MemberDefaults = {}): CorporateEnrollmentRequest {
  const isField = (name: string): boolean => prefixes.some((prefix) => name.startsWith(prefix));
  const inputs = Object.fromEntries(Object.entries(values).filter(([name]) => !isField(name)));
  const { name, phone, website, allowDuplicateRecords = false, ...given } = textual({ ...defaults, ...inputs });
  const request = {
    ...given,
    enrollmentDate: withTime(given['enrollmentDate'] ?? localNow()),
    associatedAccountDetails: {
      name,
      phone,
      website,
      // As for persons: the org's default would create a second account for a company that its rules recognize.
      allowDuplicateRecords: flagOf('allowDuplicateRecords', allowDuplicateRecords),
      additionalAccountFieldValues: attributeMap(fieldsOf(values, 'account.')),
    },
    memberStatus: given['memberStatus'] ?? 'Active',
    membershipEndDate: given['membershipEndDate'] && withTime(given['membershipEndDate']),
    canReceivePromotions: flagOf('canReceivePromotions', given['canReceivePromotions']),
    canReceivePartnerPromotions: flagOf('canReceivePartnerPromotions', given['canReceivePartnerPromotions']),
    createTransactionJournals: defaults.createTransactionJournals,
    additionalMemberFieldValues: attributeMap(fieldsOf(values, 'member.')),
  };
  return parsedRequest(CorporateRequest, request, { ...values, ...given });
}

export interface ReadCorporateOptions {
  /** What a company is enrolled with if the row does not say. */
  readonly defaults?: MemberDefaults;
  /** Is told of rows that cannot be enrolled; reading continues. */
  readonly onRejection: (rejection: MemberRejection) => void;
  /** Is told the line of each company that is yielded. */
  readonly onLine?: (membershipNumber: string, line: number) => void;
  readonly delimiter?: string | undefined;
}

/**
 * Yields the companies of a file as requests. A number that is in the file twice is rejected the second time, because it
 * would count as a member that exists.
 * @throws {FeedError} if the file as a whole cannot be used
 */
export async function* readCorporateMembers(
  path: string,
  { defaults, onRejection, onLine, delimiter }: ReadCorporateOptions,
): AsyncGenerator<CorporateEnrollmentRequest, void, void> {
  const seen = new Map<string, number>();
  const required = ['membershipNumber', 'name'];
  for await (const row of readNamedRows({ path, delimiter, columns: corporateColumns, required, prefixes })) {
    const { line } = row;
    const membershipNumber = 'values' in row ? row.values['membershipNumber'] : undefined;
    const reject = (message: string): void => onRejection({ membershipNumber, line, message });
    if ('problem' in row) {
      reject(`${path}, line ${line}: ${row.problem}`);
      continue;
    }
    const request = requestOrProblem(row.values, defaults);
    const earlier = seen.get(membershipNumber?.toLowerCase() ?? '');
    if (typeof request === 'string') reject(`${path}, line ${line}: ${request}.`);
    else if (earlier !== undefined)
      reject(`${path}, line ${line}: membershipNumber "${request.membershipNumber}" is in line ${earlier}, too.`);
    else {
      seen.set(request.membershipNumber.toLowerCase(), line);
      onLine?.(request.membershipNumber, line);
      yield request;
    }
  }
}

function requestOrProblem(values: MemberValues, defaults: MemberDefaults = {}): CorporateEnrollmentRequest | string {
  try {
    return toCorporateRequest(values, defaults);
  } catch (error) {
    if (error instanceof InvalidMemberError) return error.message;
    throw error;
  }
}

function fieldsOf(values: MemberValues, prefix: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, text]) =>
      name.startsWith(prefix) && text !== undefined ? [[name.slice(prefix.length), text]] : [],
    ),
  );
}
