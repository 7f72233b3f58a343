import type { IncomingHttpHeaders } from 'node:http';
import { OrgRefusal } from '../orgRefusal.js';
import { mediaTypeOf } from './mediaTypes.js';
import { RequestBody } from './requestBody.js';
import { unzipped } from './unzipBody.js';

const kilobyte = 1024;
const megabyte = 1024 * kilobyte;

/** Size of the largest body that the platform's JSON resources are known to accept. */
export const maxBodyBytes = 50 * megabyte;
/** Size limit for the data of a bulk job. The platform allows 150 MB in base64, for about 100 MB of CSV. */
export const maxCsvBytes = 150 * megabyte;
/** Size limit for a form. A login has few fields, and the largest is a signed assertion. */
export const maxFormBytes = 64 * kilobyte;
/** Size limit for other requests that need no token, such as one with a fault plan. */
const maxOpenBytes = megabyte;

/** The body of a request as received from the socket. */
export class ArrivedBody {
  readonly #bytes: Buffer;
  readonly #headers: IncomingHttpHeaders;

  constructor(bytes: Buffer, headers: IncomingHttpHeaders) {
    this.#bytes = bytes;
    this.#headers = headers;
  }

  /**
   * Decompresses the body without blocking other requests.
   *
   * @param isOpen whether the request needs no token, so that its body must be small
   * @throws {OrgRefusal} 400 when the data is not valid, 413 when the body is too large, 415 when its coding is unknown
   */
  async open(isOpen: boolean): Promise<RequestBody> {
    const limit = this.#limit(isOpen);
    if (this.#bytes.length > limit) throw tooLarge(limit);
    const coding = this.#headers['content-encoding'];
    return new RequestBody(await unzipped(this.#bytes, coding, { limit, tooLarge: tooLarge(limit) }));
  }

  #limit(isOpen: boolean): number {
    const mediaType = mediaTypeOf(this.#headers['content-type']);
    if (mediaType === 'application/x-www-form-urlencoded') return maxFormBytes;
    if (isOpen) return maxOpenBytes;
    return mediaType === 'text/csv' ? maxCsvBytes : maxBodyBytes;
  }
}

function tooLarge(limit: number): OrgRefusal {
  return new OrgRefusal(
    413,
    'REQUEST_ENTITY_TOO_LARGE',
    `The request body is too large: at most ${limit} bytes are allowed here`,
  );
}
