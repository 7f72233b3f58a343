import { expect } from 'chai';
import type { LoyaltyClient } from '../../src/client/index.js';
import { Emulator } from '../../src/emulator/index.js';
import {
  openInsight,
  programReport,
  readPeriod,
  readProgramFacts,
  refreshCache,
  UnknownEventPartError,
} from '../../src/insight/index.js';
import type { InsightCache, ProgramReport, RefreshReport, SegmentDefinition } from '../../src/insight/index.js';
import { reportedEvent } from '../../src/insight/events/reportedEvents.js';
import { createProgram, harbourRewards } from '../../src/program/index.js';
import { countedEvents, isMemberFrom, modelOfMembers } from './modelledCounts.js';
import { immediateClock } from './immediateClock.js';
import { independentMeasures } from './independentMeasures.js';
import { modelProgram } from './modelledProgram.js';
import { mergeMembers } from './modelledMergers.js';
import type { ModelledProgram, ModelMember } from './programModel.js';
import { clientOf } from '../program/localOrg.js';

const period = readPeriod('2026-05');

describe('the report of a program', function () {
  this.timeout(120_000);
  let org: Emulator;
  let client: LoyaltyClient;
  let model: ModelledProgram;
  let cache: InsightCache;
  let first: RefreshReport;
  /** The org's time, in milliseconds. */
  let now = Date.parse('2026-11-28T08:00:00Z');

  before(async () => {
    org = await Emulator.start({ clock: { ...immediateClock, now: () => now } });
    client = await clientOf(org);
    await createProgram(client, harbourRewards);
    model = await mergeMembers(client, modelProgram(org, { members: 2000, events: 40_000 }), 29);
    now += 3_600_000;
    cache = await openInsight({ client, programId: model.programId, path: ':memory:' });
    first = await refresh();
  });
  after(async () => {
    cache[Symbol.dispose]();
    await org.stop();
  });

  const refresh = (): Promise<RefreshReport> => refreshCache({ client, cache, clock: immediateClock });
  const report = async (): Promise<ProgramReport> =>
    programReport(cache, await readProgramFacts(client, model.programId), { period, by: 'channel' });

  it('agrees with an independent calculation, in each measure, as a whole and by group', async () => {
    expect(
      first.plan.objects.filter(({ route }) => route === 'bulk').map(({ mirrored }) => mirrored.table),
    ).to.deep.equal(['journal', 'ledger']);
    // Two bulk queries with more than 80,000 records, and a few pages.
    expect(first.plan.seconds).to.be.within(55, 90);
    const { measures, groups, previous } = await report();
    expect(previous).to.deep.equal({ from: '2026-04-01', to: '2026-04-30' });
    agree(measures, model);
    expect(groups.map(({ group }) => group)).to.deep.equal(['Mobile', 'Store', 'Web']);
    for (const { group, measures: some } of groups) agree(some, ofChannel(group));
  });

  it('follows the program over the twelve months up to the last day', async () => {
    const { months } = await report();
    expect(months.map(({ month }) => month))
      .to.include.members(['2025-06', '2026-05'])
      .and.have.length(12);
    const { month, ...march } = months.at(-3) ?? { month: '' };
    expect(month).to.equal('2026-03');
    const expected = independentMeasures(model, readPeriod('2026-03'), readPeriod('2026-02'));
    for (const [key, value] of Object.entries(march))
      expect(value, key).to.be.closeTo(expected[key as keyof typeof expected] ?? Number.NaN, 1e-6);
  });

  it('agrees with it for members of overlapping segments', async () => {
    const facts = await readProgramFacts(client, model.programId);
    const segments: SegmentDefinition[] = [
      { name: 'web', title: 'Web', all: [{ feature: 'channel', is: 'Web' }] },
      { name: 'not-store', title: 'Not store', all: [{ feature: 'channel', isNot: 'Store' }] },
    ];
    const { groups } = programReport(cache, facts, { period, by: 'segment', segments });
    expect(groups.map(({ group }) => group)).to.deep.equal(['web', 'not-store']);
    const inWeb = ({ channel, status }: ModelMember): boolean => status === 'Active' && channel === 'Web';
    const notStore = ({ channel, status }: ModelMember): boolean => status === 'Active' && channel !== 'Store';
    agree(groups[0]?.measures ?? [], modelOfMembers(model, inWeb));
    agree(groups[1]?.measures ?? [], modelOfMembers(model, notStore));
  });

  it('counts the tiers that members hold and where they came from', async () => {
    const { tiers } = await report();
    const heldOn = (day: string) =>
      model.members.map(
        (member) => member.tiers.find(({ since, until }) => since <= day && (until === null || until > day))?.tier,
      );
    const [before, after] = [heldOn('2026-04-30'), heldOn('2026-05-31')];
    const rank = (tier = ''): number => ['Bronze', 'Silver', 'Gold'].indexOf(tier);
    for (const { tier, members, up, down, first } of tiers) {
      const came = before.filter((_, index) => after[index] === tier);
      expect({ members, up, down, first }, tier).to.deep.equal({
        members: came.length,
        up: came.filter((from) => from !== undefined && rank(from) < rank(tier)).length,
        down: came.filter((from) => rank(from) > rank(tier)).length,
        first: came.filter((from) => from === undefined).length,
      });
    }
    expect(
      tiers.some(({ up }) => up > 0) && tiers.some(({ down }) => down > 0) && tiers.some(({ first }) => first > 0),
    ).to.equal(true);
  });

  it('shows which share of a month of new members bought in each month since', async () => {
    const { cohorts } = await report();
    const of = cohorts.find(({ month }) => month === '2026-01');
    const members = model.members.filter(
      ({ enrolled, status }) => enrolled.startsWith('2026-01') && status !== 'Merged',
    );
    const bought = (month: string): number =>
      members.filter((each) =>
        model.events.some(
          ({ member, kind, day }) =>
            member === each && kind === 'purchase' && day.startsWith(month) && day >= each.enrolled,
        ),
      ).length;
    expect(of?.members).to.equal(members.length);
    expect(of?.retained).to.deep.equal(
      ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05'].map((month) => bought(month) / members.length),
    );
  });

  it('compares goals with what an independent calculation counts from their first day', async () => {
    const year = { from: '2026-01-01', to: '2026-05-31' };
    const counted = independentMeasures(model, year, { from: '2025-08-03', to: '2025-12-31' });
    const start = independentMeasures(model, readPeriod('2025-12-31'), readPeriod('2025-12-30'));
    const { revenue = 0, members = 0, repeatPurchaseRate = 0, pointsExpired = 0 } = counted;
    const { goals } = programReport(cache, await readProgramFacts(client, model.programId), {
      period,
      goals: [
        { title: 'A year of sales', measure: 'revenue', number: revenue * 2.4, date: '2026-12-31' },
        { measure: 'revenue', number: revenue * 2.5, date: '2026-12-31' },
        { measure: 'members', number: 2 * members - (start.members ?? 0), date: '2026-10-29' },
        { measure: 'repeatPurchaseRate', number: repeatPurchaseRate - 0.001, date: '2026-12-31' },
        { measure: 'pointsExpired', number: pointsExpired - 1, date: '2026-12-31', atMost: true },
        { measure: 'newMembers', number: 1, date: '2026-05-01', from: '2026-05-01' },
        { measure: 'pointsLiability', number: 1, date: '2026-12-31' },
        { measure: 'purchases', number: 1, date: '2026-07-31', from: '2026-07-01' },
      ],
    });
    const [sales, more, grown, , , day] = goals;
    expect(sales).to.include({ title: 'A year of sales', from: '2026-01-01', asOf: '2026-05-31', state: 'onTrack' });
    expect(sales?.value).to.be.closeTo(revenue, 1e-6);
    expect(sales?.expected).to.be.closeTo((revenue * 2.4 * 151) / 365, 1e-6);
    expect(more?.state).to.equal('behind');
    // Half of the way in half of the time: 151 of 302 days.
    expect(grown?.value).to.equal(members);
    expect(grown?.expected).to.be.closeTo(members, 1e-6);
    const newcomers = model.members.filter(({ enrolled }) => enrolled === '2026-05-01').length;
    expect(day).to.include({ title: 'New members', asOf: '2026-05-01', value: newcomers, state: 'met' });
    expect(goals.map(({ state }) => state).slice(3)).to.deep.equal(['onTrack', 'behind', 'met', 'unknown', 'notBegun']);
  });

  it('compares those who took part in an event with the others, before, during and after', async () => {
    const facts = await readProgramFacts(client, model.programId);
    const promotion = facts.promotions[0]?.Name ?? '';
    const enrolled = model.members.filter((_, index) => index % 3 === 0);
    const insert = cache.db.prepare(
      "INSERT INTO usage (id, memberId, promotionId, enrolled) VALUES (?, ?, ?, '2026-05-10')",
    );
    for (const { id } of enrolled) insert.run(`made-up-${id}`, id, facts.promotions[0]?.Id ?? '');
    const event = { from: '2026-05-06', to: '2026-05-12' };
    const events = [{ ...event, promotion }, event, { ...event, journalType: 'Redemption' }];
    const reported = programReport(cache, facts, { period, events, today: '2026-05-19' }).events;
    cache.db.exec("DELETE FROM usage WHERE id LIKE 'made-up-%'");
    const within = model.events.filter(({ day }) => day >= event.from && day <= event.to);
    const acting = (kind: string): ((member: ModelMember) => boolean) => {
      const some = new Set(within.filter((each) => each.kind === kind).map(({ member }) => member));
      return (member) => some.has(member);
    };
    const takesPart = [(member: ModelMember) => enrolled.includes(member), acting('purchase'), acting('redemption')];
    for (const [index, isOne] of takesPart.entries()) {
      // The days after the event are not over on the last of them.
      expect(reported[index]?.tookPart.after).to.equal(null);
      const people = model.members.filter(isMemberFrom('2026-04-29', '2026-05-19'));
      for (const [group, some] of [
        [reported[index]?.tookPart, people.filter(isOne)],
        [reported[index]?.others, people.filter((member) => !isOne(member))],
      ] as const) {
        expect(group?.members).to.equal(some.length).and.be.above(0);
        expect(group?.before).to.deep.include(countedEvents(model, some, readPeriod('2026-04-29..2026-05-05')));
        expect(group?.during).to.deep.include(countedEvents(model, some, readPeriod('2026-05-06..2026-05-12')));
        expect(group?.during?.revenuePerMember).to.equal((group?.during?.revenue ?? 0) / some.length);
      }
    }
    expect(reported[0]).to.deep.include({
      name: promotion,
      journalType: null,
      after: readPeriod('2026-05-13..2026-05-19'),
    });
    expect(reported[1]?.caveat).to.include('no proof');
    const context = { db: cache.db, facts, currency: undefined, today: undefined };
    const others = model.members
      .filter(isMemberFrom('2026-04-29', '2026-05-19'))
      .filter((member) => !acting('purchase')(member));
    const { purchases } = countedEvents(model, others, readPeriod('2026-05-13..2026-05-19'));
    expect(reportedEvent(event, context).others.after).to.include({ purchases, pointsIssued: null });
    expect(() => reportedEvent({ ...event, promotion: promotion.slice(1) }, context)).to.throw(
      UnknownEventPartError,
      `The event "${promotion.slice(1)}": the program has no promotion "${promotion.slice(1)}"; did you mean "${promotion}"?`,
    );
    expect(() => reportedEvent({ ...event, journalType: 'Manual Points' }, context)).to.throw(
      UnknownEventPartError,
      'no transaction of the type "Manual Points"; it has "Accrual", ',
    );
  });

  it('reads only what has changed the second time, and everything of an object that lost a record', async () => {
    now += 6 * 3_600_000;
    expect((await refresh()).rows).to.equal(0);
    const voucher = org.store.first('Voucher', { Status: 'Issued' });
    org.store.update('Voucher', voucher?.Id ?? '', { Status: 'Redeemed', UseDate: '2026-05-31' });
    expect((await refresh()).rows).to.equal(1);
    const used = (await report()).measures.find(({ key }) => key === 'vouchersUsed');
    expect(used?.value).to.equal((independentMeasures(model, period, period).vouchersUsed ?? 0) + 1);
    org.store.delete('Voucher', voucher?.Id ?? '');
    const { rereadObjects, rows } = await refresh();
    expect(rereadObjects).to.deep.equal(['Voucher']);
    expect(rows).to.be.within(1, first.rows / 10);
    expect((await report()).measures.find(({ key }) => key === 'vouchersUsed')?.value).to.equal((used?.value ?? 0) - 1);
  });

  function ofChannel(channel: string): ModelledProgram {
    return modelOfMembers(model, (member) => member.channel === channel);
  }

  function agree(measures: ProgramReport['measures'], counted: ModelledProgram): void {
    const expected = independentMeasures(counted, period, readPeriod('2026-04'));
    for (const { key, value } of measures) {
      if (key in expected) expect(value, key).to.be.closeTo(expected[key] ?? 0, 1e-9);
      else expect(value, key).to.equal(null);
    }
  }
});
