import { expect } from 'chai';
import { setImmediate } from 'node:timers/promises';
import type { SyncResult } from '../../src/cli/sync/syncResult.js';
import { harbourFeed } from '../../src/program/index.js';
import { SqliteOutbox } from '../../src/sync/index.js';
import { Cli } from '../support/cli.js';
import type { Running, Target } from '../support/cli.js';
import { csvRows, harbourMap, reportOf } from '../support/cliFeed.js';
import { journalRequests, openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';
import type { Call } from '../support/cliRelay.js';

const members = 300;

/** Most rows have no member, so that reading the feed takes long and delivery does not. */
const text = (): string => [...harbourFeed({ seed: 1871, rows: 9000, members, withoutMember: 0.6 })].join('');

/** When a process is killed. */
type Moment =
  /** Part of the feed is in the outbox. */
  | { readonly during: 'intake' }
  /** The process has sent so many requests with journals, and the last one is lost on its way. */
  | { readonly during: 'sending'; readonly requests: number }
  /** The same, but the org carries the request out although nobody waits for the answer any more. */
  | { readonly during: 'execution'; readonly requests: number }
  /** The org has answered so many requests, and the last answer does not arrive. */
  | { readonly during: 'answering'; readonly requests: number };

const moments: readonly Moment[] = [
  { during: 'intake' },
  { during: 'answering', requests: 1 },
  { during: 'execution', requests: 40 },
  { during: 'sending', requests: 25 },
  { during: 'answering', requests: 60 },
];

describe('loyalty sync, killed again and again', function () {
  this.timeout(180_000);

  let calm: Shop;
  let shop: Shop;
  let cli: Cli;
  let feed: string;

  before(async () => {
    [calm, shop, cli] = await Promise.all([openShop({ members }), openShop({ members }), Cli.create()]);
    feed = await cli.file('feed.csv', text());
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await Promise.all([calm, shop].map((each) => each[Symbol.asyncDispose]()));
  });

  const start = (org: Target, outbox: string): Running =>
    cli.start('sync start', ['--file', feed, '--map', harbourMap, '--outbox', cli.path(outbox), '--json'], { org });
  const resume = (org: Target): Running =>
    cli.start('sync resume', ['--outbox', cli.path('killed.sqlite'), '--settle', '1', '--json'], { org });

  it('ends in the state of an undisturbed run, and then has nothing left to send', async () => {
    const undisturbed = reportOf(await start(calm.org, 'calm.sqlite').ended);
    expect(undisturbed.ending).to.equal('complete');
    expect(undisturbed.counts.items.done).to.be.above(3000);

    for (const [index, moment] of moments.entries()) {
      await killed(moment, (org) => (index === 0 ? start(org, 'killed.sqlite') : resume(org)));
    }
    const ended = await resume(shop.org).ended;
    expect(ended.code).to.equal(68);
    const report = reportOf(ended);
    expect(withoutEffects(report.counts)).to.deep.equal(withoutEffects(undisturbed.counts));

    const state = await stateOf(shop);
    expect(state).to.deep.equal(await stateOf(calm));
    const numbers = Object.values(state.journals).flat();
    expect(numbers).to.have.lengthOf(report.counts.items.new);
    expect(new Set(numbers).size).to.equal(numbers.length);
    expect(withoutOccurrence(state.journals)).to.deep.equal(await inFeedOrder());

    shop.org.requests.reset();
    const [again, fresh] = await Promise.all([
      start(shop.org, 'killed.sqlite').ended,
      start(shop.org, 'fresh.sqlite').ended,
    ]);
    expect(reportOf(again).counts.transactions).to.include({ new: 0, known: numbers.length });
    expect(reportOf(fresh).counts.items).to.include({
      new: numbers.length,
      done: numbers.length,
      found: numbers.length,
    });
    expect(journalRequests(shop.org)).to.equal(0);
    expect(await stateOf(shop)).to.deep.equal(state);
  });

  /** Starts a command and kills it at this moment of its work. */
  async function killed(moment: Moment, command: (org: Target) => Running): Promise<void> {
    let sent = 0;
    let answered = 0;
    const preflight = Promise.withResolvers<undefined>();
    const isDue = (count: number): boolean => 'requests' in moment && count === moment.requests;
    await using relay = await Relay.open(shop.org, {
      before: ({ isJournals, url }: Call) => {
        // The first question about the journals of the source: the outbox is open by then.
        if (/\/query.*TransactionJournal/.test(url)) preflight.resolve(undefined);
        if (!isJournals || moment.during === 'answering' || !isDue(++sent)) return undefined;
        running.kill('SIGKILL');
        return moment.during === 'sending' ? 'cut' : undefined;
      },
      after: ({ isJournals }: Call) => {
        if (!isJournals || moment.during !== 'answering' || !isDue(++answered)) return undefined;
        running.kill('SIGKILL');
        return 'cut';
      },
    });
    const running = command(relay);
    if (moment.during === 'intake') {
      await preflight.promise;
      await killInIntake(running);
    }
    const { code, stderr } = await running.ended;
    expect(code, `killed during ${moment.during}, but: ${stderr}`).to.equal(null);
  }

  /** Kills it during intake. Reading sends no request to wait for, so the outbox is checked for progress. */
  async function killInIntake(running: Running): Promise<void> {
    await using outbox = await SqliteOutbox.openExisting(cli.path('killed.sqlite'));
    for (;;) {
      const run = await outbox.runs.find();
      if (run && (await outbox.runs.counts(run.id)).rows.read > 0) break;
      await setImmediate();
    }
    running.kill('SIGKILL');
    await running.ended;
    const run = await outbox.runs.find();
    expect((await outbox.intake.progress(run?.id ?? '', feed))?.complete).to.equal(false);
  }

  /** Returns what the org holds, without its Ids, so that two orgs can be compared. */
  async function stateOf({ client }: Shop): Promise<Record<'journals' | 'balances' | 'progress' | 'tiers', Lists>> {
    const read = async (soql: string): Promise<Lists> => listsOf(await client.query.all(soql));
    return {
      journals: await read(
        'SELECT Member.MembershipNumber, ExternalTransactionNumber FROM TransactionJournal ' +
          'WHERE ExternalTransactionNumber != null ORDER BY Id',
      ),
      balances: await read(
        'SELECT LoyaltyMember.MembershipNumber, LoyaltyProgramCurrency.Name, PointsBalance, TotalPointsAccrued, ' +
          'TotalPointsRedeemed FROM LoyaltyMemberCurrency ORDER BY LoyaltyMember.MembershipNumber, LoyaltyProgramCurrency.Name',
      ),
      progress: await read(
        'SELECT LoyaltyProgramMember.MembershipNumber, Promotion.Name, CumulativeUsageCompleted ' +
          'FROM LoyaltyProgramMbrPromotion ORDER BY LoyaltyProgramMember.MembershipNumber, Promotion.Name',
      ),
      tiers: await read(
        'SELECT LoyaltyMember.MembershipNumber, LoyaltyTier.Name ' +
          'FROM LoyaltyMemberTier ORDER BY LoyaltyMember.MembershipNumber, LoyaltyTier.Name',
      ),
    };
  }

  async function inFeedOrder(): Promise<Lists> {
    const lists: Lists = {};
    for (const { Member = '', Receipt, Product } of csvRows(text())) {
      if (Member !== '') (lists[Member] ??= []).push(`harbour:${Receipt}:${Product}`);
    }
    return lists;
  }
});

/** By membership number. */
type Lists = Record<string, string[]>;

/** Groups rows by their first column, the membership number. Each list has the other columns, row by row. */
function listsOf(rows: readonly Record<string, unknown>[]): Lists {
  const lists: Lists = {};
  for (const row of rows) {
    const [member = '', ...values] = Object.entries(row)
      .filter(([name]) => name !== 'attributes')
      .map(([, value]) => flat(value));
    (lists[member] ??= []).push(values.join(' '));
  }
  return lists;
}

function flat(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .filter(([name]) => name !== 'attributes')
    .map(([, inner]) => String(inner))
    .join(' ');
}

function withoutOccurrence(journals: Lists): Lists {
  return Object.fromEntries(
    Object.entries(journals).map(([member, numbers]) => [member, numbers.map((each) => each.replace(/:\d+$/, ''))]),
  );
}

/** Removes the number of transactions without effect. Only answers tell it, and some answers were lost. */
function withoutEffects({ items: { withoutEffect, ...items }, ...counts }: SyncResult['counts']): object {
  expect(withoutEffect).to.be.at.most(items.sentNow);
  return { ...counts, items };
}
