import { promisify } from 'node:util';
import { constants, gunzip, gzip, inflate } from 'node:zlib';
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
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
]);

interface Limit {
  /** Bytes of what comes out. */
  readonly limit: number;
  readonly tooLarge: ApiError;
}

/**
 * Off the main thread, like `zipped`.
 *
 * @throws {ApiError} 400 for what is not zipped as it says, `tooLarge`, 415 for another coding
 */
export async function unzipped(
  bytes: Buffer,
  contentEncoding: string | undefined,
  { limit, tooLarge }: Limit,
): Promise<Buffer> {
  const coding = contentEncoding?.trim().toLowerCase() ?? '';
  if (coding === '' || coding === 'identity') return bytes;
  const method = unzip.get(coding);
  if (!method) throw new ApiError(415, 'UNSUPPORTED_MEDIA_TYPE', `Unsupported content encoding: ${coding}`);
  try {
    return await method(bytes, { maxOutputLength: limit });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge;
    throw new ApiError(400, 'BAD_REQUEST', `The body cannot be unzipped: ${String(error)}`);
  }
}
