import { expect } from 'chai';
import { runPointsJobs } from '../../../src/emulator/index.js';
import { ExampleOrg, purchase } from './exampleProgram.js';

type Values = Readonly<Record<string, string | number | boolean>>;

/** A clock that a test sets. */
class SetClock {
  #now = Date.parse('2026-03-01T12:00:00Z');

  readonly now = (): number => this.#now;
  readonly sleep = async (): Promise<void> => undefined;

  set(day: string): void {
    this.#now = Date.parse(`${day}T12:00:00Z`);
  }
}

describe('points jobs', () => {
  let clock: SetClock;
  let org: ExampleOrg;
  beforeEach(async () => {
    clock = new SetClock();
    org = await ExampleOrg.start({ clock, settings: { allowNegativeBalance: true } });
  });
  afterEach(() => org.emulator.stop());

  it('expire what is left of the credits whose day has come, once, and say what expires next', async () => {
    setStars({ ExpiryModel: 'Fixed', ExpiryPeriodFrequency: 10, ExpiryPeriodUnit: 'Days' });
    await org.withMembers('WX-1');
    await org.execute([purchase('WX-1', 10), purchase('WX-1', 20, { ActivityDate: '2026-03-03T10:00:00Z' })]);
    await org.execute([purchase('WX-1', -4)]);
    clock.set('2026-03-10');
    expect(await run('expireFixedPoints')).to.deep.equal({ members: 0, points: 0 });
    expect(await profileOf('WX-1')).to.include({ expirablePoints: 6 });
    clock.set('2026-03-11');
    expect(await run('expireFixedPoints')).to.deep.equal({ members: 1, points: 6 });
    expect(await run('expireFixedPoints')).to.deep.equal({ members: 0, points: 0 });
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 26, Stars: 20 });
    expect(await profileOf('WX-1')).to.include({
      expirablePoints: 20,
      totalPointsExpired: 6,
      totalPointsRedeemed: 4,
      lastExpirationProcessRunDate: '2026-03-11',
    });
    const [ledger] = await org.rows(
      `SELECT EventType, Points, ExpiryDate, TransactionJournal.JournalType.Name FROM LoyaltyLedger
       WHERE EventType = 'Expiry'`,
    );
    expect(ledger).to.deep.include({ EventType: 'Expiry', Points: 6, ExpiryDate: '2026-03-11' });
    expect(JSON.stringify(ledger)).to.include('Points Expiration');
  });

  it('expire nothing of migrated points, which no ledger row dates and which pay debits, too', async () => {
    setStars({ ExpiryModel: 'Fixed', ExpiryPeriodFrequency: 1, ExpiryPeriodUnit: 'Days' });
    await org.withMembers('WX-1');
    setCurrencyOf('WX-1', { TotalPointsAccrued: 100 });
    await org.execute([purchase('WX-1', -30)]);
    await org.execute([purchase('WX-1', 10)]);
    clock.set('2026-04-01');
    expect(await run('expireFixedPoints')).to.deep.equal({ members: 1, points: 10 });
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: -20, Stars: 70 });
  });

  it('expire all points of members who were not active, as late as the longest extension says', async () => {
    setStars({ ExpiryModel: 'Activity', ExpiryPeriodFrequency: 1, ExpiryPeriodUnit: 'Months' });
    await org.withMembers('WX-1', 'WX-2');
    await org.execute([purchase('WX-1', 10), purchase('WX-2', 10, { ActivityDate: '2026-03-20T10:00:00Z' })]);
    const extension = { ExtensionType: 'ExpiryExtension', LoyaltyProgramCurrencyId: org.program.stars };
    const { store } = org.emulator;
    store.insert('LoyaltyPgmCurrencyExtPrd', { ...extension, ExtensionDuration: 5, ExtensionDurationUnit: 'Days' });
    clock.set('2026-04-05');
    await run('updateActivityDates');
    expect(await run('expireInactivePoints')).to.deep.equal({ members: 0, points: 0 });
    clock.set('2026-04-06');
    expect(await run('expireInactivePoints')).to.deep.equal({ members: 1, points: 10 });
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 10, Stars: 0 });
    expect(await org.balances('WX-2')).to.deep.equal({ Miles: 10, Stars: 10 });
    const members = await org.rows('SELECT LastActivityDate FROM LoyaltyProgramMember ORDER BY MembershipNumber');
    expect(members.map((row) => row['LastActivityDate'])).to.deep.equal(['2026-03-01', '2026-03-20']);
  });

  it('count only the journals that the program lists as activity, if it lists any', async () => {
    setStars({ ExpiryModel: 'Activity', ExpiryPeriodFrequency: 1, ExpiryPeriodUnit: 'Months' });
    const { store } = org.emulator;
    const JournalSubTypeId = store.insert('JournalSubType', { Name: 'Visit', JournalTypeId: org.program.accrual });
    const listed = { LoyaltyProgramId: org.program.id, JournalTypeId: org.program.accrual, JournalSubTypeId };
    store.insert('LoyaltyProgramJournalType', listed);
    await org.withMembers('WX-1', 'WX-2');
    await org.execute([purchase('WX-1', 10), purchase('WX-2', 10, { JournalSubTypeId })]);
    expect(await run('updateActivityDates')).to.deep.equal({ members: 1, points: 0 });
    const [row] = await org.rows('SELECT MembershipNumber FROM LoyaltyProgramMember WHERE LastActivityDate != null');
    expect(row).to.include({ MembershipNumber: 'WX-2' });
  });

  it('move points out of escrow when their day has come, and not before', async () => {
    setStars({ HasEscrow: true });
    await org.withMembers('WX-1');
    await org.execute([purchase('WX-1', 10, { EscrowPointsCreditDate: '2026-03-05' })]);
    await org.execute([purchase('WX-1', 7, { EscrowPointsCreditDate: '2026-03-09' })]);
    clock.set('2026-03-05');
    expect(await run('rollOverEscrow')).to.deep.equal({ members: 1, points: 10 });
    expect(await run('rollOverEscrow')).to.deep.equal({ members: 0, points: 0 });
    expect(await profileOf('WX-1')).to.include({
      pointsBalance: 10,
      escrowPointsBalance: 7,
      totalEscrowPointsAccrued: 17,
      totalEscrowRolloverPoints: 10,
      lastEscrowProcessedDate: '2026-03-05',
    });
    clock.set('2026-05-01');
    expect(await run('rollOverEscrow')).to.deep.equal({ members: 1, points: 7 });
  });

  it('reset qualifying points on the day of the tier group, and keep what they were', async () => {
    const group = { TierModel: 'Fixed', QpResetDate: '2026-04-01', QpResetFrequency: 1 };
    org.emulator.store.update('LoyaltyTierGroup', org.program.tierGroup, group);
    await org.withMembers('WX-1');
    await org.execute([purchase('WX-1', 120)]);
    clock.set('2026-04-01');
    expect(await run('resetQualifyingPoints')).to.deep.equal({ members: 1, points: 120 });
    expect(await run('resetQualifyingPoints')).to.deep.equal({ members: 0, points: 0 });
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 0, Stars: 120 });
    expect(await profileOf('WX-1', 'Miles')).to.include({
      qualifyingPointsBalanceBeforeReset: 120,
      lastPointsResetDate: '2026-04-01',
      nextQualifyingPointsResetDate: '2027-04-01',
    });
    const [tier] = await org.rows("SELECT Name FROM LoyaltyMemberTier WHERE Status != 'Inactive'");
    expect(tier).to.include({ Name: 'Silver' });
  });

  it('reset qualifying points on the anniversary of the enrollment', async () => {
    org.emulator.store.update('LoyaltyTierGroup', org.program.tierGroup, { TierModel: 'Anniversary' });
    await org.withMembers('WX-1');
    await org.execute([purchase('WX-1', 50)]);
    clock.set('2027-02-13');
    expect(await run('resetQualifyingPoints')).to.deep.equal({ members: 0, points: 0 });
    clock.set('2027-02-14');
    expect(await run('resetQualifyingPoints')).to.deep.equal({ members: 1, points: 50 });
  });

  it('give expired points back within the window, once', async () => {
    setStars({ ExpiryModel: 'Activity', ExpiryPeriodFrequency: 1, ExpiryPeriodUnit: 'Months' });
    const window = { ExtensionType: 'ReinstatementWindow', ExtensionDuration: 10, ExtensionDurationUnit: 'Days' };
    org.emulator.store.insert('LoyaltyPgmCurrencyExtPrd', { ...window, LoyaltyProgramCurrencyId: org.program.stars });
    await org.withMembers('WX-1');
    await org.execute([purchase('WX-1', 10)]);
    clock.set('2026-04-05');
    await runPointsJobs(org.emulator.url);
    clock.set('2026-04-16');
    expect((await reinstate()).errors?.[0]?.message).to.include('since 2026-04-06');
    clock.set('2026-04-15');
    expect((await reinstate()).outputValues).to.include({ pointsReinstated: 10 });
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 10, Stars: 10 });
    await runPointsJobs(org.emulator.url);
    expect(await org.balances('WX-1')).to.deep.equal({ Miles: 10, Stars: 10 });
    expect((await reinstate()).isSuccess).to.equal(false);
  });

  it('are refused without the header that a web page cannot send, and for a job that there is not', async () => {
    const { status } = await fetch(`${org.emulator.url}/emulator/points-jobs`, { method: 'POST' });
    expect(status).to.equal(403);
    const error = await runPointsJobs(org.emulator.url, ['expireAll']).catch((reason: unknown) => reason);
    expect(String(error)).to.include('expireFixedPoints');
  });

  async function run(job: string): Promise<{ members: number; points: number }> {
    const [result] = await runPointsJobs(org.emulator.url, [job]);
    expect(result?.job).to.equal(job);
    return { members: result?.members ?? -1, points: result?.points ?? -1 };
  }

  async function reinstate() {
    const inputs = [
      {
        loyaltyProgramName: 'Harbour Rewards',
        loyaltyProgramCurrencyName: 'Stars',
        loyaltyProgramMembershipNumber: 'WX-1',
      },
    ];
    const { body } = await org.api.post('/services/data/v67.0/actions/standard/reinstatePoints', { inputs });
    return body[0];
  }

  async function profileOf(member: string, currency = 'Stars') {
    const query = `membershipNumber=${member}&programCurrencyName=${currency}`;
    const { body } = await org.api.get(`/loyalty-programs/Harbour%20Rewards/members?${query}`);
    return body.memberCurrencies[0];
  }

  function setStars(values: Values): void {
    org.emulator.store.update('LoyaltyProgramCurrency', org.program.stars, values);
  }

  function setCurrencyOf(MembershipNumber: string, values: Values): void {
    const { store } = org.emulator;
    const memberId = store.first('LoyaltyProgramMember', { MembershipNumber })?.Id;
    const criteria = { LoyaltyMemberId: memberId, LoyaltyProgramCurrencyId: org.program.stars };
    store.update('LoyaltyMemberCurrency', String(store.first('LoyaltyMemberCurrency', criteria)?.Id), values);
  }
});
