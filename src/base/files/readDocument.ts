import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import { longestDocument } from './documentError.js';
import { fileProblem } from './fileProblem.js';
import { readStream } from './pipeReading.js';
import { notText } from '../utf8.js';

/**
 * Returns the text of a file that a person has written, without a byte order mark. Reads no more than the limit, even
 * from a device or a pipe.
 * @throws {Error} with the reason, as a clause with a subject
 */
export async function readDocument(path: string): Promise<string> {
  return readText(() => readStream(path, { end: longestDocument }));
}

/** Does the same, and reads standard input for `-`. @throws {Error} as `readDocument` */
export async function readDocumentOrInput(path: string): Promise<string> {
  return path === '-' ? readText(() => process.stdin) : readDocument(path);
}

async function readText(open: () => Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of open()) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length > longestDocument) break;
    }
  } catch (error) {
    throw new Error(fileProblem(error)?.reason ?? String(error), { cause: error });
  }
  const bytes = Buffer.concat(chunks);
  if (length > longestDocument) throw new Error(`it has more than ${longestDocument / 1024 / 1024} MiB`);
  const found = notText(bytes);
  if (found !== undefined) throw new Error(`it is not UTF-8 text, but ${found}`);
  if (!isUtf8(bytes)) throw new Error('it is not UTF-8 text');
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}
