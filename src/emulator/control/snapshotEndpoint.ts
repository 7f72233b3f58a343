import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Endpoint } from '../http/orgEndpoint.js';
import type { Org } from '../org.js';
import { writeSnapshot } from '../snapshot/writeSnapshot.js';

/** Returns all rows of the org as one file. */
export function snapshotEndpoint({ store }: Org): Endpoint {
  return {
    method: 'GET',
    path: '/emulator/snapshot',
    handle: async () => {
      const folder = await mkdtemp(join(tmpdir(), 'loyalty-snapshot-'));
      const path = join(folder, 'org.sqlite');
      const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
      try {
        writeSnapshot(store.db, path);
      } catch (error) {
        await remove();
        throw error;
      }
      const body = createReadStream(path).once('close', () => void remove());
      return { status: 200, body, headers: { 'content-type': 'application/vnd.sqlite3' } };
    },
  };
}
