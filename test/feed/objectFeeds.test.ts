import { expect } from 'chai';
import {
  endedGroupsInMemory,
  FeedError,
  journalTarget,
  ndjsonFeed,
  parseMapping,
  readyTransactionFeed,
  rowFeed,
} from '../../src/feed/index.js';
import type { Feed } from '../../src/feed/index.js';
import type { Transaction } from '../../src/transaction.js';
import { purchases } from '../sync/org/arrayFeed.js';
import { outcome, readAll, readPart, rejections, stream, thrown } from './reading.js';

const mapping = parseMapping(
  `
source: bar
key: id
member: member
journal:
  ActivityDate: { date: at }
  JournalTypeName: { value: Accrual }
  TransactionAmount: { number: amount }
  Item__c: goods.name
`,
  'map.yml',
);

const at = new Date('2026-04-03T08:00:00Z');
const row = (id: unknown, more: object = {}) => ({ id, member: 'M1', at, amount: 3, ...more });
const rowsUpTo = (count: number) => Array.from({ length: count }, (_, index) => row(String(index + 1)));
const feedOf = (rows: Iterable<unknown>) => rowFeed({ name: 'bar', rows: rows as Iterable<object>, mapping });

/** Number of entries of each stretch of a feed. */
async function stretches(feed: Feed, seen?: (count: number) => void, signal?: AbortSignal): Promise<number[]> {
  const counts: number[] = [];
  for await (const { entries } of feed.read({ endedGroups: endedGroupsInMemory(), signal })) {
    counts.push(entries.length);
    seen?.(entries.length);
  }
  return counts;
}

describe('a feed of objects', () => {
  it('gives what lines of NDJSON with the same values give', async () => {
    const rows = [
      row('a', { goods: { name: 'tea' } }),
      row('a2', { amount: '15.30' }),
      row(''),
      row('b', { at: 'soon' }),
    ];
    const lines = rows.map((each) => JSON.stringify(each)).join('\n');
    const kept = (entries: Awaited<ReturnType<typeof readAll>>) =>
      entries.map((entry) => (entry.kind === 'transaction' ? entry.transaction : outcome(entry)));
    expect(kept(await readAll(feedOf(rows)))).to.deep.equal(kept(await readAll(ndjsonFeed(stream(lines), mapping))));
  });

  it('takes values that JSON does not have: instants, bigints, and objects of database drivers', async () => {
    class TextRow {
      readonly id = 12345678901234567890n;
      readonly member = 'M1';
      readonly at = at;
      readonly amount = 3n;
    }
    const [entry] = await readAll(feedOf([new TextRow()]));
    expect(entry).to.deep.include({
      transaction: {
        key: 'bar:12345678901234567890',
        member: 'M1',
        journal: { ActivityDate: '2026-04-03T08:00:00.000Z', JournalTypeName: 'Accrual', TransactionAmount: '3' },
      },
    });
  });

  it('rejects a row that is no object or has no usable value, says why, and goes on', async () => {
    const cyclic: Record<string, unknown> = row('c');
    cyclic['self'] = cyclic;
    const bad = [7, null, [row('x')], new Map([['id', 'x']]), cyclic];
    const unusable = [row('n', { amount: NaN }), row('d', { at: new Date('soon') })];
    const entries = await readAll(feedOf([...bad, ...unusable, row('good')]));
    expect(entries.map(outcome)).to.deep.equal([
      ...bad.map(() => 'malformed-row'),
      'unreadable-number',
      'unreadable-date',
      'bar:good',
    ]);
    const messages = rejections(entries).map(({ message }) => message);
    expect(messages.slice(0, 5)).to.deep.equal([
      'bar row 1: the row is of the type number, not an object; correct the row and give it again.',
      'bar row 2: the row is null, not an object; correct the row and give it again.',
      'bar row 3: the row is an Array, not an object; correct the row and give it again.',
      'bar row 4: the row is a Map, not an object; correct the row and give it again.',
      'bar row 5: the row cannot be written as JSON (Converting circular structure to JSON); correct the row and give it again.',
    ]);
    expect(messages[5]).to.include('amount "NaN"');
    expect(messages[6]).to.include('at "Invalid Date"');
    expect(rejections(entries)[3]?.raw).to.equal("Map(1) { 'id' => 'x' }");
  });

  it('reads on after the rows in front, which must be the same again', async () => {
    const whole = rowsUpTo(5);
    const { position: from } = await readPart(feedOf(whole), { limit: 3 });
    expect(from).to.include({ rows: 3, line: 4 });
    expect((await readAll(feedOf(whole), { from })).map(outcome)).to.deep.equal(['bar:4', 'bar:5']);
    const changed = whole.with(1, row('other'));
    expect(await thrown(() => readAll(feedOf(changed), { from }))).to.include({ code: 'position-refused' });
    expect(await thrown(() => readAll(feedOf(whole.slice(3)), { from }))).to.include({ code: 'position-refused' });
  });

  it('can be read more than once if a function gives the rows', async () => {
    const feed = rowFeed({ name: 'bar', mapping, rows: () => rowsUpTo(2).values() });
    const { position } = await readPart(feed);
    expect(await readAll(feed)).to.have.lengthOf(2);
    expect(await feed.growth?.(position)).to.equal(undefined);
  });

  it('refuses to read on if its rows come once, without taking one', async () => {
    let taken = 0;
    const rows = (function* () {
      for (const each of rowsUpTo(3)) {
        taken += 1;
        yield each;
      }
    })();
    const { position: from } = await readPart(feedOf(rowsUpTo(3)), { limit: 1 });
    const feed = rowFeed({ name: 'queue', rows, mapping, resumable: false });
    expect(await thrown(() => readAll(feed, { from })))
      .to.be.instanceOf(FeedError)
      .with.property('message')
      .that.matches(/queue.*come once/);
    expect(taken).to.equal(0);
  });

  it('gives the rows in front of an error, then names the error', async () => {
    const cause = new TypeError('the cursor is gone');
    const rows = (async function* () {
      yield* rowsUpTo(2);
      throw cause;
    })();
    const seen: number[] = [];
    const error = await thrown(() => stretches(rowFeed({ name: 'bar', rows, mapping }), (count) => seen.push(count)));
    expect(seen).to.deep.equal([2]);
    expect(error).to.include({ code: 'rows-failed', cause });
    expect(error).to.have.property('message').that.includes('feed bar').and.includes('TypeError: the cursor is gone');
  });

  it('does not keep the rows of a slow sequence waiting for others', async () => {
    const waiting = Promise.withResolvers<undefined>();
    const rows = (async function* () {
      yield* rowsUpTo(2);
      await waiting.promise;
      yield row('late');
    })();
    const counts = await stretches(rowFeed({ name: 'bar', rows, mapping }), () => waiting.resolve(undefined));
    expect(counts).to.deep.equal([2, 1]);
  });

  it('delivers at most 1,000 rows of a fast sequence together', async () => {
    expect(await stretches(feedOf(rowsUpTo(2500)))).to.deep.equal([1000, 1000, 500]);
  });

  it('closes the sequence at a limit, and does not wait for its next row when it is aborted', async () => {
    const closed: string[] = [];
    const counting = (name: string, rest: Promise<unknown>) =>
      (async function* () {
        try {
          yield* rowsUpTo(5);
          await rest;
        } finally {
          closed.push(name);
        }
      })();
    await readPart(rowFeed({ name: 'bar', rows: counting('limited', Promise.resolve()), mapping }), { limit: 2 });
    expect(closed).to.deep.equal(['limited']);
    const abort = new AbortController();
    const endless = rowFeed({ name: 'bar', rows: counting('endless', new Promise(() => undefined)), mapping });
    const counts = await stretches(endless, () => setImmediate(() => abort.abort()), abort.signal);
    expect(counts).to.deep.equal([5]);
  });
});

describe('a feed of ready transactions', () => {
  const bought = purchases(4, ['M1', 'M2']);

  it('gives them as they are, and reads on after a position', async () => {
    const feed = () => readyTransactionFeed({ name: 'bar', transactions: bought });
    const { entries, position: from } = await readPart(feed(), { limit: 3 });
    const rest = await readAll(feed(), { from });
    expect([...entries, ...rest]).to.deep.equal(
      bought.map((transaction, index) => ({ kind: 'transaction', transaction, line: index + 1 })),
    );
    const other = readyTransactionFeed({ name: 'bar', transactions: bought.toReversed() });
    expect(await thrown(() => readAll(other, { from }))).to.include({ code: 'position-refused' });
  });

  it('rejects what is no transaction, with the field that is wrong', async () => {
    const bad = { ...bought[0]!, member: 7 as unknown as string };
    const half = { ...bought[1]!, key: 'till:\ud800' };
    const entries = await readAll(readyTransactionFeed({ name: 'bar', transactions: [bad, half, bought[2]!] }));
    expect(entries.map(outcome)).to.deep.equal(['malformed-row', 'not-utf8', 'till:3']);
    expect(rejections(entries)[0]?.message).to.match(/^bar row 1: the row is not a transaction \(member: /);
  });

  it('rejects what the org would refuse: unknown fields, wrong values, and what is filled from the key', async () => {
    const target = journalTarget({
      name: 'TransactionJournal',
      fields: [
        { name: 'ActivityDate', type: 'datetime' },
        { name: 'JournalTypeId', type: 'reference' },
        { name: 'TransactionAmount', type: 'currency' },
        { name: 'Points__c', type: 'double', createable: false },
      ],
    });
    const { ActivityDate, JournalTypeName } = bought[0]!.journal;
    const withMore = (more: object) => ({ ...bought[0]!, journal: { ActivityDate, JournalTypeName, ...more } });
    const wrong = ['TransactionAmont', 'Points__c', 'MEMBERID', 'TransactionAmount'];
    const transactions = [withMore({}), ...wrong.map((field) => withMore({ [field]: 'x' }))] as Transaction[];
    const entries = await readAll(readyTransactionFeed({ name: 'bar', transactions }), { target });
    expect(entries.map(outcome)).to.deep.equal([
      'till:1',
      ...['unknown-field', 'unknown-field', 'unknown-field', 'unreadable-number'],
    ]);
    expect(rejections(entries)[0]).to.include({ column: 'journal.TransactionAmont', value: 'x' });
    expect(rejections(entries)[0]?.message).to.include('did you mean TransactionAmount?');
  });
});
