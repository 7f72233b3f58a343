import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from '../apiError.js';
import { mediaTypeOf } from './mediaTypes.js';
import { RequestBody } from './requestBody.js';
import { unzipped } from './zip.js';

const kilobyte = 1024;
const megabyte = 1024 * kilobyte;

/** The largest that the platform's JSON resources are known to take. */
export const maxBodyBytes = 50 * megabyte;
/** The data of a bulk job, as the platform counts it: 100 MB of CSV, which are 150 MB in base64. */
export const maxCsvBytes = 150 * megabyte;
/** A login has a handful of fields, of which the largest is a signed assertion. */
export const maxFormBytes = 64 * kilobyte;
/** Of a request that needs no token: a fault plan, say. */
const maxOpenBytes = megabyte;

/** A body as it came from the socket, before anybody has looked at it. */
export class ArrivedBody {
  readonly #bytes: Buffer;
  readonly #headers: IncomingHttpHeaders;

  public constructor(bytes: Buffer, headers: IncomingHttpHeaders) {
    this.#bytes = bytes;
    this.#headers = headers;
  }

  /**
   * Unzips it, while other requests go on.
   *
   * @param isOpen for a request that anybody may send, and that may cost little therefore
   * @throws {ApiError} 400, 413, 415
   */
  public async open(isOpen: boolean): Promise<RequestBody> {
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

function tooLarge(limit: number): ApiError {
  return new ApiError(
    413,
    'REQUEST_ENTITY_TOO_LARGE',
    `The request body is too large: here it may have ${limit} bytes`,
  );
}
