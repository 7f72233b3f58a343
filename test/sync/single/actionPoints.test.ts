import { Connection } from '@jsforce/jsforce-node';
import { expect } from 'chai';
import { LoyaltyClient } from '../../../src/client/index.js';
import { adjustPoints, SqliteOutbox, transferPoints, transferToGroups } from '../../../src/sync/index.js';
import type { OnceOptions } from '../../../src/sync/index.js';
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

  const adjust = (client = shop.client) => {
    const change = { type: 'Credit', points: 25, reason: 'Till was down' } as const;
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

  it('are shared with groups once, also if the answer was lost', async () => {
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
    const share = (client = shop.client) =>
      transferToGroups(client, { program, memberId: ids[first] ?? '', journalId }, options());
    expect(await losing('after', share)).to.include({ status: 'unknown' });
    expect(await share()).to.include({ status: 'known' });
    expect([await stars(first), await stars('G-1')]).to.deep.equal([70, 30]);
  });
});
