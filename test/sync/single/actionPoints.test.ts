import { Connection } from '@jsforce/jsforce-node';
import { expect } from 'chai';
import { LoyaltyClient } from '../../../src/client/index.js';
import { adjustPoints, SqliteOutbox, transferPoints, transferToGroups } from '../../../src/sync/index.js';
import type { OnceOptions } from '../../../src/sync/index.js';
import { splitRow } from '../../support/ledgerRows.js';
import { openShop } from '../../support/cliOrg.js';
import type { Shop } from '../../support/cliOrg.js';
import { Relay } from '../../support/cliRelay.js';
import { VirtualClock } from '../../support/virtualClock.js';

const program = 'Harbour Rewards';
const [first, second] = ['HR-100001', 'HR-100002'] as const;

/** Actions that leave no key in the org. */
describe('points moved once by an action', () => {
  let shop: Shop;
  let outbox: SqliteOutbox;
  let clock: VirtualClock;
  let ids: Record<string, string>;
  let currency: { id: string; name: string };

  beforeEach(async () => {
    shop = await openShop({ members: 2, settings: {} });
    outbox = SqliteOutbox.inMemory();
    clock = new VirtualClock();
    const rows = await shop.client.members.find(program, [first, second]);
    ids = Object.fromEntries(rows.map(({ MembershipNumber, Id }) => [MembershipNumber, Id]));
    const stars = (await shop.client.programs.currencies(program)).find(({ Name }) => Name === 'Stars');
    currency = { id: stars?.Id ?? '', name: 'Stars' };
    await purchase(first, 100);
  });

  afterEach(async () => {
    await outbox.close();
    await shop[Symbol.asyncDispose]();
  });

  async function purchase(member: string, points: number): Promise<void> {
    const journal = { ActivityDate: '2026-03-01T10:00:00Z', JournalTypeName: 'Accrual', MembershipNumber: member };
    await shop.client.points.credit(program, { points, journal: { ...journal, ExternalTransactionNumber: 'p-1' } });
  }

  async function stars(member: string): Promise<number | undefined> {
    const { currencies } = await shop.client.members.balances(program, member);
    return currencies.find(({ currencyName }) => currencyName === 'Stars')?.pointsBalance;
  }

  const options = (): Omit<OnceOptions, 'content'> => ({ key: 'k-1', calls: outbox.calls, clock });

  /** Makes a call through a connection that breaks: before the action runs, or after it. */
  async function losing<T>(when: 'before' | 'after', call: (client: LoyaltyClient) => Promise<T>): Promise<T> {
    const cut = ({ url }: { url: string }) => url.includes('/actions/') && 'cut';
    await using relay = await Relay.open(shop.org, { [when]: cut });
    const { accessToken } = shop.org;
    return await call(new LoyaltyClient(new Connection({ instanceUrl: relay.url, accessToken, version: '66.0' })));
  }

  const adjust = (client = shop.client, type: 'Credit' | 'Debit' = 'Credit') => {
    const change = { type, points: 25, reason: 'Till was down' } as const;
    return adjustPoints(client, { program, memberId: ids[first] ?? '', currencyId: currency.id, ...change }, options());
  };

  const transfer = (client = shop.client) => {
    const ends = { sourceId: ids[first] ?? '', targetId: ids[second] ?? '' };
    return transferPoints(client, { program, currency, points: 40, ...ends }, options());
  };

  it('are adjusted once, also if the answer was lost', async () => {
    expect(await losing('after', adjust)).to.include({ status: 'unknown' });
    const known = await adjust();
    const journal = shop.org.store.first('TransactionJournal', { Comment: 'Till was down' });
    expect(known).to.deep.equal({ status: 'known', answer: { journalId: journal?.Id } });
    expect(await adjust()).to.deep.equal(known);
    expect(await stars(first)).to.equal(125);
  });

  it('are adjusted once if the org splits the debit over several ledger rows', async () => {
    await losing('after', (client) => adjust(client, 'Debit'));
    const journal = shop.org.store.first('TransactionJournal', { Comment: 'Till was down' });
    splitRow(shop.org.store, journal?.Id);
    expect(await adjust(shop.client, 'Debit')).to.deep.equal({ status: 'known', answer: { journalId: journal?.Id } });
  });

  it('are adjusted after the window, if it did not happen', async () => {
    expect(await losing('before', adjust)).to.include({ status: 'unknown' });
    expect(await adjust()).to.include({ status: 'unknown' });
    await clock.sleep(13 * 60_000);
    expect(await adjust()).to.include({ status: 'done' });
    expect(await stars(first)).to.equal(125);
  });

  it('are left to a person if somebody else has moved points meanwhile', async () => {
    await losing('before', adjust);
    await purchase(first, 25);
    await clock.sleep(13 * 60_000);
    expect(await adjust(), 'a purchase of as many points is no adjustment').to.include({ status: 'unclear' });
    expect(await stars(first)).to.equal(125);
  });

  it('are transferred once, also if the answer was lost', async () => {
    expect(await losing('after', transfer)).to.include({ status: 'unknown' });
    expect(await transfer()).to.include({ status: 'known' });
    expect([await stars(first), await stars(second)]).to.deep.equal([60, 40]);
  });

  /** Puts the first member into a group. Returns a function that shares the purchase. */
  async function inGroup() {
    const names = { MembershipNumber: 'G-1', GroupName: 'Household', MemberType: 'Group', MemberStatus: 'Active' };
    const ProgramId = (await shop.client.programs.get(program)).Id;
    const group = shop.org.store.insert('LoyaltyProgramMember', { ...names, ProgramId, EnrollmentDate: '2026-01-01' });
    shop.org.store.insert('LoyaltyPgmGroupMbrRlnsp', {
      LoyaltyProgramGroupMemberId: group,
      RelatedLoyaltyProgramMemberId: ids[first],
      ContributionCalculationType: 'Percentage',
      MemberPointContributionPercent: 30,
    });
    const journalId = shop.org.store.first('TransactionJournal', { ExternalTransactionNumber: 'p-1' })?.Id ?? '';
    return (client = shop.client, key = 'k-1') =>
      transferToGroups(client, { program, memberId: ids[first] ?? '', journalId }, { ...options(), key });
  }

  it('are shared with groups once, also if the answer was lost', async () => {
    const share = await inGroup();
    expect(await losing('after', share)).to.include({ status: 'unknown' });
    expect(await share()).to.include({ status: 'known' });
    expect([await stars(first), await stars('G-1')]).to.deep.equal([70, 30]);
  });

  it('are shared with groups once, whatever the key, also in an org that would do it again', async () => {
    const share = await inGroup();
    expect(await share()).to.include({ status: 'done' });
    const calls: string[] = [];
    await using relay = await Relay.open(shop.org, { before: ({ url }) => void calls.push(url) });
    const { accessToken } = shop.org;
    const client = new LoyaltyClient(new Connection({ instanceUrl: relay.url, accessToken, version: '66.0' }));
    const transferType = shop.org.store.first('JournalType', { Name: 'Points Transfer' })?.Id;
    const transfer = shop.org.store.first('TransactionJournal', { JournalTypeId: transferType, MemberId: ids[first] });
    expect(await share(client, 'k-2')).to.deep.equal({ status: 'known', answer: { journalId: transfer?.Id } });
    expect(calls.filter((url) => url.includes('/actions/'))).to.deep.equal([]);
  });

  it('are shared although another sender has adjusted the accrual', async () => {
    const share = await inGroup();
    const { Id } = shop.org.store.first('TransactionJournal', { ExternalTransactionNumber: 'p-1' }) ?? { Id: '' };
    await adjust(shop.client, 'Debit');
    const adjustment = shop.org.store.first('TransactionJournal', { Comment: 'Till was down' });
    shop.org.store.update('TransactionJournal', adjustment?.Id ?? '', { RelatedJournalId: Id });
    expect(await share(shop.client, 'k-3')).to.include({ status: 'done' });
  });
});
