import { createWriteStream } from 'node:fs';
import { chmod, rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { privateFile } from '../../base/privateFiles.js';
import { askForSnapshot } from '../control/localOrg.js';
import { requireSnapshot, SnapshotError } from './snapshotFormat.js';
import { unfinishedName } from './writeSnapshot.js';

/**
 * Saves all rows of a running local org to a private file. `Emulator.start({ from: path })` starts an org with them. An
 * existing file is replaced.
 *
 * @returns the size of the file in bytes
 * @throws {NoEmulatorError} when no local org answers at the URL
 * @throws {SnapshotError} when the org does not send a complete snapshot
 */
export async function saveSnapshot(url: string, path: string): Promise<number> {
  const unfinished = unfinishedName(path);
  try {
    const response = await askForSnapshot(url);
    if (!response.ok || !response.body) throw new SnapshotError(`${url} sent no snapshot: HTTP ${response.status}.`);
    const file = createWriteStream(unfinished, { flags: 'wx', mode: privateFile });
    await pipeline(Readable.fromWeb(response.body), file);
    // The umask may have removed permissions of the owner.
    await chmod(unfinished, privateFile);
    requireSnapshot(unfinished);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw explained(error, url, path);
  }
  return (await stat(path)).size;
}

/** Rewrites errors about the unfinished file or the stream, which the caller does not know, as errors about `path`. */
function explained(error: unknown, url: string, path: string): unknown {
  if (!(error instanceof Error)) return error;
  // Fetch throws a TypeError when the connection ends.
  if (error instanceof TypeError) {
    return new SnapshotError(`The local org at ${url} ended before the snapshot was complete. Nothing was saved.`, [], {
      cause: error,
    });
  }
  return 'syscall' in error && 'path' in error ? Object.assign(error, { path }) : error;
}
