import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { DataDirDiskError } from '../../../src/emulator/index.js';
import { openAlone } from '../../../src/emulator/store/dataDir.js';

describe('a data folder on a disk that is full', () => {
  it('is told with its path and what to do', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'full-'));
    const db = openAlone(folder);
    try {
      db.exec('CREATE TABLE t (x); PRAGMA max_page_count = 2');
      const insert = db.prepare('INSERT INTO t VALUES (randomblob(100000))');
      expect(() => insert.run())
        .to.throw(DataDirDiskError, join(folder, 'org.sqlite'))
        .that.has.property('actions')
        .that.satisfies(([action]: string[]) => action?.startsWith('Make room on its disk'));
    } finally {
      db.close();
      await rm(folder, { recursive: true });
    }
  });
});
