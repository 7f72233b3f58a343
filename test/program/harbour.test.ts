import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { LoyaltyClient } from '../../src/client/index.js';
import { Emulator } from '../../src/emulator/index.js';
import { csvFeed, endedGroupsInMemory, loadMapping, toEnrollmentRequest } from '../../src/feed/index.js';
import type { Rejection } from '../../src/feed/index.js';
import { createProgram, harbourFeed, generateMembers, harbourRewards } from '../../src/program/index.js';
import type { Transaction } from '../../src/transaction.js';
import { rowsOf } from './generatedText.js';
import { clientOf } from './localOrg.js';

const mappingFile = fileURLToPath(new URL('../../examples/harbour-feed.yml', import.meta.url));
const program = harbourRewards.name;

describe('The example program', () => {
  const options = { seed: 3, rows: 400, members: 12 };

  describe('its feed, through the example mapping', () => {
    const rows = rowsOf(harbourFeed(options));
    const transactions: Transaction[] = [];
    const rejections: Rejection[] = [];

    before(async () => {
      for (const entry of await readFeed(options)) {
        if (entry.kind === 'transaction') transactions.push(entry.transaction);
        else if (entry.kind === 'rejection') rejections.push(entry.rejection);
      }
    });

    it('turns every row with a member into a transaction, and rejects the others', () => {
      const withMember = rows.filter((row) => row['Member'] !== '');
      expect(transactions.map(({ member }) => member)).to.deep.equal(withMember.map((row) => row['Member']));
      expect(rejections).to.have.length(rows.length - withMember.length);
      expect(new Set(rejections.map(({ reason }) => reason))).to.deep.equal(new Set(['missing-member']));
    });

    it('gives every transaction a unique key', () => {
      expect(new Set(transactions.map(({ key }) => key)).size).to.equal(transactions.length);
      expect(transactions[0]?.key).to.match(/^harbour:\d+:[A-Z]{3}-\d\d:1$/);
      expect(transactions.some(({ key }) => key.endsWith(':2'))).to.equal(true);
    });

    it('says what was bought, when and where', () => {
      const [first] = transactions;
      const row = rows.find(({ Member }) => Member !== '')!;
      expect(first?.journal).to.deep.equal({
        // 07:00 in summer time.
        ActivityDate: '2026-09-01T06:00:00.000Z',
        JournalTypeName: 'Accrual',
        JournalSubTypeName: 'Purchase',
        TransactionAmount: (Number(row['Quantity']) * Number(row['UnitPrice'])).toFixed(2),
        Quantity: row['Quantity'],
        TransactionLocation: row['Store'],
        Comment: row['Description'],
      });
      const cancelled = transactions.filter(({ key }) => key.startsWith('harbour:C'));
      expect(cancelled).not.to.have.length(0);
      for (const { journal } of cancelled) expect(Number(journal['TransactionAmount'])).to.be.at.most(0);
    });
  });

  describe('in a local org', () => {
    let org: Emulator;
    let client: LoyaltyClient;

    before(async () => {
      org = await Emulator.start({ settings: { allowNegativeBalance: true } });
      client = await clientOf(org);
      await createProgram(client, harbourRewards);
      for (const values of rowsOf(generateMembers(options))) {
        await client.members.enroll(program, toEnrollmentRequest(values, {}));
      }
    });

    after(() => org.stop());

    it('accepts the journals of its feed, and balances, tiers and progress change', async () => {
      const sent = await execute(client, await readFeed({ ...options, cancelled: 0 }));
      const [member, journals] = [...Map.groupBy(sent, (transaction) => transaction.member)][0]!;
      const amounts = journals.map(({ journal }) => Number(journal['TransactionAmount']));
      const purchases = amounts.filter((amount) => amount > 0).length;
      const spent = amounts.reduce((sum, amount) => sum + amount, 0);

      const progress = await client.progress.list(program, { member });
      expect(Object.fromEntries(progress.map((row) => [row.promotionName, row.completed]))).to.deep.equal({
        'Ten cups, one free': purchases,
        'Harbour regular': purchases,
      });
      const { currencies, tiers } = await client.members.balances(program, member);
      expect(currencies.map(({ currencyName }) => currencyName)).to.have.members(['Stars', 'Tier Points']);
      for (const { pointsBalance } of currencies) expect(pointsBalance).to.be.closeTo(spent, 0.001);
      expect(tiers.map(({ tierName }) => tierName)).to.deep.equal(['Gold']);
    });

    it('lists its promotions for a member', async () => {
      const promotions = await client.promotions.list(program, { membershipNumber: 'HR-100001' });
      expect(promotions.map(({ promotionName }) => promotionName)).to.include('Ten cups, one free');
    });

    it('lets a refund take a balance below zero', async () => {
      const refund = {
        MembershipNumber: 'HR-100012',
        ActivityDate: '2026-11-01T10:00:00Z',
        JournalTypeName: 'Accrual',
        TransactionAmount: '-9999.99',
      };
      await client.journals.execute(program, [refund]);
      const { currencies } = await client.members.balances(program, refund.MembershipNumber);
      expect(currencies).to.have.length(2);
      for (const { pointsBalance } of currencies) expect(pointsBalance).to.be.below(0);
    });
  });
});

async function readFeed(options: Parameters<typeof harbourFeed>[0]) {
  const feed = csvFeed(chunksOf(harbourFeed(options)), await loadMapping(mappingFile));
  const stretches = await Array.fromAsync(feed.read({ endedGroups: endedGroupsInMemory() }));
  return stretches.flatMap(({ entries }) => entries);
}

async function* chunksOf(pieces: Iterable<string>): AsyncGenerator<string> {
  yield* pieces;
}

/** Sends one journal per request, because the order matters here. */
async function execute(client: LoyaltyClient, entries: Awaited<ReturnType<typeof readFeed>>): Promise<Transaction[]> {
  const transactions = entries.flatMap((entry) => (entry.kind === 'transaction' ? [entry.transaction] : []));
  for (const { key, member, journal } of transactions) {
    const { ActivityDate, ...fields } = journal;
    await client.journals.execute(program, [
      { ...fields, ActivityDate: String(ActivityDate), MembershipNumber: member, ExternalTransactionNumber: key },
    ]);
  }
  return transactions;
}
