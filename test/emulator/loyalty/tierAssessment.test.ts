import { expect } from 'chai';
import { runPointsJobs } from '../../../src/emulator/index.js';
import type { OrgSettings } from '../../../src/emulator/index.js';
import { tierExpiry } from '../../../src/emulator/loyalty/engine/tierExpiry.js';
import { ExampleOrg, purchase } from './exampleProgram.js';

/** A clock that a test sets. */
class SetClock {
  #now = Date.parse('2026-05-01T12:00:00Z');

  readonly now = (): number => this.#now;
  readonly sleep = async (): Promise<void> => undefined;

  set(day: string): void {
    this.#now = Date.parse(`${day}T12:00:00Z`);
  }
}

describe('tiers that expire', () => {
  let clock: SetClock;
  let org: ExampleOrg;
  const open = async (settings: Partial<OrgSettings> = {}): Promise<void> => {
    clock = new SetClock();
    org = await ExampleOrg.start({ clock, settings: { allowNegativeBalance: true, ...settings } });
    setGroup({ TierPeriodQuantity: 1, TierPeriodUnit: 'Years' });
    await org.withMembers('WX-1');
  };
  afterEach(() => org[Symbol.asyncDispose]());

  const setGroup = (values: Record<string, string | number | null>): void => {
    org.emulator.store.update('LoyaltyTierGroup', org.program.tierGroup, values);
  };
  const assess = async (): Promise<number | undefined> =>
    (await runPointsJobs(org.emulator.url, ['assessTiers']))[0]?.members;
  const history = async (): Promise<unknown[]> => {
    const rows = await org.rows(
      `SELECT Name, Status, EffectiveDate, TierExpirationDate FROM LoyaltyMemberTier
       WHERE LoyaltyMember.MembershipNumber = 'WX-1' ORDER BY Id`,
    );
    return rows.map((row) => [row['Name'], row['Status'], row['EffectiveDate'], row['TierExpirationDate']]);
  };

  it('are kept until then with fewer points, and lost then, to the tier that the balance gives', async () => {
    await open();
    await org.execute([purchase('WX-1', 600)]);
    await org.execute([purchase('WX-1', -450)]);
    clock.set('2027-04-30');
    expect(await assess()).to.equal(0);
    clock.set('2027-05-01');
    expect(await assess()).to.equal(1);
    expect(await assess()).to.equal(0);
    expect(await history()).to.deep.equal([
      ['Bronze', 'Inactive', '2026-02-14', '2026-05-01'],
      ['Gold', 'Inactive', '2026-05-01', '2027-05-01'],
      ['Silver', 'Active', '2027-05-01', '2028-05-01'],
    ]);
  });

  it('are extended then, if the balance is still enough, without a gap', async () => {
    await open();
    await org.execute([purchase('WX-1', 600)]);
    clock.set('2028-06-10');
    expect(await assess()).to.equal(1);
    expect((await history())[1]).to.deep.equal(['Gold', 'Active', '2026-05-01', '2029-05-01']);
  });

  it('are raised by the job, where they do not follow the balance', async () => {
    await open({ tierFollowsBalance: false });
    await org.execute([purchase('WX-1', 150)]);
    const member = await org.memberId('WX-1');
    org.emulator.store.update('LoyaltyProgramMember', member, { IsEligibleForTierAssessment: true });
    expect(await assess()).to.equal(1);
    expect((await history())[1]).to.deep.equal(['Silver', 'Active', '2026-05-01', '2027-05-01']);
    expect(await org.count('LoyaltyProgramMember', 'WHERE IsEligibleForTierAssessment = true')).to.equal(0);
  });

  it('are assessed before the points are reset', async () => {
    await open();
    setGroup({ QpResetDate: '2027-05-01', QpResetFrequency: 1, QpResetPeriod: 'Years' });
    await org.execute([purchase('WX-1', 600)]);
    clock.set('2027-05-01');
    const jobs = await runPointsJobs(org.emulator.url);
    const order = jobs.map(({ job }) => job);
    expect(order.slice(-2)).to.deep.equal(['assessTiers', 'resetQualifyingPoints']);
    expect((await history())[1]).to.deep.equal(['Gold', 'Active', '2026-05-01', '2028-05-01']);
    expect(await org.balances('WX-1')).to.include({ Miles: 0 });
  });

  it('expire as the group says', async () => {
    await open();
    const memberId = await org.memberId('WX-1');
    const { store } = org.emulator;
    const until = (values: Record<string, string | number | null>): string | null => {
      setGroup(values);
      return tierExpiry(store, { memberId, groupId: org.program.tierGroup }, '2026-05-01');
    };
    expect(until({ TierPeriodQuantity: 3, TierPeriodUnit: 'Months' })).to.equal('2026-08-01');
    expect(until({ ExtendExpiration: 'TillEndOfMonth' })).to.equal('2026-08-31');
    expect(until({ ExtendExpiration: 'QualifyingPointsResetDate', QpResetDate: '2026-01-01' })).to.equal('2027-01-01');
    expect(until({ ExtendExpiration: 'MemberEnrollmentAnniversary' })).to.equal('2027-02-14');
    expect(until({ TierPeriodQuantity: null })).to.equal(null);
  });
});
