import { expect } from 'chai';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readMemberOverview } from '../../src/client/index.js';
import type { LoyaltyClient } from '../../src/client/index.js';
import { createProgram, FeedCounter, transactionFeed } from '../../src/program/index.js';
import type { FeedCounts, ProgramDefinition, TransactionFeed } from '../../src/program/index.js';
import * as sync from '../../src/sync/index.js';
import { ProgramModel } from './programModel.js';

export interface MonthOptions {
  readonly definition: ProgramDefinition;
  readonly rows: number;
  readonly members: number;
  readonly format?: 'csv' | 'ndjson';
}

/** What a month of a program led to. */
export interface SyncedMonth {
  readonly report: sync.SyncReport;
  /** What the feed had. */
  readonly counts: FeedCounts;
  readonly model: ProgramModel;
  readonly members: readonly string[];
}

/** Creates a program in an empty org, enrolls made-up members, and mirrors a generated month with all that goes wrong. */
export async function syncMonth(client: LoyaltyClient, options: MonthOptions): Promise<SyncedMonth> {
  const { definition, rows, members: count, format = 'csv' } = options;
  const shares = { returns: 0.08, duplicates: 0.03, late: 0.05, bad: 0.05 };
  const feed = transactionFeed({ seed: 11, rows, members: count, definition, format, ...shares });
  const folder = await mkdtemp(join(tmpdir(), 'loyalty-month-'));
  try {
    await createProgram(client, definition);
    const members = await enroll(client, definition.name, { folder, feed });
    const enrolled = await joinPromotions(client, definition, members);
    const model = new ProgramModel(definition, (promotion, member) => enrolled.has(`${promotion} ${member}`));
    const counter = new FeedCounter();
    for (const { truth } of feed.rows()) {
      model.apply(truth);
      counter.add(truth);
    }
    const report = await mirror(client, definition.name, { folder, feed, format });
    return { report, counts: counter.counts, model, members };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Expects what the report says to be what the feed had, and each member to have what the model says. */
export async function expectToAgree(
  client: LoyaltyClient,
  { name }: ProgramDefinition,
  { report, counts, model, members }: SyncedMonth,
): Promise<void> {
  expectReport(report, counts);
  const progress = Map.groupBy(await client.progress.list(name), ({ membershipNumber }) => membershipNumber);
  for (const member of members) {
    const expected = model.member(member);
    const { currencies, tiers } = await client.members.balances(name, member);
    expect(hundredths(currencies), member).to.deep.equal(Object.fromEntries(expected.balances));
    expect(begun(progress.get(member) ?? []), member).to.deep.equal(begunIn(expected.progress));
    for (const [group, possible] of expected.tiers) {
      const held = tiers.find(({ tierGroupName }) => tierGroupName === group)?.tierName;
      expect(held, `${group} of ${member}`).to.be.oneOf([...possible]);
    }
  }
  for (const member of members.slice(0, 2)) await expectOverview(client, name, { member, model });
}

function expectReport(report: sync.SyncReport, counts: FeedCounts): void {
  const unknown = counts.badByReason['unknown-member'];
  expect(report.ending).to.equal('complete');
  expect(report.counts.rows).to.include({ read: counts.rows, rejected: counts.bad - unknown });
  expect(report.counts.transactions).to.include({ new: counts.transactions + unknown, repeated: counts.duplicates });
  expect(report.counts.items).to.include({ done: counts.transactions, refused: unknown });
  const reasons = new Map(report.reasons.map(({ code, count }) => [code, count]));
  const rejected = Object.entries(counts.badByReason).filter(([reason]) => reason !== 'unknown-member');
  for (const [reason, count] of rejected) {
    const found = report.reasons.filter(({ status, code }) => status === 'rejected' && code === reason);
    expect(
      found.reduce((sum, each) => sum + each.count, 0),
      reason,
    ).to.equal(count);
  }
  expect(reasons.get('UNKNOWN_MEMBER') ?? 0).to.equal(unknown);
}

async function expectOverview(
  client: LoyaltyClient,
  program: string,
  { member, model }: { readonly member: string; readonly model: ProgramModel },
): Promise<void> {
  const overview = await readMemberOverview(client, program, member);
  const expected = model.member(member);
  expect(overview.gaps).to.deep.equal([]);
  expect(hundredths(overview.currencies)).to.deep.equal(Object.fromEntries(expected.balances));
  expect(begun(overview.progress)).to.deep.equal(begunIn(expected.progress));
}

function hundredths(currencies: readonly { readonly currencyName: string; readonly pointsBalance: number }[]) {
  return Object.fromEntries(currencies.map((each) => [each.currencyName, Math.round(each.pointsBalance * 100)]));
}

/** Uses by promotion, without those that have none: an org may have a row for them or not. */
function begun(rows: readonly { readonly promotionName: string; readonly completed: number }[]) {
  return begunIn(new Map(rows.map(({ promotionName, completed }) => [promotionName, completed])));
}

function begunIn(uses: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...uses].filter(([, count]) => count > 0));
}

async function enroll(
  client: LoyaltyClient,
  program: string,
  { folder, feed }: { readonly folder: string; readonly feed: TransactionFeed },
): Promise<string[]> {
  const file = join(folder, 'members.csv');
  await writeFile(file, [...feed.memberLines()].join(''));
  const requests = sync.readMembers(file, { onRejection: ({ message }) => expect.fail(message) });
  const records = await Array.fromAsync(sync.enrollMembers(client, program, requests));
  expect(new Set(records.map(({ status }) => status))).to.deep.equal(new Set(['enrolled']));
  return records.map(({ membershipNumber }) => membershipNumber);
}

/** Enrolls every second member in the promotions that need it. */
async function joinPromotions(
  client: LoyaltyClient,
  { name: program, promotions }: ProgramDefinition,
  members: readonly string[],
): Promise<ReadonlySet<string>> {
  const joined = members.filter((_, index) => index % 2 === 0);
  const ids = await client.members.find(program, joined);
  const enrolled = new Set<string>();
  for (const { name } of promotions.filter(({ enrollmentRequired }) => enrollmentRequired)) {
    const [promotion] = await client.query.all(
      `SELECT Id FROM Promotion WHERE Name = '${name.replaceAll("'", "\\'")}'`,
    );
    for (const { Id, MembershipNumber } of ids) {
      const membership = {
        LoyaltyProgramMemberId: Id,
        PromotionId: String(promotion?.['Id']),
        IsEnrollmentActive: true,
      };
      await client.sobjects.create('LoyaltyProgramMbrPromotion', membership);
      enrolled.add(`${name} ${MembershipNumber}`);
    }
  }
  return enrolled;
}

async function mirror(
  client: LoyaltyClient,
  program: string,
  { folder, feed, format }: { readonly folder: string; readonly feed: TransactionFeed; readonly format: string },
): Promise<sync.SyncReport> {
  const file = join(folder, `feed.${format}`);
  function* lines(): Generator<string> {
    yield feed.header;
    for (const { text } of feed.rows()) yield text;
  }
  await pipeline(Readable.from(lines()), createWriteStream(file));
  const mapping = sync.parseMapping(feed.mapping, 'feed.yml');
  await using outbox = await sync.SqliteOutbox.open(join(folder, 'outbox.sqlite'));
  const feeds = [await sync.openFeed(file, mapping)];
  return await sync.startSync({ client, program, outbox, feeds, source: mapping.source });
}
