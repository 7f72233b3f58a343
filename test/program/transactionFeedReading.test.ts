import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  csvFeed,
  endedGroupsInMemory,
  ndjsonFeed,
  parseMapping,
  readMembers,
  transactionsOf,
} from '../../src/feed/index.js';
import type { FeedEntry } from '../../src/feed/index.js';
import { feedFormats, memberSkews, transactionFeed } from '../../src/program/index.js';
import type { FeedTruth, TransactionFeed } from '../../src/program/index.js';

const share = fc.double({ min: 0, max: 0.25, noNaN: true });
const options = fc.record({
  ...{ seed: fc.integer(), rows: fc.nat(150), members: fc.integer({ min: 1, max: 30 }) },
  ...{ days: fc.integer({ min: 1, max: 400 }), skew: fc.constantFrom(...memberSkews) },
  ...{ returns: share, duplicates: share, late: share, bad: share, format: fc.constantFrom(...feedFormats) },
});

describe('a generated feed, read through its own mapping', () => {
  it('has an entry for each row: a transaction, or a rejection for the reason of the bad row', async () => {
    await fc.assert(
      fc.asyncProperty(options, async (given) => {
        const feed = transactionFeed(given);
        const truths = [...feed.rows()].map(({ truth }) => truth);
        const entries = await read(feed, given.format);
        expect(truths).to.have.length(given.rows);
        expect(entries.map(outcome)).to.deep.equal(truths.map(expected));
      }),
      { numRuns: 60 },
    );
  });

  it('repeats a key only where a row is repeated', async () => {
    const feed = transactionFeed({ seed: 5, rows: 3000, members: 40, duplicates: 0.1, bad: 0.05 });
    const truths = [...feed.rows()].map(({ truth }) => truth);
    const entries = await read(feed, 'csv');
    const keys = entries.flatMap((entry) => (entry.kind === 'transaction' ? [entry.transaction.key] : []));
    const duplicates = truths.filter(({ kind }) => kind === 'duplicate').length;
    expect(keys.length - new Set(keys).size)
      .to.equal(duplicates)
      .and.to.be.above(200);
  });

  it('has members that can be enrolled from their file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'loyalty-feed-'));
    try {
      const file = join(folder, 'members.csv');
      const feed = transactionFeed({ seed: 5, rows: 2000, members: 40 });
      await writeFile(file, [...feed.memberLines()].join(''));
      const reading = readMembers(file, { onRejection: ({ message }) => expect.fail(message) });
      const enrolled = new Set((await Array.fromAsync(reading)).map(({ membershipNumber }) => membershipNumber));
      const buyers = new Set([...feed.rows()].map(({ truth }) => truth.transaction.member));
      expect(enrolled.size).to.equal(40);
      expect([...buyers].filter((buyer) => !enrolled.has(buyer))).to.deep.equal([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

async function read(feed: TransactionFeed, format: 'csv' | 'ndjson'): Promise<FeedEntry[]> {
  const mapping = parseMapping(feed.mapping, 'map.yml');
  async function* chunks(): AsyncGenerator<string> {
    yield feed.header;
    for (const { text } of feed.rows()) yield text;
  }
  const opened = format === 'csv' ? csvFeed(chunks(), mapping) : ndjsonFeed(chunks(), mapping);
  const stretches = await Array.fromAsync(opened.read({ endedGroups: endedGroupsInMemory() }));
  return stretches.flatMap(({ entries }) => entries);
}

function outcome(entry: FeedEntry): unknown {
  if (entry.kind === 'rejection') return { line: entry.line, reason: entry.rejection.reason };
  if (entry.kind === 'skipped') return { line: entry.line, skipped: true };
  const [transaction] = transactionsOf(entry);
  const { key, member, journal } = transaction!;
  const { ActivityDate, JournalTypeName, JournalSubTypeName, TransactionAmount } = journal;
  const who = member.startsWith('UNKNOWN-') ? 'unknown' : member;
  const says = { key, member: who, date: ActivityDate, type: JournalTypeName, subtype: JournalSubTypeName };
  return { line: entry.line, ...says, amount: Number(TransactionAmount) };
}

function expected({ line, reason, transaction }: FeedTruth): unknown {
  if (reason !== undefined && reason !== 'unknown-member') return { line, reason };
  const { number, member, time, type, subtype, cents } = transaction;
  const says = { key: `feed:${number}`, date: new Date(time * 1000).toISOString(), type, subtype, amount: cents / 100 };
  return { line, ...says, member: reason === undefined ? member : 'unknown' };
}
