import { expect } from 'chai';
import { LoyaltyApiError } from '../../../src/client/failures/callErrors.js';
import { parseMapping, rowFeed, SqliteOutbox, startSync, verifySync } from '../../../src/sync/index.js';
import type { Difference, VerifiedSync, VerifySyncOptions } from '../../../src/sync/index.js';
import { harbourRewards } from '../../../src/program/index.js';
import type { Transaction } from '../../../src/transaction.js';
import { openShop, seen } from '../../support/cliOrg.js';
import type { Shop } from '../../support/cliOrg.js';
import { failure } from '../org/answers.js';
import { arrayFeed, source } from '../org/arrayFeed.js';
import type { TestRow } from '../org/arrayFeed.js';

const copied = [
  ...([
    'ActivityDate',
    'TransactionAmount',
    'Quantity',
    'Distance',
    'Status',
    'JournalTypeId',
    'JournalSubTypeId',
  ] as const),
  ...(['MemberId', 'LoyaltyProgramId', 'ExternalTransactionNumber'] as const),
];
const program = harbourRewards.name;
const minute = 60_000;

/** A purchase that sends everything that is compared. */
function sale(key: string, member: string, changes: Transaction['journal'] = {}): Transaction {
  const journal = { ActivityDate: '2026-04-03T08:00:00Z', JournalTypeName: 'Accrual', JournalSubTypeName: 'Purchase' };
  const numbers = { TransactionAmount: '12.50', Quantity: '2', Distance: '3' };
  return { key: `${source}:${key}`, member, journal: { ...journal, ...numbers, ...changes } };
}

const givenUp = new LoyaltyApiError(failure(400, 'INVALID_QUERY_LOCATOR'), { isRead: true });

/** Every difference, and what was compared. */
async function verified(options: VerifySyncOptions): Promise<{ differences: Difference[]; summary: VerifiedSync }> {
  const all = verifySync(options);
  const differences: Difference[] = [];
  for (;;) {
    const next = await all.next();
    if (next.done === true) return { differences, summary: next.value };
    differences.push(next.value);
  }
}

describe('a comparison of feed, outbox and org', function () {
  this.timeout(60_000);

  let shop: Shop;
  let outbox: SqliteOutbox;
  let rows: TestRow[];

  beforeEach(async () => {
    shop = await openShop({ members: 4 });
    outbox = SqliteOutbox.inMemory();
    rows = [];
  });

  afterEach(async () => {
    await outbox.close();
    await shop[Symbol.asyncDispose]();
  });

  const shared = () => ({ client: shop.client, program, outbox });
  const sync = (feed: readonly TestRow[]) =>
    startSync({ ...shared(), source, feeds: [arrayFeed(feed)], settle: 1, wait: minute, emptyOutbox: 'lookup' });
  const compare = (feed?: readonly TestRow[], more: Partial<VerifySyncOptions> = {}) =>
    verified({ ...shared(), source, feeds: feed && [arrayFeed(feed)], ...more });
  const named = ({ differences }: { differences: readonly Difference[] }): string[] =>
    differences.map(({ key, status, line }) => `${key?.replace(`${source}:`, '') ?? `line ${line}`} ${status}`).sort();

  const store = () => shop.org.store;
  const journalOf = (key: string) => {
    const found = store().first('TransactionJournal', { ExternalTransactionNumber: `${source}:${key}` });
    if (!found) throw new Error(`The org has no journal of ${key}.`);
    return found;
  };
  const change = (key: string, values: Record<string, string | number>): void =>
    store().put('TransactionJournal', journalOf(key)['Id'], values);
  /** An org deletes no journals by REST, but somebody may change the key. */
  const erase = (key: string): void => change(key, { ExternalTransactionNumber: `gone:${key}` });
  /** A journal as this one, under another Id. */
  const copy = (key: string, values: Record<string, string | number> = {}): string => {
    const journal = journalOf(key);
    const given = Object.fromEntries(copied.map((name) => [name, journal[name]]));
    return store().insert('TransactionJournal', { ...given, ...values });
  };
  const idOf = (object: string, values: Record<string, string>): string =>
    String(store().first(object, values)?.['Id']);
  const sold = (key: string): void => void rows.push(sale(key, shop.members[rows.length % 3] ?? ''));

  it('finds none if there is none, with the feed or without', async () => {
    for (let each = 1; each <= 5; each++) sold(String(each));
    await sync(rows);
    const withFeed = await compare(rows);
    expect(withFeed.differences).to.deep.equal([]);
    expect(withFeed.summary).to.deep.include({ feedRows: 5, transactions: 5, journals: 5, sources: [source] });
    const without = await compare();
    expect(without.differences).to.deep.equal([]);
    expect(without.summary.feedRows).to.equal(undefined);
  });

  it('finds each of these differences and no other', async () => {
    const inOrg: Record<string, () => void> = {
      notInOrg: () => erase('notInOrg'),
      doubled: () => void copy('doubled'),
      notRun: () => change('notRun', { Status: 'Pending' }),
      failed: () => change('failed', { Status: 'Error', ErrorDescription: 'No.' }),
      cancelled: () => change('cancelled', { Status: 'Cancelled' }),
      otherJournal: () => {
        const Id = copy('otherJournal');
        erase('otherJournal');
        expect(journalOf('otherJournal')['Id']).to.equal(Id);
      },
      member: () => change('member', { MemberId: idOf('LoyaltyProgramMember', { MembershipNumber: 'HR-100009' }) }),
      type: () => change('type', { JournalTypeId: store().insert('JournalType', { Name: 'Other' }) }),
      subtype: () =>
        change('subtype', {
          JournalSubTypeId: store().insert('JournalSubType', {
            Name: 'Gift',
            JournalTypeId: String(journalOf('subtype')['JournalTypeId']),
          }),
        }),
      date: () => change('date', { ActivityDate: '2026-04-03T08:00:01.000Z' }),
      amount: () => change('amount', { TransactionAmount: 12.51 }),
      quantity: () => change('quantity', { Quantity: 3 }),
      distance: () => change('distance', { Distance: 3.5 }),
    };
    const fine = ['fine 1', 'fine 2', 'fine 3'];
    for (const key of [...fine, ...Object.keys(inOrg), 'otherInOutbox', 'repeated', 'conflictInFeed']) sold(key);
    // What the org has before: a journal that a batch job may own, and one with another amount.
    rows.push(
      sale('parked', 'HR-100004'),
      sale('conflictInOrg', 'HR-100001'),
      sale('refused', 'HR-777'),
      sale('inOrgAnyway', 'HR-778'),
    );
    await sync([sale('first', 'HR-100002')]);
    copy('first', {
      ExternalTransactionNumber: `${source}:parked`,
      Status: 'Pending',
      MemberId: idOf('LoyaltyProgramMember', { MembershipNumber: 'HR-100004' }),
    });
    copy('first', { ExternalTransactionNumber: `${source}:conflictInOrg`, TransactionAmount: 99 });
    await outbox.sources.remember(source, { lookUpFirst: true });
    await sync(rows);
    // What happens afterwards.
    for (const [key, plant] of Object.entries(inOrg)) {
      if (key === 'member') await shop.client.members.enroll(program, stranger);
      plant();
    }
    copy('fine 1', { ExternalTransactionNumber: `${source}:onlyInOrg` });
    copy('fine 1', { ExternalTransactionNumber: `${source}:inOrgAnyway` });
    copy('fine 1', { ExternalTransactionNumber: 'another source:1' });
    const run = await outbox.runs.find();
    const chunk = { run: run?.id ?? '', feed: 'test', rejections: [], skipped: 0, endedGroups: [], position: null };
    const open = { line: 90, transaction: sale('open', 'HR-100001') };
    await outbox.intake.accept({
      ...chunk,
      transactions: [open],
      complete: true,
      lookUpFirst: false,
      acceptsRepeats: false,
    });
    const now = rows.map((row) =>
      typeof row === 'object' && row.key.endsWith(':otherInOutbox')
        ? sale('otherInOutbox', row.member, { TransactionAmount: '1.00' })
        : row,
    );
    const again = (key: string): Transaction =>
      now.find((row) => typeof row === 'object' && row.key === `${source}:${key}`) as Transaction;
    const feed = [
      ...now,
      'rejected',
      'skipped',
      again('repeated'),
      sale('conflictInFeed', 'HR-100001', { Quantity: '7' }),
      sale('notInOutbox', 'HR-100001'),
    ] as const;

    const found = await compare(feed);
    const statuses = [
      ...Object.keys(inOrg),
      ...['otherInOutbox', 'repeated', 'conflictInFeed', 'parked', 'conflictInOrg', 'refused', 'inOrgAnyway'],
      ...['onlyInOrg', 'open', 'notInOutbox'],
    ];
    expect(named(found)).to.deep.equal(
      [...statuses.map((status) => `${status} ${status}`), `line ${rows.length + 2} rejected`].sort(),
    );
    expect(found.summary.notes).to.deep.equal([]);
    const amount = found.differences.find(({ status }) => status === 'amount');
    expect(amount).to.include({ expected: '12.50', found: '12.51' });
    expect(amount?.message).to.match(/^The org's journal 0lV\w+ has the amount 12\.51, not 12\.50\.$/);

    // Without the feed, the hash of what was sent shows that the content differs, and nothing of the feed is known.
    const hashed = ['type', 'subtype', 'date', 'amount', 'quantity', 'distance'];
    const ofFeed = ['otherInOutbox', 'repeated', 'conflictInFeed', 'notInOutbox'];
    const known = statuses.filter((status) => !hashed.includes(status) && !ofFeed.includes(status));
    expect(named(await compare())).to.deep.equal(
      [...known.map((status) => `${status} ${status}`), ...hashed.map((key) => `${key} content`)].sort(),
    );
  });

  const stranger = {
    enrollmentDate: '2026-01-01T00:00:00',
    membershipNumber: 'HR-100009',
    associatedContactDetails: { lastName: 'Stranger' },
    memberStatus: 'Active',
  };

  it('compares each journal of a row that became several', async () => {
    const mapping = parseMapping(
      `{ source: ${source}, key: id, member: member, journal: { ActivityDate: at, JournalTypeName: { value: Accrual } }, journals: [
        { name: sale, journal: { TransactionAmount: amount } }, { name: points, journal: { Quantity: points } }] }`,
      'map.yml',
    );
    const row = { id: 1, member: shop.members[0], at: '2026-04-03T08:00:00Z', amount: 3, points: 20 };
    const feeds = (changes = {}) => [rowFeed({ name: 'till', rows: [{ ...row, ...changes }], mapping })];
    await startSync({ ...shared(), source, feeds: feeds(), settle: 1, wait: minute, emptyOutbox: 'lookup' });
    const all = await verified({ ...shared(), source, feeds: feeds() });
    expect(all.differences).to.deep.equal([]);
    expect(all.summary).to.include({ transactions: 2, journals: 2, feedRows: 1 });
    const changed = await verified({ ...shared(), source, feeds: feeds({ points: 30 }) });
    expect(named(changed)).to.deep.equal(['1:points otherInOutbox']);
  });

  it('says once that hashes cannot be compared if the org spells a type otherwise than the mapping', async () => {
    for (const key of ['1', '2', '3']) rows.push(sale(key, 'HR-100001', { JournalTypeName: 'ACCRUAL' }));
    await sync(rows);
    expect((await compare(rows)).differences).to.deep.equal([]);
    const { differences, summary } = await compare();
    expect(differences).to.deep.equal([]);
    expect(summary.notes.map(({ code }) => code)).to.deep.equal(['content-not-compared']);
    expect(summary.uncompared).to.equal(3);
  });

  it('names every purchase whose hash differs once one is equal, however late that one comes', async () => {
    for (let each = 1; each <= 1100; each++) sold(String(each).padStart(4, '0'));
    sold('last');
    await sync(rows);
    for (let each = 1; each <= 1100; each++) change(String(each).padStart(4, '0'), { TransactionAmount: 1 });
    const { differences, summary } = await compare();
    expect(differences).to.have.length(1100);
    expect([summary.uncompared, summary.notes]).to.deep.equal([0, []]);
  });

  it('compares a key that was taken over from the org with the feed, and says that it cannot without', async () => {
    sold('1');
    sold('2');
    await sync(rows);
    await outbox.close();
    outbox = SqliteOutbox.inMemory();
    await outbox.sources.remember(source, {});
    await outbox.sources.importKeys(['1', '2'].map((key) => `${source}:${key}`));
    const without = await compare();
    expect([without.differences, without.summary.uncompared]).to.deep.equal([[], 2]);
    change('1', { TransactionAmount: 1 });
    expect(named(await compare(rows))).to.deep.equal(['1 amount']);
    expect((await compare(rows)).summary.uncompared).to.equal(0);
  });

  it('compares only what one run had, if it is asked to, in calls that depend on that run alone', async () => {
    for (const key of ['1', '2', '3']) sold(key);
    const first = await sync(rows);
    const later = [sale('4', 'HR-100001'), sale('5', 'HR-100002'), sale('6', 'HR-777'), rows[0] ?? 'skipped'];
    const { run } = await sync(later);
    for (const key of ['1', '4']) change(key, { TransactionAmount: 1 });
    for (let each = 10; each <= 2500; each++) copy('2', { ExternalTransactionNumber: `${source}:${each}` });
    const feed = [...rows, ...later, sale('7', 'HR-100001')];
    shop.org.requests.reset();
    const ofRun = await compare(feed, { run });
    expect(named(ofRun)).to.deep.equal(['4 amount', '6 refused', '7 notInOutbox']);
    expect(ofRun.summary).to.include({ run, transactions: 3, journals: 2, feedRows: 8 });
    // Program, organization, journals.
    expect(seen(shop.org, 'GET', '/query')).to.equal(3);
    expect(named(await compare(undefined, { run: first.run }))).to.deep.equal(['1 content']);
    const error = await compare(feed, { run: 'no such run' }).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(RangeError);
  });

  it('compares what was sent, if the outbox keeps it, without the feed', async () => {
    await outbox.close();
    outbox = SqliteOutbox.inMemory({ keepPayloads: true });
    sold('1');
    await sync(rows);
    change('1', { TransactionAmount: 1 });
    expect(named(await compare())).to.deep.equal(['1 amount']);
  });

  it('asks the org once for 2,000 journals, and leaves nothing behind when it is ended', async () => {
    sold('1');
    await sync(rows);
    for (let each = 2; each <= 2500; each++) copy('1', { ExternalTransactionNumber: `${source}:${each}` });
    shop.org.requests.reset();
    expect(named(await compare(rows))).to.have.length(2499);
    // Program, organization, two pages.
    expect(seen(shop.org, 'GET', '/query')).to.equal(4);
    const ended = new AbortController();
    ended.abort(new Error('The user is gone.'));
    const error = await compare(rows, { signal: ended.signal }).catch((reason: unknown) => reason);
    expect(error).to.include({ message: 'The user is gone.' });
  });

  it('goes on after the last page if the org has given the query up', async () => {
    sold('1');
    await sync(rows);
    for (let each = 2; each <= 4500; each++) copy('1', { ExternalTransactionNumber: `${source}:${each}` });
    let pages = 0;
    const { client } = shop;
    const allOfSource = client.journals.allOfSource.bind(client.journals);
    client.journals.allOfSource = async function* (...args) {
      pages += 1;
      let row = 0;
      for await (const journal of allOfSource(...args)) {
        if (pages < 3 && (row += 1) > 2000) throw givenUp;
        yield journal;
      }
    };
    expect(named(await compare(rows))).to.have.length(4499);
    expect(pages).to.equal(3);
  });
});
