import { expect } from 'chai';
import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { runPointsJobs } from '../../../src/emulator/index.js';
import type { SObjectRow } from '../../../src/emulator/index.js';
import { remainingCredits } from '../../../src/client/expiring/remainingCredits.js';
import type { DatedMovement } from '../../../src/client/expiring/remainingCredits.js';
import { ExampleOrg, programName, purchase } from './exampleProgram.js';

/** Where a step of a random history happens. */
interface Scene {
  readonly org: ExampleOrg;
  readonly member: string;
  readonly other: string;
  /** From 0.01 to 200.00. */
  readonly points: string;
  /** Now. */
  readonly time: string;
  readonly pass: (days: number) => void;
}

/** Each may be refused: then it must have changed nothing. A new operation is one line. */
const operations: Readonly<Record<string, (scene: Scene) => Promise<unknown>>> = {
  accrual: ({ org, member, points, time }) => org.execute([purchase(member, points, { ActivityDate: time })]),
  oldAccrual: ({ org, member, points }) => org.execute([purchase(member, points)]),
  refund: ({ org, member, points, time }) => org.execute([purchase(member, `-${points}`, { ActivityDate: time })]),
  redemption: ({ org, member, points, time }) => org.execute([redeem(member, points, time)]),
  both: ({ org, member, other, points, time }) =>
    org.execute([redeem(other, points, time), purchase(member, points, { ActivityDate: time })]),
  escrow: ({ org, member, points, time }) =>
    org.execute([purchase(member, points, { ActivityDate: time, EscrowPointsCreditDate: dayAfter(time, 7) })]),
  creditProcess: ({ org, member, points, time }) =>
    org.process('CreditPointsToMembers', moved(member, time, { PointsToCredit: points })),
  debitProcess: ({ org, member, points, time }) =>
    org.process('DebitPointsFromMembers', moved(member, time, { PointsToDebit: points })),
  credit: (scene) => run(scene, 'creditPoints', { ...named(scene), JournalId: latest(scene, 'Accrual') }),
  debit: (scene) => run(scene, 'debitPoints', { ...named(scene), JournalId: latest(scene, 'Accrual') }),
  adjustUp: (scene) => run(scene, 'adjustPointsAction', adjustment(scene, 'Credit')),
  adjustDown: (scene) => run(scene, 'adjustPointsAction', adjustment(scene, 'Debit')),
  transfer: (scene) => run(scene, 'transferPoints', transfer(scene)),
  cancelAccrual: (scene) => run(scene, 'cancelAccrual', cancellation(scene, 'Accrual')),
  cancelRedemption: (scene) => run(scene, 'cancelRedemption', cancellation(scene, 'Redemption')),
  reinstate: (scene) => run(scene, 'reinstatePoints', reinstatement(scene)),
  jobs: ({ org }) => runPointsJobs(org.emulator.url),
  aWeek: async ({ pass }) => pass(7),
  aMonth: async ({ pass }) => pass(31),
  aYear: async ({ pass }) => pass(366),
};

const models = { fixed: 'Fixed', activity: 'Activity' } as const;
const steps = fc.array(
  fc.record({
    operation: fc.constantFrom(...Object.keys(operations)),
    member: fc.nat({ max: 2 }),
    cents: fc.integer({ min: 1, max: 20_000 }),
  }),
  { minLength: 1, maxLength: 40, size: 'max' },
);

describe('any sequence of operations', function () {
  this.timeout(120_000);

  for (const model of Object.values(models)) {
    for (const allowNegativeBalance of [false, true]) {
      const below = allowNegativeBalance ? 'go below zero, where it is allowed' : 'stay at zero or above';
      it(`leaves balances that are the sum of their ledger rows and ${below}: expiry by ${model}`, async () => {
        let now = Date.parse('2026-03-01T12:00:00Z');
        const clock = { now: () => now, sleep: () => Promise.resolve() };
        await using org = await ExampleOrg.start({
          clock,
          settings: { allowNegativeBalance, pointsLifecycleTracking: true },
        });
        prepare(org, model);
        let runs = 0;
        await fc.assert(
          fc.asyncProperty(steps, async (history) => {
            const members = [1, 2, 3].map((number) => `P-${runs}-${number}`);
            runs += 1;
            await org.withMembers(...members);
            for (const { operation, member, cents } of history) {
              await operations[operation]?.({
                org,
                member: members[member] ?? '',
                other: members[(member + 1) % 3] ?? '',
                points: new Decimal(cents).div(100).toFixed(2),
                time: new Date(now).toISOString(),
                pass: (days) => (now += days * 86_400_000),
              });
              for (const each of members) expectSums(org, each, allowNegativeBalance);
            }
          }),
          // Histories are long, so it takes long to find the shortest one that fails.
          { numRuns: 12, interruptAfterTimeLimit: 45_000 },
        );
      });
    }
  }
});

function prepare(org: ExampleOrg, ExpiryModel: string): void {
  const { store } = org.emulator;
  const period = { ExpiryPeriodFrequency: 2, ExpiryPeriodUnit: 'Months', DoesAllowLedgerTracing: true };
  store.update('LoyaltyProgramCurrency', org.program.stars, { ExpiryModel, ...period, HasEscrow: true });
  store.update('LoyaltyTierGroup', org.program.tierGroup, { TierModel: 'Fixed', QpResetDate: '2026-05-01' });
  const window = { ExtensionType: 'ReinstatementWindow', ExtensionDuration: 60, ExtensionDurationUnit: 'Days' };
  store.insert('LoyaltyPgmCurrencyExtPrd', { ...window, LoyaltyProgramCurrencyId: org.program.stars });
  const redemption = store.first('JournalType', { Name: 'Redemption' })?.Id;
  org.addProcess('TransactionJournal', { Name: 'Redeem', JournalTypeId: redemption });
  org.addProcess('CreditPointsToMembers');
  org.addProcess('DebitPointsFromMembers');
}

/** In each currency: the balance, what is in escrow, and what the traces say of each credit and debit. */
function expectSums({ emulator: { store } }: ExampleOrg, MembershipNumber: string, allowsNegative: boolean): void {
  const memberId = store.first('LoyaltyProgramMember', { MembershipNumber })?.Id;
  for (const held of store.find('LoyaltyMemberCurrency', { LoyaltyMemberId: memberId })) {
    const ledgers = store.find('LoyaltyLedger', {
      LoyaltyProgramMemberId: memberId,
      LoyaltyProgramCurrencyId: held['LoyaltyProgramCurrencyId'],
    });
    const processed = String(held['LastEscrowProcessedDate'] ?? '').slice(0, 10);
    const isEscrowed = (row: SObjectRow): boolean => String(row['EscrowPointsCreditDate'] ?? '') > processed;
    const balance = sum(ledgers.filter((row) => !isEscrowed(row)));
    expect([held['PointsBalance'], held['EscrowPointsBalance']], MembershipNumber).to.deep.equal([
      balance,
      sum(ledgers.filter(isEscrowed)),
    ]);
    // The client estimates what is left of each credit: together, the balance.
    const { credits } = remainingCredits(ledgers.filter((row) => !isEscrowed(row)).map(toMovement), balance);
    expect(Decimal.sum(0, ...credits.map(({ points }) => points)).toNumber()).to.equal(Math.max(0, balance));
    if (!allowsNegative) expect(balance).to.be.at.least(0);
    for (const ledger of ledgers) {
      expectTraces(store.find('LoyaltyLedgerTraceability', { CreditLoyaltyLedgerId: ledger.Id }), ledger);
      const ofDebit = store.find('LoyaltyLedgerTraceability', { DebitLoyaltyLedgerId: ledger.Id });
      expectTraces(
        ofDebit.filter(({ ActionType }) => ActionType !== 'DebitWithArrears'),
        ledger,
      );
    }
  }
}

function toMovement(row: SObjectRow): DatedMovement {
  const text = (field: string): string | null => (typeof row[field] === 'string' ? row[field] : null);
  return {
    EventType: text('EventType'),
    Points: Number(row['Points']),
    ExpiryDate: text('ExpiryDate'),
    ActivityDate: text('ActivityDate'),
  };
}

/** No credit pays more than it has, and no debit is paid more than once. */
function expectTraces(traces: readonly SObjectRow[], ledger: SObjectRow): void {
  const paid = Decimal.sum(0, ...traces.map(({ Points }) => Number(Points)));
  expect(paid.toNumber()).to.be.at.most(Number(ledger['Points']));
}

function sum(ledgers: readonly SObjectRow[]): number {
  const signed = ledgers.map(({ EventType, Points }) =>
    new Decimal(Number(Points)).times(EventType === 'Credit' ? 1 : -1),
  );
  return Decimal.sum(0, ...signed).toNumber();
}

function redeem(member: string, points: string, ActivityDate: string) {
  return purchase(member, points, { JournalTypeName: 'Redemption', ActivityDate });
}

function moved(MembershipNumber: string, ActivityDate: string, points: Readonly<Record<string, string>>) {
  return { MembershipNumber, TransactionJournal: { ActivityDate }, ...points };
}

function dayAfter(time: string, days: number): string {
  return new Date(Date.parse(time) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Runs a standard action on one input. */
function run({ org }: Scene, action: string, input: Readonly<Record<string, unknown>>): Promise<unknown> {
  return org.api.post(`/services/data/v67.0/actions/standard/${action}`, { inputs: [input] });
}

function memberIdOf({ org, member }: Scene): string {
  return String(org.emulator.store.first('LoyaltyProgramMember', { MembershipNumber: member })?.Id);
}

/** The member's last journal of the type that is not cancelled; without one, an action is refused. */
function latest(scene: Scene, Name: string): string {
  const { store } = scene.org.emulator;
  const JournalTypeId = store.first('JournalType', { Name })?.Id;
  const journals = store.find('TransactionJournal', {
    MemberId: memberIdOf(scene),
    JournalTypeId,
    Status: 'Processed',
  });
  return journals.at(-1)?.Id ?? '0lV000000000000AAA';
}

function named(scene: Scene) {
  const currency = { ProgramName: programName, ProgramCurrencyName: 'Stars' };
  return { ...currency, LoyaltyProgramMemberId: memberIdOf(scene), Points: Number(scene.points) };
}

function adjustment(scene: Scene, AdjustmentType: string) {
  const { LoyaltyProgramMemberId, Points } = named(scene);
  const LoyaltyProgramCurrencyId = scene.org.program.stars;
  return { LoyaltyProgramMemberId, Points, AdjustmentType, LoyaltyProgramCurrencyId, ReasonforChange: 'Goodwill' };
}

function transfer({ member, other, points }: Scene) {
  const members = { sourceProgramMembershipNumber: member, targetProgramMembershipNumber: other };
  return { ...members, programName, programCurrencyName: 'Stars', transferPoints: Math.ceil(Number(points)) };
}

function cancellation(scene: Scene, type: string) {
  return {
    TransactionJournalId: latest(scene, type),
    CancellationReason: 'Returned',
    ExpiryDate: dayAfter(scene.time, 30),
  };
}

function reinstatement({ member: loyaltyProgramMembershipNumber }: Scene) {
  return { loyaltyProgramName: programName, loyaltyProgramCurrencyName: 'Stars', loyaltyProgramMembershipNumber };
}
