import { promisify } from 'node:util';
import { constants, gunzipSync, gzip, inflateSync } from 'node:zlib';
import { ApiError } from '../apiError.js';

const zip = promisify(gzip);
/** A smaller answer fits one packet as it is. */
const smallest = 1_400;

/** Does the client take gzip? `gzip;q=0` says no. */
export function takesGzip(acceptEncoding: string | string[] | undefined): boolean {
  const offers = String(acceptEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((offer) => offer.trim().split(/\s*;\s*/));
  return offers.some(([coding, quality]) => coding === 'gzip' && !/^q=0(\.0*)?$/.test(quality ?? ''));
}

/**
 * The body as gzip, or undefined for one that is too small to gain. Off the main thread, and as fast as can be: the wire
 * of a local org is wide.
 */
export async function zipped(body: unknown): Promise<Buffer | undefined> {
  if (typeof body !== 'string' && !Buffer.isBuffer(body)) return undefined;
  return body.length < smallest ? undefined : zip(body, { level: constants.Z_BEST_SPEED });
}

const unzip = new Map([
  ['gzip', gunzipSync],
  ['x-gzip', gunzipSync],
  ['deflate', inflateSync],
]);

/** @throws ApiError 400 for what is not zipped as it says, 413 for more than `most` bytes, 415 for another coding */
export function unzipped(bytes: Buffer, contentEncoding: string | undefined, most: number): Buffer {
  const coding = contentEncoding?.trim().toLowerCase() ?? '';
  if (coding === '' || coding === 'identity') return bytes;
  const method = unzip.get(coding);
  if (!method) throw new ApiError(415, 'UNSUPPORTED_MEDIA_TYPE', `Unsupported content encoding: ${coding}`);
  try {
    return method(bytes, { maxOutputLength: most });
  } catch (error) {
    const isTooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    if (isTooLarge) throw new ApiError(413, 'REQUEST_ENTITY_TOO_LARGE', 'Request body is too large');
    throw new ApiError(400, 'BAD_REQUEST', `The body cannot be unzipped: ${String(error)}`);
  }
}
