import { expect } from 'chai';
import { reuseStatements } from '../../src/base/sqlite/reusedStatements.js';
import { openDatabase } from '../../src/base/sqlite/sqlite.js';
import type { DatabaseSync } from '../../src/base/sqlite/sqlite.js';

describe('statements that are used again', () => {
  const numbers = 'SELECT n FROM number WHERE n > ? ORDER BY n';
  let db: DatabaseSync;

  beforeEach(() => {
    db = openDatabase(':memory:');
    reuseStatements(db);
    db.exec('CREATE TABLE number (n INTEGER); INSERT INTO number VALUES (1), (2), (3)');
  });

  afterEach(() => db.close());

  const iterated = (above: number): unknown[] => [...db.prepare(numbers).iterate(above)].map(({ n }) => n);

  it('are prepared once for the same text', () => {
    expect(db.prepare(numbers)).to.equal(db.prepare(numbers)).and.not.equal(db.prepare('SELECT 1'));
  });

  it('can be iterated within an iteration of the same text', () => {
    const pairs: unknown[] = [];
    for (const { n } of db.prepare(numbers).iterate(1)) pairs.push([n, iterated(Number(n))]);
    expect(pairs).to.deep.equal([
      [2, [3]],
      [3, []],
    ]);
  });

  it('can be run within an iteration of the same text', () => {
    const seen: unknown[] = [];
    for (const { n } of db.prepare(numbers).iterate(0)) seen.push([n, db.prepare(numbers).get(2)?.['n']]);
    expect(seen).to.deep.equal([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
  });

  it('begin anew after an iteration that was left or has failed', () => {
    for (const { n } of db.prepare(numbers).iterate(0)) if (n === 2) break;
    expect(iterated(0)).to.deep.equal([1, 2, 3]);
    expect(() => {
      for (const { n } of db.prepare(numbers).iterate(0)) throw new Error(`left at ${String(n)}`);
    }).to.throw('left at 1');
    expect(iterated(1)).to.deep.equal([2, 3]);
  });

  it('see the columns that a table has gained', () => {
    const all = 'SELECT * FROM number LIMIT 1';
    expect(db.prepare(all).get()).to.deep.include({ n: 1 });
    db.exec('ALTER TABLE number ADD COLUMN word TEXT');
    expect(Object.keys(db.prepare(all).get() ?? {})).to.deep.equal(['n', 'word']);
  });
});
