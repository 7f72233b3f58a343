import { promisify } from 'node:util';
import { constants, gunzip, gzip, inflate } from 'node:zlib';
import { OrgRefusal } from '../orgRefusal.js';

const zip = promisify(gzip);
/** Smaller answers fit in one packet without compression. */
const smallest = 1_400;

/** Whether the client accepts gzip. `gzip;q=0` means that it does not. */
export function takesGzip(acceptEncoding: string | string[] | undefined): boolean {
  const offers = String(acceptEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((offer) => offer.trim().split(/\s*;\s*/));
  return offers.some(([coding, quality]) => coding === 'gzip' && !/^q=0(\.0*)?$/.test(quality ?? ''));
}

/**
 * Compresses a body with gzip, or returns undefined if it is too small to benefit. Runs off the main thread, with the
 * fastest setting, because the connection to a local org is fast.
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
  /** Maximum number of decompressed bytes. */
  readonly limit: number;
  readonly tooLarge: OrgRefusal;
}

/**
 * Decompresses a body off the main thread.
 *
 * @throws {OrgRefusal} 400 when the data is not valid, `tooLarge` when there is too much of it, 415 for another coding
 */
export async function unzipped(
  bytes: Buffer,
  contentEncoding: string | undefined,
  { limit, tooLarge }: Limit,
): Promise<Buffer> {
  const coding = contentEncoding?.trim().toLowerCase() ?? '';
  if (coding === '' || coding === 'identity') return bytes;
  const method = unzip.get(coding);
  if (!method) throw new OrgRefusal(415, 'UNSUPPORTED_MEDIA_TYPE', `Unsupported content encoding: ${coding}`);
  try {
    return await method(bytes, { maxOutputLength: limit });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge;
    throw new OrgRefusal(400, 'BAD_REQUEST', `The body cannot be unzipped: ${String(error)}`);
  }
}
