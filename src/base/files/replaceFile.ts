import { randomUUID } from 'node:crypto';
import { createWriteStream, existsSync, statSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { makePrivateFile, privateFile } from './privateFiles.js';

/** A text, or the first and the further stages of a pipeline that produces the content. */
export type FileContent = string | readonly [Readable, ...NodeJS.ReadWriteStream[]];

/**
 * Writes a private file under a temporary name and renames it when it is complete and on disk. A reader finds the old
 * file or the new one, never half of it. If the path is a link, the link itself is replaced, not its target. After a
 * failure, nothing is left behind.
 * @param check is called with the complete file before it is renamed; if it throws, the old file stays
 * @throws {Error} from the file system, naming `path`, or from the content
 */
export async function replaceFile(
  path: string,
  content: FileContent,
  check: (draft: string) => void | Promise<void> = () => undefined,
): Promise<void> {
  await withDraft(path, async (draft) => {
    await writeDraft(draft, content);
    await check(draft);
    await rename(draft, path);
    await syncFolder(dirname(path));
  });
}

/**
 * Replaces two files that belong together, as {@link replaceFile} does. Both are complete and on disk before either is
 * renamed, so that a full disk leaves both as they were. The first is renamed first.
 * @param second whose content is produced after that of the first
 */
export async function replaceTogether(
  first: { readonly path: string; readonly content: FileContent },
  second: { readonly path: string; readonly content: () => FileContent },
): Promise<void> {
  await withDraft(first.path, async (draft) => {
    await writeDraft(draft, first.content);
    await replaceFile(second.path, second.content(), () => rename(draft, first.path));
    await syncFolder(dirname(first.path));
  });
}

/**
 * Completes a draft that was begun beside `path`, and gives it that name, as {@link replaceFile} does.
 * @throws {Error} from the file system, naming `path`, or from the content
 */
export async function completeDraft(path: string, draft: string, rest: FileContent): Promise<void> {
  await withDraft(
    path,
    async () => {
      await writeDraft(draft, rest, 'a');
      await rename(draft, path);
      await syncFolder(dirname(path));
    },
    draft,
  );
}

/**
 * Checks before long work that its result can be written at the end. Leaves nothing behind.
 * @throws {Error} that names the path
 */
export async function mustTakeFile(path: string): Promise<void> {
  await withDraft(path, (draft) => writeDraft(draft, ''));
}

/**
 * Returns a name that cannot be guessed, in the same folder, because renaming is atomic only within one file system.
 */
export function draftBeside(path: string): string {
  return join(dirname(path), `.${randomUUID()}.part`);
}

async function withDraft(
  path: string,
  work: (draft: string) => Promise<void>,
  draft = draftBeside(path),
): Promise<void> {
  mustBeReplaceable(path);
  try {
    await work(draft);
  } catch (error) {
    throw aboutPath(error, path, draft);
  } finally {
    await rm(draft, { force: true });
  }
}

/** An error about the temporary file would name a path that the user has never seen, or none. */
function aboutPath(error: unknown, path: string, draft: string): unknown {
  if (!(error instanceof Error && 'syscall' in error)) return error;
  if ('path' in error && error.path !== draft) return error;
  return Object.assign(error, { path, ...codeOf(error, path) });
}

/** A new file that is said not to be there has no folder, or one that takes no files. */
function codeOf(error: Error, path: string): { readonly code?: string } {
  if (!('code' in error) || error.code !== 'ENOENT') return {};
  return { code: existsSync(dirname(path)) ? 'ENOFILE' : 'ENOFOLDER' };
}

/** A folder, a device or a pipe is never replaced, whether its own name or a link leads to it. */
function mustBeReplaceable(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found || found.isFile()) return;
  const [code, what] = found.isDirectory() ? ['EISDIR', 'a folder'] : ['ENOTFILE', 'a device or a pipe'];
  throw Object.assign(new Error(`${path} is ${what}, and cannot be replaced by a file.`), { code, path });
}

async function writeDraft(draft: string, content: FileContent, flags: 'wx' | 'a' = 'wx'): Promise<void> {
  const stages = typeof content === 'string' ? [Readable.from([content])] : content;
  await pipeline([...stages, createWriteStream(draft, { flags, mode: privateFile, flush: true })]);
  // The umask may have removed too many rights.
  makePrivateFile(draft);
}

/**
 * The new name must also survive a power failure. Windows cannot open folders, and some file systems cannot sync them.
 */
async function syncFolder(folder: string): Promise<void> {
  try {
    await using handle = await open(folder, 'r');
    await handle.sync();
  } catch {
    // The file itself is complete and on disk.
  }
}
