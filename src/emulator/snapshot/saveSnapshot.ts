import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { replaceFile } from '../../base/files/replaceFile.js';
import { askForSnapshot } from '../control/localOrg.js';
import { requireSnapshot, SnapshotError } from './snapshotFormat.js';

/**
 * Saves all rows of a running local org to a private file. `Emulator.start({ from: path })` starts an org with them. An
 * existing file is replaced.
 *
 * @returns the size of the file in bytes
 * @throws {NoEmulatorError} when no local org answers at the URL
 * @throws {SnapshotError} when the org does not send a complete snapshot
 */
export async function saveSnapshot(url: string, path: string): Promise<number> {
  try {
    const response = await askForSnapshot(url);
    if (!response.ok || !response.body) throw new SnapshotError(`${url} sent no snapshot: HTTP ${response.status}.`);
    await replaceFile(path, [Readable.fromWeb(response.body)], requireSnapshot);
  } catch (error) {
    throw explained(error, url);
  }
  return (await stat(path)).size;
}

/** What fetch throws when the connection ends. */
function explained(error: unknown, url: string): unknown {
  if (!(error instanceof TypeError)) return error;
  return new SnapshotError(`The local org at ${url} ended before the snapshot was complete. Nothing was saved.`, [], {
    cause: error,
  });
}
