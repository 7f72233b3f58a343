import { isUtf8 } from 'node:buffer';
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
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of readStream(path, { end: longestDocument })) chunks.push(chunk as Buffer);
  } catch (error) {
    throw new Error(fileProblem(error)?.reason ?? String(error), { cause: error });
  }
  const bytes = Buffer.concat(chunks);
  if (bytes.length > longestDocument) throw new Error(`it has more than ${longestDocument / 1024 / 1024} MiB`);
  const found = notText(bytes);
  if (found !== undefined) throw new Error(`it is not UTF-8 text, but ${found}`);
  if (!isUtf8(bytes)) throw new Error('it is not UTF-8 text');
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}
