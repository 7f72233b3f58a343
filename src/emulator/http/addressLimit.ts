import { OrgRefusal } from '../orgRefusal.js';

/**
 * Maximum number of bytes of the address, and of address and headers together (guide, "Status Codes and Error
 * Responses").
 */
export const mostBytes = 16_384;

/** Addresses within a composite request may be longer: four characters for each of the 100,000 of a SOQL query. */
const mostWithin = 400_000;
/** No resource has more than a few parameters, and the time to parse them grows with the square of their number. */
const mostParameters = 1_000;

export const addressTooLong = new OrgRefusal(
  414,
  'URI_TOO_LONG',
  `The address has more than ${mostBytes} bytes: ask for less in one request, such as fewer ids in an IN list`,
);

/** Returns the error for the address of a part of a composite request, if it is too long. */
export function excessOfPart(url: string): OrgRefusal | undefined {
  if (url.length > mostWithin) {
    return new OrgRefusal(414, 'URI_TOO_LONG', `The address of a part has more than ${mostWithin} characters`);
  }
  if (count(url, '&') < mostParameters) return undefined;
  return new OrgRefusal(414, 'URI_TOO_LONG', `The address of a part has more than ${mostParameters} parameters`);
}

export function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found += 1;
  return found;
}
