import { Readable } from 'node:stream';
import { OrgRefusal } from '../../orgRefusal.js';

/** Most entries of a deploy (Metadata API Developer Guide, limits). */
const mostFiles = 10_000;
/** Most bytes of all files together. The guide limits only the compressed file. */
const mostBytes = 400 * 1024 * 1024;

/**
 * Returns the files of a zip file by their paths.
 *
 * @throws {OrgRefusal} 400 if it is not a zip file, or has too much in it
 */
export async function readZip(bytes: Buffer): Promise<Map<string, Buffer>> {
  const { default: JsZip } = await import('jszip');
  const zip = await JsZip.loadAsync(bytes).catch(() => {
    throw notZip();
  });
  const entries = Object.values(zip.files).filter(({ dir }) => !dir);
  if (entries.length > mostFiles) throw tooMuch(`has more than ${mostFiles} files`);
  const files = new Map<string, Buffer>();
  let left = mostBytes;
  for (const entry of entries) {
    const content = await contentOf(entry.nodeStream(), left);
    left -= content.length;
    files.set(entry.name, content);
  }
  return files;
}

/** Stops as soon as there is more than allowed: a small file can have gigabytes in it. */
async function contentOf(stream: NodeJS.ReadableStream, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  // The library's streams are older than async iteration.
  try {
    for await (const chunk of new Readable().wrap(stream)) {
      const bytes = chunk as Buffer;
      length += bytes.length;
      if (length > most) throw tooMuch(`has more than ${mostBytes} bytes in its files`);
      chunks.push(bytes);
    }
  } catch (error) {
    // The library finds broken bytes only when it decompresses them.
    throw error instanceof OrgRefusal ? error : notZip();
  }
  return Buffer.concat(chunks);
}

function notZip(): OrgRefusal {
  return new OrgRefusal(400, 'INVALID_FIELD', 'The ZipFile is not a valid zip file');
}

function tooMuch(what: string): OrgRefusal {
  return new OrgRefusal(400, 'LIMIT_EXCEEDED', `The zip file ${what}`);
}

export async function writeZip(files: ReadonlyMap<string, string | Buffer>): Promise<Buffer> {
  const { default: JsZip } = await import('jszip');
  const zip = new JsZip();
  for (const [path, content] of files) zip.file(path, content);
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}
