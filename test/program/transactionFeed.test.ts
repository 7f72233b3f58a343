import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { badRowReasons, FeedCounter, ProgramDefinition, transactionFeed } from '../../src/program/index.js';
import type { FeedTruth, TransactionFeed, TransactionFeedOptions } from '../../src/program/index.js';
import { rowsOf } from './generatedText.js';

const shares = { returns: 0.05, duplicates: 0.03, late: 0.04, bad: 0.06 };
const day = 24 * 60 * 60;

function truths(options: Partial<TransactionFeedOptions>): FeedTruth[] {
  const feed = transactionFeed({ seed: 7, rows: 20_000, members: 200, ...options });
  return [...feed.rows()].map(({ truth }) => truth);
}

function digest(feed: TransactionFeed): string {
  const hash = createHash('sha256').update(feed.header);
  for (const { text } of feed.rows()) hash.update(text);
  return hash.digest('hex');
}

/** Rows of each member, most first. */
function countsByMember(all: readonly FeedTruth[]): number[] {
  const rows = Map.groupBy(all, ({ transaction }) => transaction.member);
  return [...rows.values()].map(({ length }) => length).sort((a, b) => b - a);
}

const purchase = ProgramDefinition.parse({
  name: 'Café Club',
  currencies: [{ name: 'Points', type: 'NonQualifying', expiry: 'never' }],
  journalTypes: [
    { name: 'Accrual', subtypes: ['Purchase', 'Review', 'Member Enrollment'] },
    { name: 'Redemption', subtypes: ['Redeem Points'] },
  ],
  processes: [
    { name: 'Reviews', type: 'TransactionJournal', journalType: 'Accrual', journalSubtype: 'Review' },
    { name: 'Redemption', type: 'TransactionJournal', journalType: 'Redemption' },
  ],
  members: [
    { number: 'CC-1', lastName: 'Byron', firstName: 'Ada', email: 'ada@example.com', enrollmentDate: '2026-09-10' },
    { number: 'CC-2', lastName: "D'Arcy", enrollmentDate: '2026-01-01' },
  ],
});

describe('transactionFeed', () => {
  const all = truths(shares);
  const good = all.filter(({ kind }) => kind === 'purchase' || kind === 'return');

  it('makes the same bytes for a seed on any machine', () => {
    const options = { seed: 42, rows: 5000, members: 100, ...shares };
    expect(digest(transactionFeed(options))).to.equal(
      'a0faa8811cd46d8eb9343d4a32a5de6b76a9cf43d7863ab0c21e459ef427c936',
    );
    expect(digest(transactionFeed({ ...options, format: 'ndjson', skew: 'one' }))).to.equal(
      '88337492487d8ed6e1f520e7b9f91ab6036159f9204b345942754c5f6a5a0cea',
    );
  });

  it('has as many rows as asked for, and each share of them', () => {
    const counter = new FeedCounter();
    for (const truth of all) counter.add(truth);
    const { rows, transactions, returns, duplicates, bad, badByReason, late } = counter.counts;
    expect(rows).to.equal(20_000);
    for (const [name, count] of Object.entries({ returns, duplicates, late, bad })) {
      expect(count / rows, name).to.be.closeTo(shares[name as keyof typeof shares], 0.006);
    }
    expect(transactions + duplicates + bad).to.equal(rows);
    expect(Math.min(...badRowReasons.map((reason) => badByReason[reason]))).to.be.above(100);
  });

  it('gives each transaction a number of its own, which other seeds do not have', () => {
    const numbers = new Set(good.map(({ transaction }) => transaction.number));
    expect(numbers.size).to.equal(good.length);
    const others = truths({ ...shares, seed: 8 }).filter(({ transaction }) => numbers.has(transaction.number));
    expect(others).to.deep.equal([]);
  });

  it('returns an earlier purchase of the same member, once, and never more than it cost', () => {
    const sales = new Map<string, FeedTruth['transaction']>();
    for (const { kind, transaction } of good) {
      if (kind === 'purchase') sales.set(transaction.number, transaction);
      else {
        const sale = sales.get(transaction.returnOf);
        sales.delete(transaction.returnOf);
        expect(sale, transaction.number).to.include({ member: transaction.member, type: transaction.type });
        expect(-transaction.cents).to.be.within(1, sale!.cents);
      }
    }
  });

  it('repeats a row as it was', () => {
    const feed = transactionFeed({ seed: 3, rows: 2000, members: 20, ...shares });
    const rows = [...feed.rows()];
    const repeated = rows.filter(({ truth }) => truth.kind === 'duplicate');
    expect(repeated).to.not.have.length(0);
    for (const { text, truth } of repeated) {
      const first = rows.find(({ truth: other }) => other.transaction.number === truth.transaction.number);
      expect(first).to.include({ text });
      expect(first?.truth.line).to.be.below(truth.line);
    }
  });

  it('is in the order of time, apart from rows that are one to three days late', () => {
    let latest = 0;
    for (const { isLate, kind, transaction } of all) {
      if (kind === 'duplicate') continue;
      if (isLate) expect((latest - transaction.time) / day).to.be.within(0.9, 3);
      else expect(transaction.time).to.be.at.least(latest);
      latest = Math.max(latest, transaction.time);
    }
    const days = all.map(({ transaction }) => new Date(transaction.time * 1000).toISOString().slice(0, 10)).sort();
    expect([days[0], days.at(-1)]).to.deep.equal(['2026-09-01', '2026-09-30']);
  });

  it('has busy and quiet times: December, weekends and noon', () => {
    const dates = truths({ firstDay: '2026-01-01', days: 365 }).map(
      ({ transaction }) => new Date(transaction.time * 1000),
    );
    const share = (is: (date: Date) => boolean) => dates.filter(is).length / dates.length;
    expect(share((date) => date.getUTCMonth() === 11)).to.be.above(1.5 * share((date) => date.getUTCMonth() === 1));
    expect(share((date) => date.getUTCDay() % 6 === 0)).to.be.above(0.28);
    expect(share((date) => date.getUTCHours() === 12)).to.be.above(2 * share((date) => date.getUTCHours() === 20));
  });

  it('gives members habits: a favorite store, days of the week, a time of the day, and what they spend', () => {
    const ofMember = [...Map.groupBy(good, ({ transaction }) => transaction.member).values()];
    const favorites = ofMember.map((rows) => mostFrequentShare(rows, ({ transaction }) => transaction.location));
    const hours = ofMember.map((rows) =>
      mostFrequentShare(rows, ({ transaction }) => Math.floor(transaction.time / 14_400) % 6),
    );
    expect(median(favorites)).to.be.above(0.7);
    expect(median(hours)).to.be.above(0.4);
    const means = ofMember.map(
      (rows) => rows.reduce((sum, { transaction }) => sum + Math.abs(transaction.cents), 0) / rows.length,
    );
    expect(Math.max(...means)).to.be.above(4 * Math.min(...means));
  });

  it('spreads purchases over members evenly, as usual, or on one member', () => {
    const even = countsByMember(truths({ skew: 'even' }));
    expect([even.length, even[0]! < 2 * even.at(-1)!]).to.deep.equal([200, true]);
    const usual = countsByMember(truths({ skew: 'usual' }));
    const tenth = usual.slice(0, 20).reduce((sum, count) => sum + count, 0);
    expect(tenth / 20_000).to.be.within(0.25, 0.4);
    const one = countsByMember(truths({ skew: 'one' }));
    expect(one[0]! / 20_000).to.be.within(0.35, 0.65);
    expect(one[1]! / 20_000).to.be.below(0.01);
  });

  it('keeps only a few rows in memory', () => {
    const rows = transactionFeed({ seed: 1, rows: 1_000_000_000, members: 800_000, ...shares }).rows();
    for (let row = 0; row < 1000; row++) expect(rows.next().done).to.equal(false);
    rows.return();
  });

  describe('for a definition', () => {
    const feed = transactionFeed({ seed: 1, rows: 500, definition: purchase, days: 20 });
    const rows = [...feed.rows()].map(({ truth }) => truth.transaction);

    it('has its members, none of whom buys before enrolling', () => {
      const first = (member: string) =>
        Math.min(...rows.filter((row) => row.member === member).map(({ time }) => time));
      expect(new Set(rows.map(({ member }) => member))).to.deep.equal(new Set(['CC-1', 'CC-2']));
      expect(first('CC-1')).to.be.at.least(Date.UTC(2026, 8, 10) / 1000);
      expect(first('CC-2')).to.be.below(Date.UTC(2026, 8, 10) / 1000);
    });

    it('has only transactions that a process of the program takes, and no redemptions', () => {
      expect(new Set(rows.map(({ type, subtype }) => `${type}/${subtype}`))).to.deep.equal(new Set(['Accrual/Review']));
    });

    it('has a file of its members', () => {
      expect(rowsOf(feed.memberLines()).map(Object.values)).to.deep.equal([
        ['CC-1', 'Ada', 'Byron', 'ada@example.com', '2026-09-10'],
        ['CC-2', '', "D'Arcy", '', '2026-01-01'],
      ]);
    });

    it('names the source after the program', () => {
      expect(feed.mapping).to.contain('source: "cafe-club"');
    });
  });

  for (const [message, options] of Object.entries({
    'rows must be': { rows: -1 },
    'days must be a whole number from 1 to 36525, not 0': { days: 0 },
    'seed must be': { seed: 2 ** 31 },
    'bad must be a share': { bad: 1.5 },
    'are more than 1 together': { bad: 0.6, duplicates: 0.5 },
    'There is no day 2026-02-30': { firstDay: '2026-02-30' },
    'There is no definition: say how many members': { members: undefined },
    'has no active process': { definition: { ...purchase, processes: [] } },
    '"Café Club" has no members': { definition: { ...purchase, members: [] }, members: undefined },
  })) {
    it(`refuses options: … ${message} …`, () => {
      expect(() => transactionFeed({ seed: 1, rows: 1, members: 1, ...options })).to.throw(RangeError, message);
    });
  }
});

function mostFrequentShare<T>(items: readonly T[], of: (item: T) => unknown): number {
  return Math.max(...[...Map.groupBy(items, of).values()].map(({ length }) => length)) / items.length;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
