import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { harbourFeed, generateMembers } from '../../src/program/index.js';
import { rowsOf } from './generatedText.js';

function sha256(pieces: Iterable<string>): string {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece, 'utf8');
  return hash.digest('hex');
}

function shareOf<T>(items: readonly T[], has: (item: T) => boolean): number {
  return items.filter(has).length / items.length;
}

describe('harbourFeed', () => {
  const rows = rowsOf(harbourFeed({ seed: 7, rows: 20_000, members: 300 }));
  const byReceipt = Map.groupBy(rows, (row) => row['Receipt']!);
  const receipts = [...byReceipt.values()];

  it('makes the same bytes for a seed on any machine', () => {
    expect(sha256(harbourFeed({ seed: 42, rows: 5000, members: 200 }))).to.equal(
      'ccf241fde7c416ad2f6a3ac21e57d43886d1a5990ba975340ee8d1e9d7a8d7ff',
    );
  });

  it('makes another feed for another seed', () => {
    const [one, two] = [1, 2].map((seed) => sha256(harbourFeed({ seed, rows: 100, members: 20 })));
    expect(one).not.to.equal(two);
  });

  it('begins with a byte-order mark and the columns of a shop, and ends its lines with CRLF', () => {
    const text = [...harbourFeed({ seed: 1, rows: 2, members: 1 })].join('');
    expect(text.split('\r\n')[0]).to.equal('\uFEFFReceipt,Product,Description,Quantity,Date,UnitPrice,Member,Store');
    expect(
      text
        .split('\n')
        .slice(0, -1)
        .every((line) => line.endsWith('\r')),
    ).to.equal(true);
    expect(text.endsWith('\r\n')).to.equal(true);
  });

  it('has exactly the requested number of rows, with the lines of a receipt together', () => {
    const options = fc.record({
      seed: fc.integer(),
      rows: fc.nat(300),
      members: fc.integer({ min: 1, max: 1000 }),
      days: fc.integer({ min: 1, max: 400 }),
      cancelled: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(options, (given) => {
        const generated = rowsOf(harbourFeed(given));
        expect(generated).to.have.length(given.rows);
        const changes = generated.filter((row, index) => row['Receipt'] !== generated[index - 1]?.['Receipt']);
        expect(changes).to.have.length(new Set(generated.map((row) => row['Receipt'])).size);
      }),
    );
  });

  it('has the same member, date and store in all lines of a receipt', () => {
    for (const lines of receipts) {
      for (const column of ['Member', 'Date', 'Store'])
        expect(new Set(lines.map((row) => row[column])).size).to.equal(1);
    }
  });

  it('has receipts of several lines, some of which repeat a product', () => {
    expect(rows.length / receipts.length).to.be.within(3, 5);
    const repeats = receipts.reduce(
      (sum, lines) => sum + lines.length - new Set(lines.map((row) => row['Product'])).size,
      0,
    );
    expect(repeats / rows.length).to.be.within(0.02, 0.1);
  });

  it('cancels some receipts: a number with C, negative quantities and nothing else negative', () => {
    expect(shareOf(receipts, ([row]) => row!['Receipt']!.startsWith('C'))).to.be.within(0.04, 0.08);
    for (const row of rows)
      expect(Number(row['Quantity']) < 0, row['Receipt']).to.equal(row['Receipt']!.startsWith('C'));
  });

  it('has a few rows without a member and a few without a price', () => {
    expect(shareOf(rows, (row) => row['Member'] === '')).to.be.within(0.03, 0.07);
    expect(shareOf(rows, (row) => row['UnitPrice'] === '0')).to.be.within(0.002, 0.01);
  });

  it('has a few frequent buyers, and hardly any member who never buys', () => {
    const visits = Map.groupBy(receipts, ([row]) => row!['Member']!);
    visits.delete('');
    const counts = [...visits.values()].map((each) => each.length).sort((a, b) => b - a);
    const all = counts.reduce((sum, count) => sum + count, 0);
    const topTenth = counts.slice(0, 30).reduce((sum, count) => sum + count, 0);
    expect(topTenth / all).to.be.within(0.25, 0.4);
    expect(counts[0]! / all).to.be.within(0.04, 0.08);
    expect(counts.length).to.be.above(290);
  });

  it('moves forward in time within its days, in the dates of a spreadsheet', () => {
    const times = rows.map((row) => timeOf(row['Date']!));
    expect(times).to.deep.equal([...times].sort((a, b) => a - b));
    expect(rows[0]!['Date']).to.equal('1/9/2026 07:00');
    expect(rows.at(-1)!['Date']).to.match(/^30\/10\/2026 18:\d\d$/);
  });

  it('writes dates without a time if requested', () => {
    const dates = rowsOf(
      harbourFeed({ seed: 1, rows: 50, members: 5, dates: 'date', firstDay: '2024-02-28', days: 3 }),
    );
    expect([...new Set(dates.map((row) => row['Date']))]).to.deep.equal(['28/2/2024', '29/2/2024', '1/3/2024']);
  });

  it('has amounts that need rounding, and text that needs quotes', () => {
    expect(rows.some((row) => /\.\d{3}$/.test(row['UnitPrice']!))).to.equal(true);
    expect(rows.some((row) => row['Description']!.includes('"'))).to.equal(true);
    expect(rows.some((row) => row['Description']!.includes('é'))).to.equal(true);
  });

  it('generates rows only when they are read', () => {
    const feed = harbourFeed({ seed: 1, rows: 1_000_000_000_000, members: 1_000_000 });
    for (let piece = 0; piece < 1000; piece++) expect(feed.next().done).to.equal(false);
    feed.return();
  });

  for (const [what, options] of Object.entries({
    'rows must': { rows: 1.5 },
    'members must': { members: 0 },
    'seed must': { seed: 2 ** 32 },
    'days must': { days: 0 },
    'cancelled must': { cancelled: 1.1 },
    'withoutMember must': { withoutMember: Number.NaN },
    'There is no day': { firstDay: '2026-02-30' },
  })) {
    it(`refuses invalid options: ${what} …`, () => {
      expect(() => harbourFeed({ seed: 1, rows: 1, members: 1, ...options }).next()).to.throw(RangeError, what);
    });
  }
});

describe('generateMembers', () => {
  const members = rowsOf(generateMembers({ seed: 7, members: 300 }));

  it('makes the same bytes for a seed on any machine', () => {
    expect(sha256(generateMembers({ seed: 42, members: 200 }))).to.equal(
      '8f0b903655a1c13dcfda1056b3a73404b7ee4ba7ead69e86993598f9dd782ce9',
    );
  });

  it('has every member of the feed, each once', () => {
    const numbers = members.map((row) => row['membershipNumber']!);
    expect(new Set(numbers).size).to.equal(300);
    const buyers = rowsOf(harbourFeed({ seed: 99, rows: 10_000, members: 300 })).map((row) => row['Member']!);
    expect([...new Set(buyers)].filter((buyer) => buyer !== '' && !numbers.includes(buyer))).to.deep.equal([]);
  });

  it('gives every member a name, a unique address, and a day before the feed begins', () => {
    expect(new Set(members.map((row) => row['email'])).size).to.equal(300);
    for (const { firstName, lastName, email, enrollmentDate } of members) {
      expect(firstName).not.to.equal('');
      expect(lastName).not.to.equal('');
      expect(email).to.match(/^[a-z]+\.[a-z]+\.hr\d+@example\.com$/);
      expect(enrollmentDate! >= '2025-09-01' && enrollmentDate! < '2026-09-01', enrollmentDate).to.equal(true);
    }
  });
});

/** Parses a time. @param text `d/M/yyyy HH:mm` */
function timeOf(text: string): number {
  const [day, month, year, hour, minute] = text.split(/[/ :]/).map(Number);
  return Date.UTC(year!, month! - 1, day, hour, minute);
}
