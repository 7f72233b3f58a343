import { IndividualEnrollmentRequest, LoyaltyContactInput } from '../../../contract/enrollment.js';
import { parse } from '../parse.js';

/** Typed inputs of the platform refuse keys that they do not know. */
const Request = IndividualEnrollmentRequest.extend({ associatedContactDetails: LoyaltyContactInput.strict() }).strict();

const flags = ['createTransactionJournals', 'canReceivePromotions', 'canReceivePartnerPromotions'];
const contactFlags = ['allowDuplicateRecords'];

/** @throws ApiError 400 as `parse` does */
export function parseEnrollment(body: Readonly<Record<string, unknown>>): IndividualEnrollmentRequest {
  const contact = body['associatedContactDetails'];
  const details = isRecord(contact) ? withFlags(contact, contactFlags) : contact;
  return parse(Request, { ...withFlags(body, flags), associatedContactDetails: details });
}

/** Typed Boolean in the guide, but its samples send the texts "true" and "false", and both are taken. */
function withFlags(values: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  const read = { ...values };
  for (const name of names) {
    if (read[name] === 'true' || read[name] === 'false') read[name] = read[name] === 'true';
  }
  return read;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
