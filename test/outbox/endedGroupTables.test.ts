import { expect } from 'chai';
import { inTransaction, openDatabase } from '../../src/base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../src/base/sqlite/sqlite.js';
import { EndedGroupTables } from '../../src/outbox/sqlite/endedGroupTables.js';
import { outboxTables } from '../../src/outbox/sqlite/outboxTables.js';

describe('groups of a feed that have ended', () => {
  let db: DatabaseSync;
  const mostInMemory = 4;
  const open = (): EndedGroupTables => new EndedGroupTables(db, mostInMemory);
  const known = (tables: EndedGroupTables, names: string): string =>
    Array.from(names)
      .filter((name) => tables.has(1, name))
      .join('');

  beforeEach(() => {
    db = openDatabase(':memory:');
    db.exec(outboxTables);
  });

  afterEach(() => db.close());

  it('are known, to the process that stored them and to the next one, however many there are', () => {
    const tables = open();
    for (const names of ['ab', 'c', 'defg', 'h']) {
      inTransaction(db, () => tables.add(1, Array.from(names)));
      const soFar = 'abcdefgh'.slice(0, 'abcdefgh'.indexOf(names) + names.length);
      expect(known(tables, 'abcdefghi')).to.equal(soFar);
      expect(known(open(), 'abcdefghi')).to.equal(soFar);
    }
  });

  it('are those of one feed', () => {
    const tables = open();
    inTransaction(db, () => tables.add(1, Array.from('abcde')));
    inTransaction(db, () => tables.add(2, ['f']));
    expect([tables.has(2, 'a'), tables.has(2, 'f'), tables.has(1, 'f'), tables.has(1, 'a')]).to.deep.equal([
      false,
      true,
      false,
      true,
    ]);
  });

  for (const names of ['bc', 'bcdef'])
    it(`are not known if the transaction that has ${names.length} of them fails`, () => {
      const tables = open();
      inTransaction(db, () => tables.add(1, ['a']));
      const full = (): void =>
        inTransaction(db, () => {
          tables.add(1, Array.from(names));
          throw new Error('the disk is full');
        });
      expect(full).to.throw('the disk is full');
      tables.forget();
      expect(known(tables, 'abcdef')).to.equal('a');
    });
});
