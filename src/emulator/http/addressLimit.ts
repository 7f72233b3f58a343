import { ApiError } from '../apiError.js';

/** Guide, "Status Codes and Error Responses": bytes of the address alone, and of the address and the headers together. */
export const mostBytes = 16_384;

/** An address within a composite request is no header: there a SOQL of 100,000 characters has room, each as `%20`. */
const mostWithin = 400_000;
/** No resource reads more than a few; to read very many takes time that grows with the square of their number. */
const mostParameters = 1_000;

export const addressTooLong = new ApiError(
  414,
  'URI_TOO_LONG',
  `The address has more than ${mostBytes} bytes: ask for less at a time, such as fewer ids in an IN list`,
);

/** What is wrong with the address of a part of a composite request, if it is too much to be read. */
export function excessOfPart(url: string): ApiError | undefined {
  if (url.length > mostWithin) {
    return new ApiError(414, 'URI_TOO_LONG', `The address of a part has more than ${mostWithin} characters`);
  }
  if (count(url, '&') < mostParameters) return undefined;
  return new ApiError(414, 'URI_TOO_LONG', `The address of a part has more than ${mostParameters} parameters`);
}

export function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found += 1;
  return found;
}
