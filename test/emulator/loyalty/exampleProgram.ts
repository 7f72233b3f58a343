import { Emulator } from '../../../src/emulator/index.js';
import type { EmulatorOptions } from '../../../src/emulator/index.js';
import { RestClient } from '../restClient.js';
import type { Answer } from '../restClient.js';

export const programName = 'Harbour Rewards';

/** Two currencies, three tiers, a cumulative promotion, and an active process for journals of type Accrual. */
export interface Program {
  readonly id: string;
  readonly miles: string;
  readonly stars: string;
  readonly tierGroup: string;
  readonly tenCups: string;
  readonly accrual: string;
}

/** A local org with one program in it, and a caller. `await using` stops it. */
export class ExampleOrg implements AsyncDisposable {
  private constructor(
    readonly emulator: Emulator,
    readonly program: Program,
  ) {
    this.api = new RestClient(emulator);
  }

  readonly api: RestClient;

  static async start(options: EmulatorOptions = {}): Promise<ExampleOrg> {
    const emulator = await Emulator.start(options);
    return new ExampleOrg(emulator, createProgram(emulator));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.emulator.stop();
  }

  enroll(membershipNumber: string, more: Record<string, unknown> = {}): Promise<Answer> {
    const path = `/loyalty-programs/${encodeURIComponent(programName)}/individual-member-enrollments`;
    return this.api.post(path, { ...enrollment(membershipNumber), ...more });
  }

  /** Enrolls members that a test takes for granted. */
  async withMembers(...membershipNumbers: string[]): Promise<void> {
    for (const number of membershipNumbers) {
      const { status, body } = await this.enroll(number);
      if (status !== 200) throw new Error(JSON.stringify(body));
    }
  }

  execute(transactionJournals: unknown, program = programName): Promise<Answer> {
    return this.api.post(`/connect/realtime/loyalty/programs/${encodeURIComponent(program)}`, { transactionJournals });
  }

  simulate(transactionJournals: unknown, setting: Record<string, unknown> = {}): Promise<Answer> {
    const path = `/connect/realtime/loyalty/programs/${encodeURIComponent(programName)}`;
    return this.api.post(path, { transactionJournals, runSetting: { isSimulation: true, ...setting } });
  }

  process(name: string, parameters: Record<string, unknown>): Promise<Answer> {
    const path = `/connect/loyalty/programs/${encodeURIComponent(programName)}/program-processes/${encodeURIComponent(name)}`;
    return this.api.post(path, { processParameters: [parameters] });
  }

  addProcess(ProcessType: string, more: Record<string, unknown> = {}): string {
    const values = { Name: ProcessType, ProcessType, Status: 'Active', LoyaltyProgramId: this.program.id, ...more };
    return this.emulator.store.insert('LoyaltyProgramProcess', values);
  }

  addPromotion(Name: string, more: Record<string, unknown> = {}): string {
    const values = { Name, StartDate: '2020-01-01', IsActive: true, LoyaltyProgramId: this.program.id, ...more };
    return this.emulator.store.insert('Promotion', values);
  }

  async rows(soql: string): Promise<Record<string, unknown>[]> {
    const { status, body } = await this.api.query(soql);
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body.records;
  }

  async count(objectName: string, where = ''): Promise<number> {
    return (await this.rows(`SELECT Id FROM ${objectName} ${where}`)).length;
  }

  /** `{ Miles: 20, Stars: 20 }` as the org calculates it. */
  async balances(membershipNumber: string): Promise<Record<string, number>> {
    const rows = await this.rows(
      `SELECT LoyaltyProgramCurrency.Name, PointsBalance FROM LoyaltyMemberCurrency
       WHERE LoyaltyMember.MembershipNumber = '${membershipNumber}' ORDER BY LoyaltyProgramCurrency.Name`,
    );
    return Object.fromEntries(
      rows.map((row) => [(row['LoyaltyProgramCurrency'] as { Name: string }).Name, row['PointsBalance'] as number]),
    );
  }

  async memberId(membershipNumber: string): Promise<string> {
    const [row] = await this.rows(`SELECT Id FROM LoyaltyProgramMember WHERE MembershipNumber = '${membershipNumber}'`);
    return String(row?.['Id']);
  }

  /** Uses of the promotion "Ten cups" unless another is named; undefined without a row. */
  async usage(membershipNumber: string, promotionId = this.program.tenCups): Promise<unknown> {
    const [row] = await this.rows(
      `SELECT CumulativeUsageCompleted FROM LoyaltyProgramMbrPromotion
       WHERE LoyaltyProgramMember.MembershipNumber = '${membershipNumber}' AND PromotionId = '${promotionId}'`,
    );
    return row?.['CumulativeUsageCompleted'];
  }
}

export function enrollment(membershipNumber: string): Record<string, unknown> {
  return {
    enrollmentDate: '2026-02-14T09:30:00',
    membershipNumber,
    associatedContactDetails: { firstName: 'Ines', lastName: 'Okafor', email: 'ines.okafor@example.com' },
    memberStatus: 'Active',
  };
}

export function purchase(MembershipNumber: string, TransactionAmount: unknown, more: Record<string, unknown> = {}) {
  const journal = { ActivityDate: '2026-03-01T10:00:00Z', JournalTypeName: 'Accrual' };
  return { ...journal, MembershipNumber, TransactionAmount, ...more };
}

function createProgram({ store }: Emulator): Program {
  const id = store.insert('LoyaltyProgram', { Name: programName, Status: 'Active' });
  const ofProgram = { LoyaltyProgramId: id, IsActive: true };
  const tierGroup = store.insert('LoyaltyTierGroup', { Name: 'Status', ...ofProgram });
  const currency = { ...ofProgram, DoesAllowNegativeBalance: true };
  const tiers = [
    ['Bronze', 0],
    ['Silver', 100],
    ['Gold', 500],
  ] as const;
  for (const [index, [Name, MinimumEligibleBalance]] of tiers.entries()) {
    const values = { Name, MinimumEligibleBalance, SequenceNumber: index + 1, LoyaltyTierGroupId: tierGroup };
    store.insert('LoyaltyTier', values);
  }
  const accrual = store.first('JournalType', { Name: 'Accrual' })?.Id ?? '';
  const process = { ProcessType: 'TransactionJournal', Status: 'Active', LoyaltyProgramId: id };
  store.insert('LoyaltyProgramProcess', { Name: 'Purchases', ...process, JournalTypeId: accrual });
  const cups = { ...ofProgram, StartDate: '2020-01-01', LoyaltyPromotionType: 'Cumulative', CumulativeUsageTarget: 10 };
  return {
    id,
    tierGroup,
    accrual,
    miles: store.insert('LoyaltyProgramCurrency', { Name: 'Miles', ...currency, CurrencyType: 'Qualifying' }),
    stars: store.insert('LoyaltyProgramCurrency', { Name: 'Stars', ...currency, CurrencyType: 'NonQualifying' }),
    tenCups: store.insert('Promotion', { Name: 'Ten cups', ...cups }),
  };
}
