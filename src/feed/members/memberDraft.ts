import type { IndividualEnrollmentRequest } from '../../contract/endpoints/enrollmentEndpoints.js';
import { fitterFor } from '../mapping/fitValue.js';
import type { MemberColumn } from './memberColumns.js';
import { toEnrollmentRequest } from './memberRequest.js';
import type { MemberDefaults } from './memberRequest.js';
import { InvalidMemberError } from './requestValues.js';

/** What a row says of a member, by where it goes. */
export type MemberParts = Record<MemberColumn['part'], Record<string, string>>;

/** A row of a file as a member, or why it is none. */
export type MemberDraft =
  | { readonly line: number; readonly parts: MemberParts }
  | {
      readonly line: number;
      /** What follows the file and the line, with the character that separates it. */
      readonly problem: string;
      readonly membershipNumber?: string | undefined;
    };

/** Where a row says the same twice, and so nothing for sure. */
export function placeValues(
  values: ReadonlyArray<readonly [column: MemberColumn, text: string]>,
): { readonly parts: MemberParts } | { readonly twice: string } {
  const parts: MemberParts = { request: {}, contact: {}, member: {} };
  for (const [{ part, name }, text] of values) {
    if (Object.hasOwn(parts[part], name)) return { twice: name };
    parts[part][name] = text;
  }
  return { parts };
}

/** @returns the request, or what is wrong with the values, as a clause */
export function requestOf(
  { request, contact, member }: MemberParts,
  defaults: MemberDefaults,
): IndividualEnrollmentRequest | string {
  try {
    return toEnrollmentRequest(request, defaults, { contact, member });
  } catch (error) {
    if (error instanceof InvalidMemberError) return error.message;
    throw error;
  }
}

/** Returns the value as the field takes it. @throws {InvalidMemberError} for one that the org would surely refuse */
export function fittedText({ name, described }: MemberColumn, column: string, text: string): string {
  if (described === undefined) return text;
  const result = fitterFor(name, described)(text);
  if ('issue' in result) throw new InvalidMemberError(column, text, `it ${result.issue}`);
  return String(result.value ?? '');
}
