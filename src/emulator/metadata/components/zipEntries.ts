/** A file in a zip file, as the directory at its end says. */
export interface ZipEntry {
  readonly path: string;
  readonly isEncrypted: boolean;
  /** 0: stored as it is; 8: deflated. */
  readonly method: number;
  /** CRC-32 of the content. */
  readonly checksum: number;
  /** Bytes of the content. */
  readonly size: number;
  /** As it is in the zip file. */
  readonly packed: Buffer;
}

/** Why bytes are not a zip file, as a sentence without its end. */
export class BrokenZipError extends Error {
  override readonly name = 'BrokenZipError';
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const fileSignature = 0x04034b50;
const endSize = 22;
const entrySize = 46;
const fileSize = 30;
const longestComment = 0xffff;

/**
 * Reads the directory of a zip file (PKWARE, "APPNOTE.TXT", 4.3). Files with more than 4 GB or 65,534 entries have another
 * directory, which is not read: no deploy may be so large.
 *
 * @throws {BrokenZipError}
 */
export function* zipEntries(zip: Buffer): Generator<ZipEntry> {
  const end = endOf(zip);
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    requireSignature(zip, { at, size: entrySize, signature: entrySignature });
    const nameLength = zip.readUInt16LE(at + 28);
    const next = at + entrySize + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    const path = zip.toString('utf8', at + entrySize, at + entrySize + nameLength);
    yield {
      path,
      isEncrypted: (zip.readUInt16LE(at + 8) & 1) === 1,
      method: zip.readUInt16LE(at + 10),
      checksum: zip.readUInt32LE(at + 16),
      size: zip.readUInt32LE(at + 24),
      packed: packedBytes(zip, zip.readUInt32LE(at + 42), zip.readUInt32LE(at + 20)),
    };
    at = next;
  }
}

/** A comment may follow the end of the directory, so it is searched from the end of the file. */
function endOf(zip: Buffer): number {
  const first = Math.max(0, zip.length - endSize - longestComment);
  for (let at = zip.length - endSize; at >= first; at--) {
    if (zip.readUInt32LE(at) === endSignature) return at;
  }
  throw new BrokenZipError('it has no directory');
}

function packedBytes(zip: Buffer, at: number, length: number): Buffer {
  requireSignature(zip, { at, size: fileSize, signature: fileSignature });
  const start = at + fileSize + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
  if (start + length > zip.length) throw new BrokenZipError('it ends too early');
  return zip.subarray(start, start + length);
}

function requireSignature(
  zip: Buffer,
  { at, size, signature }: { readonly at: number; readonly size: number; readonly signature: number },
): void {
  const isThere = at + size <= zip.length && zip.readUInt32LE(at) === signature;
  if (!isThere) throw new BrokenZipError('its directory is broken');
}
