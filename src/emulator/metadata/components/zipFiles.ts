import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { OrgRefusal } from '../../orgRefusal.js';
import { BrokenZipError, zipEntries } from './zipEntries.js';
import type { ZipEntry } from './zipEntries.js';

/** Most entries of a deploy (Metadata API Developer Guide, limits). */
const mostFiles = 10_000;
/** Most bytes of all files together. The guide limits only the compressed file. */
const mostBytes = 400 * 1024 * 1024;

const inflate = promisify(inflateRaw);

/**
 * Returns the files of a zip file by their paths.
 *
 * @throws {OrgRefusal} 400 if it is not a zip file, has too much in it, or has a path that leads out of it
 */
export async function readZip(bytes: Buffer): Promise<Map<string, Buffer>> {
  try {
    const files = new Map<string, Buffer>();
    for (const [path, entry] of allowedEntries(bytes)) files.set(path, await contentOf(entry));
    return files;
  } catch (error) {
    if (!(error instanceof BrokenZipError)) throw error;
    throw new OrgRefusal(400, 'INVALID_FIELD', `The ZipFile is not a valid zip file: ${error.message}`);
  }
}

/** A small file can have gigabytes in it, so nothing is decompressed before all is counted. */
function allowedEntries(bytes: Buffer): Map<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>();
  let size = 0;
  for (const entry of zipEntries(bytes)) {
    if (entry.path.endsWith('/')) continue;
    const path = safePath(entry.path);
    if (entries.has(path)) throw new BrokenZipError(`it has ${path} more than once`);
    entries.set(path, entry);
    size += entry.size;
    if (entries.size > mostFiles) throw tooMuch(`more than ${mostFiles} files`);
    if (size > mostBytes) throw tooMuch(`more than ${mostBytes} bytes in its files`);
  }
  return entries;
}

/** @throws {OrgRefusal} when whoever unpacks it would write elsewhere */
function safePath(path: string): string {
  const steps = path.split('/').filter((step) => step !== '.');
  const isUnsafe = steps.includes('..') || path.startsWith('/') || /[\\\0]|^[a-z]:/i.test(path);
  if (isUnsafe) {
    const message = `The zip file has the path ${JSON.stringify(path)}, which is not one within a package`;
    throw new OrgRefusal(400, 'INVALID_FIELD', message);
  }
  return steps.join('/');
}

async function contentOf(entry: ZipEntry): Promise<Buffer> {
  const { path, checksum, isEncrypted, size } = entry;
  if (isEncrypted) throw new BrokenZipError(`${path} is encrypted`);
  const content = await unpacked(entry);
  if (content.length !== size) throw new BrokenZipError(`${path} has not the size that its directory says`);
  if (crc32(content) !== checksum) throw new BrokenZipError(`${path} has not the checksum that its directory says`);
  return content;
}

async function unpacked({ path, method, packed, size }: ZipEntry): Promise<Buffer> {
  if (method === 0) return packed;
  if (method !== 8) throw new BrokenZipError(`${path} is compressed by the unknown method ${method}`);
  try {
    // Stops at the size that was counted. The library does not take zero as a limit.
    return await inflate(packed, { maxOutputLength: Math.max(size, 1) });
  } catch {
    throw new BrokenZipError(`${path} cannot be decompressed`);
  }
}

function tooMuch(what: string): OrgRefusal {
  return new OrgRefusal(400, 'LIMIT_EXCEEDED', `The zip file has ${what}`);
}

export async function writeZip(files: ReadonlyMap<string, string | Buffer>): Promise<Buffer> {
  const { default: JsZip } = await import('jszip');
  const zip = new JsZip();
  for (const [path, content] of files) zip.file(path, content);
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}
