import { expect } from 'chai';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/base/sqlite/sqlite.js';
import { prepareSchema } from '../../src/outbox/sqlite/outboxSchema.js';

describe('an outbox that another process creates at the same moment', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'outbox-'))));
  afterEach(() => rm(folder, { recursive: true }));

  // Opening reads three things of the file, one after the other.
  for (const reading of [1, 2, 3]) {
    it(`is opened as what it has become before reading ${reading}`, () => {
      const path = join(folder, 'till.sqlite');
      const db = openDatabase(path);
      const other = openDatabase(path);
      const prepare = db.prepare.bind(db);
      let readings = 0;
      db.prepare = (sql) => {
        // Within a transaction, nobody else can.
        if (++readings === reading && !db.isTransaction) prepareSchema(other, path);
        return prepare(sql);
      };
      prepareSchema(db, path);
      expect(db.prepare('SELECT count(*) AS n FROM item').get()).to.deep.equal({ n: 0 });
      db.close();
      other.close();
    });
  }
});
