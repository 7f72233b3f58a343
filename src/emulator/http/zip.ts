import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';

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
