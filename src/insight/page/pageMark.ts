import { open } from 'node:fs/promises';

/** By which a page of ours is recognized. */
export const pageMark = 'sf-plugin-loyalty report program';

/** The mark is within the first bytes. */
const headLength = 4096;

/** Returns whether a file is a page that `reportPage` has made, or not there. @throws {Error} from the file system */
export async function isReportPage(path: string): Promise<boolean> {
  try {
    await using file = await open(path, 'r');
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(headLength), position: 0 });
    return buffer.toString('utf8', 0, bytesRead).includes(`<meta name="generator" content="${pageMark}" />`);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return true;
    throw error;
  }
}
