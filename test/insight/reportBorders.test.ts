import { expect } from 'chai';
import type { LoyaltyClient } from '../../src/client/index.js';
import {
  computeFeatures,
  nearMembers,
  openInsight,
  programReport,
  readPeriod,
  readProgramFacts,
  refreshCache,
  segmentReport,
} from '../../src/insight/index.js';
import type { InsightCache, ProgramFacts, ReportOptions, SegmentDefinition } from '../../src/insight/index.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { immediateClock } from './immediateClock.js';

const program = 'Harbour Rewards';
const [january, today] = [readPeriod('2026-01'), '2026-11-29'];

describe('insight into a small program', () => {
  let shop: Shop;
  let client: LoyaltyClient;
  let cache: InsightCache;
  let facts: ProgramFacts;

  before(async () => {
    shop = await openShop({
      members: 3,
      clock: { ...immediateClock, now: () => Date.parse('2026-11-30T02:30:00Z') },
      settings: { timeZone: 'America/New_York' },
    });
    ({ client } = shop);
    ({ cache, facts } = await read());
  });
  after(async () => {
    cache[Symbol.dispose]();
    await shop.org.stop();
  });

  async function read(name = program): Promise<{ cache: InsightCache; facts: ProgramFacts }> {
    const { Id: programId } = await client.programs.get(name);
    const opened = await openInsight({ client, programId, path: ':memory:' });
    await refreshCache({ client, cache: opened, clock: immediateClock });
    return { cache: opened, facts: await readProgramFacts(client, programId) };
  }
  const report = (options: Partial<ReportOptions>) =>
    programReport(cache, facts, { period: january, today, ...options });

  it('counts nobody in a program without members, and how far it is from its goals', async () => {
    shop.org.store.insert('LoyaltyProgram', { Name: 'Empty', Status: 'Active' });
    const empty = await read('Empty');
    const { measures, goals } = programReport(empty.cache, empty.facts, {
      ...{ period: january, today },
      goals: [{ measure: 'newMembers', number: 10, date: '2026-12-31' }],
    });
    expect(measures.find(({ key }) => key === 'members')).to.include({ value: 0, previous: 0 });
    expect(measures.find(({ key }) => key === 'participationRate')).to.include({ value: null });
    expect(goals[0]).to.include({ value: 0, state: 'behind' });
    empty.cache[Symbol.dispose]();
  });

  it('does not show months that have not begun as months without sales', () => {
    const year = report({ period: readPeriod('2026') });
    expect(year.months.at(-1)?.month).to.equal('2026-11');
    expect(year.cohorts.map(({ retained }) => retained.length)).to.deep.equal([11]);
    expect(report({ period: readPeriod('2028-02') }).months.at(-1)?.month).to.equal('2026-11');
  });

  it('does not say on the date of a goal that it is missed', () => {
    const goal = { measure: 'newMembers', number: 4, from: '2026-01-01', date: today } as const;
    const days = readPeriod(`2026-01-01..${today}`);
    expect(report({ period: days, goals: [goal] }).goals[0]?.state).to.equal('behind');
    expect(report({ period: days, goals: [goal], today: '2026-11-30' }).goals[0]?.state).to.equal('missed');
  });

  it('counts in a month the same members as in a measure', () => {
    cache.db.exec(`
      INSERT INTO journal (id, memberId, type, status, day, amount)
      SELECT id, id, 'Accrual', 'Processed', '2026-01-31', 1250 FROM member UNION ALL
      SELECT 'unread', 'unread', 'Accrual', 'Processed', '2026-01-31', 99900`);
    const { measures, months } = report({});
    expect(months.at(-1)).to.include({ month: '2026-01', revenue: 37.5, purchases: 3, activeMembers: 3 });
    expect(measures.find(({ key }) => key === 'revenue')?.value).to.equal(37.5);
  });

  it('compares amounts exactly', () => {
    cache.db.exec('UPDATE balance SET points = 115 WHERE memberId = (SELECT min(id) FROM member)');
    for (const comparison of [{ is: 1.15 }, { moreThan: 0, atMost: 1.15 }, { in: [1.15] }]) {
      const all = [{ feature: 'pointsBalance' as const, ...comparison }];
      const segments: SegmentDefinition[] = [{ name: 'few', title: 'Few', all }];
      computeFeatures(cache, facts, { segments, today });
      expect(segmentReport(cache, segments).segments[0]?.members, JSON.stringify(comparison)).to.equal(1);
    }
  });

  it('groups members by tiers, of which clubs are none', () => {
    const insert = cache.db.prepare(
      'INSERT INTO memberTier (id, memberId, tierId, groupId, since) VALUES (?, ?, ?, ?, ?)',
    );
    for (const { id } of cache.db.prepare('SELECT id FROM member').all() as { id: string }[])
      insert.run(`club-${id}`, id, 'a club', '000', '2026-01-01');
    expect(report({ by: 'tier' }).groups.map(({ group }) => group)).to.deep.equal(['Bronze']);
  });

  it('counts a member once in a promotion, and nobody as having reached a target of 0', async () => {
    const Id = facts.promotions[0]?.Id ?? '';
    const { Id: memberId } = await client.members.get(program, 'HR-100003');
    for (const id of ['1', '2']) {
      cache.db
        .prepare(
          "INSERT INTO usage (id, memberId, promotionId, completed, target, enrolled) VALUES (?, ?, ?, 0, 0, '2026-01-02')",
        )
        .run(id, memberId, Id);
      cache.db
        .prepare('INSERT INTO rewardCount (id, memberId, promotionId, times) VALUES (?, ?, ?, 0)')
        .run(id, memberId, Id);
    }
    const ofTarget = (CumulativeUsageTarget: number): ProgramFacts => ({
      ...facts,
      promotions: facts.promotions.map((each) => ({ ...each, CumulativeUsageTarget })),
    });
    const uptake = (target: number) => programReport(cache, ofTarget(target), { period: january, today }).promotions[0];
    expect(uptake(10)).to.include({ enrolled: 1, enrolledInPeriod: 1, completed: 0 });
    expect(uptake(0)?.completed).to.equal(null);
  });

  it('tells members only of promotions that are still running, and that they have not left', async () => {
    const { store } = shop.org;
    const promotionId = store.first('Promotion', { Name: 'Ten cups, one free' })?.Id ?? '';
    const { Id: memberId } = await client.members.get(program, 'HR-100001');
    await client.progress.set({ memberId, promotionId, to: 9 });
    const near = async (): Promise<number> =>
      (await Array.fromAsync(nearMembers(client, program, { near: 80 }))).length;
    const running = { IsActive: true, EndDate: null, IsEnrollmentRequired: false };
    for (const [change, count] of [
      [{}, 1],
      [{ EndDate: '2026-11-28' }, 0],
      // It is still this day in the org.
      [{ EndDate: '2026-11-29' }, 1],
      [{ IsActive: false }, 0],
      [{ IsEnrollmentRequired: true }, 0],
    ] as const) {
      store.update('Promotion', promotionId, { ...running, ...change });
      expect(await near(), JSON.stringify(change)).to.equal(count);
    }
    store.update('Promotion', promotionId, { ...running, IsActive: false });
    const closed = await readProgramFacts(client, facts.programId);
    await refreshCache({ client, cache, clock: immediateClock });
    const segments: SegmentDefinition[] = [
      { name: 'near', title: 'Near', all: [{ feature: 'promotionPercent', atLeast: 80 }] },
    ];
    const inSegment = (promotions: ProgramFacts['promotions']): number | undefined => {
      computeFeatures(cache, { ...facts, promotions }, { segments, today });
      return segmentReport(cache, segments).segments[0]?.members;
    };
    expect(inSegment(facts.promotions)).to.equal(1);
    expect(inSegment(closed.promotions)).to.equal(0);
  });

  it('counts the days of the org, also those of 23 and 25 hours on which its clocks change', async () => {
    const { store } = shop.org;
    const MemberId = (await client.members.get(program, 'HR-100003')).Id;
    const JournalTypeId = store.first('JournalType', { Name: 'Accrual' })?.Id;
    const ofAll = { MemberId, JournalTypeId, LoyaltyProgramId: facts.programId, Status: 'Processed' };
    const days = {
      '2026-03-07': ['2026-03-08T04:59:59Z'],
      '2026-03-08': ['2026-03-08T05:00:00Z', '2026-03-09T03:59:59Z'],
      '2026-03-09': ['2026-03-09T04:00:00Z'],
      '2026-10-31': ['2026-11-01T03:59:59Z'],
      '2026-11-01': ['2026-11-01T04:00:00Z', '2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z', '2026-11-02T04:59:59Z'],
      '2026-11-02': ['2026-11-02T05:00:00Z'],
    };
    for (const ActivityDate of Object.values(days).flat())
      store.insert('TransactionJournal', { ...ofAll, ActivityDate, TransactionAmount: 1 }, { as: 'org' });
    await refreshCache({ client, cache, clock: immediateClock });
    for (const [day, moments] of Object.entries(days)) {
      const { measures } = report({ period: readPeriod(day) });
      expect(measures.find(({ key }) => key === 'purchases')?.value, day).to.equal(moments.length);
    }
    const segments: SegmentDefinition[] = [{ name: 'a', title: 'A', all: [{ feature: 'daysSincePurchase', is: 2 }] }];
    for (const [on, members] of [
      ['2026-11-03', 0],
      ['2026-11-04', 1],
      ['2026-11-05', 0],
    ] as const) {
      computeFeatures(cache, facts, { segments, today: on });
      expect(segmentReport(cache, segments).segments[0]?.members, on).to.equal(members);
    }
  });

  it('takes the tier that a member holds today, in the time zone of the org', async () => {
    const { store } = shop.org;
    const { Id: LoyaltyMemberId } = await client.members.get(program, 'HR-100002');
    const silver = store.first('LoyaltyTier', { Name: 'Silver' });
    const held = store.first('LoyaltyMemberTier', { LoyaltyMemberId });
    const balance = store.first('LoyaltyMemberCurrency', { LoyaltyMemberId, Name: 'Tier Points' });
    store.update('LoyaltyMemberCurrency', balance?.Id ?? '', { TotalPointsAccrued: 140 }, { as: 'org' });
    const near = async (): Promise<string[]> =>
      (await Array.fromAsync(nearMembers(client, program, { near: 80, reward: 'tier' }))).map((row) => row.rewardName);
    const id = store.insert('LoyaltyMemberTier', {
      ...{ Name: 'next', LoyaltyMemberId, LoyaltyTierId: silver?.Id, LoyaltyTierGroupId: held?.['LoyaltyTierGroupId'] },
      EffectiveDate: '2026-12-24',
    });
    expect(await near(), 'from next month on').to.deep.equal(['Silver']);
    store.update('LoyaltyMemberTier', id, { EffectiveDate: '2026-11-01', TierExpirationDate: '2026-11-30' });
    expect(await near(), 'until tomorrow').to.deep.equal([]);
  });
});
