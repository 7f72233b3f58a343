import { join } from 'node:path';
import { expect } from 'chai';
import { LoyaltyClient } from '../../src/client/index.js';
import { Emulator } from '../../src/emulator/index.js';
import type { SObjectRow } from '../../src/emulator/index.js';
import { createProgram, readDefinition } from '../../src/program/index.js';
import { caseState } from '../../src/ruleCases/caseState.js';
import type { ProcessTrace } from '../../src/rules/index.js';
import { RestClient } from '../emulator/restClient.js';
import { harbourFolder } from './source/harbourRules.js';

const program = 'Harbour Rewards';

type Fields = Readonly<Record<string, string | number>>;

/** What a member has. What is left out is nothing, and the tier of everybody at first. */
interface Expected {
  readonly points: number;
  readonly crew: number;
  readonly cups: number;
  readonly tier?: string;
  readonly progress?: number;
  readonly pier?: number;
  readonly badges?: number;
  readonly notes?: number;
  /** Definition, face value and status. */
  readonly vouchers?: readonly string[];
}

/** A local org with the program of the fixture, and a clock that shows the day of each journal. */
export class HarbourMonth implements AsyncDisposable {
  /** What the rules did for each journal in real time, and what a simulation before it said. */
  readonly traces: ProcessTrace[] = [];
  readonly simulated: ProcessTrace[] = [];
  readonly #org: Emulator;
  readonly #time: { now: number };

  private constructor(org: Emulator, time: { now: number }) {
    this.#org = org;
    this.#time = time;
  }

  /** @param folder with the rules, and what answers for them */
  static async begin(folder = harbourFolder): Promise<HarbourMonth> {
    const time = { now: Date.parse('2026-08-01T08:00:00Z') };
    const { definition } = await readDefinition(join(harbourFolder, 'program.yml'));
    const org = await Emulator.start({
      source: folder,
      clock: { now: () => time.now, sleep: () => Promise.resolve() },
      settings: { allowNegativeBalance: true, tierFollowsBalance: false },
      seed: async ({ url }) => {
        const client = await LoyaltyClient.connect({ instanceUrl: url, clientId: 'test', clientSecret: 'none' });
        await createProgram(client, definition);
      },
    });
    const month = new HarbourMonth(org, time);
    org.store.insert('Product2', { Name: 'Sencha', ProductCode: 'TEA-01' });
    return month;
  }

  /** Simulates a journal, which changes nothing, and then runs it. */
  does(day: string, number: string, fields: Fields): void {
    const moment = `${day}T12:00:00Z`;
    this.#time.now = Date.parse(moment);
    const journal = { MembershipNumber: number, JournalTypeName: 'Accrual', ActivityDate: moment, ...fields };
    const before = this.#everything();
    const simulated = this.#org.explain(program, [journal]);
    expect(this.#everything(), `${day}, ${number}: the simulation`).to.equal(before);
    const { failure, traces } = this.#org.explain(program, [journal], true);
    expect([failure, simulated.failure], `${day}, ${number}`).to.deep.equal([undefined, undefined]);
    this.simulated.push(...simulated.traces);
    this.traces.push(...traces);
  }

  buys(day: string, number: string, TransactionAmount: number, more: Fields = {}): void {
    this.does(day, number, { JournalSubTypeName: 'Purchase', TransactionAmount, Brand: 'Harbour', ...more });
  }

  returns(day: string, number: string, amount: number, more: Fields): void {
    this.does(day, number, { JournalSubTypeName: 'Return', TransactionAmount: -amount, ...more });
  }

  redeems(day: string, number: string, TransactionAmount: number, more: Fields = {}): void {
    this.does(day, number, { JournalTypeName: 'Redemption', TransactionAmount, ...more });
  }

  /** Points expire by a batch job over a Pending journal. */
  async expires(day: string, number: string): Promise<void> {
    const { store } = this.#org;
    const ActivityDate = `${day}T12:00:00Z`;
    this.#time.now = Date.parse(ActivityDate);
    const JournalTypeId = store.first('JournalType', { Name: 'Points Expiration' })?.Id ?? null;
    const parents = { JournalTypeId, MemberId: this.member(number).Id, LoyaltyProgramId: this.#programId };
    const id = store.insert('TransactionJournal', { ActivityDate, ...parents, Status: 'Pending' });
    const api = new RestClient(this.#org);
    await api.post('/actions/custom/batchJobAction/Process_Transaction_Journals', { inputs: [{}] });
    while (store.get('TransactionJournal', id)?.['Status'] === 'Pending')
      await api.query('SELECT Status FROM BatchJob LIMIT 1');
  }

  /** Calls a process by its name. @returns its results */
  async calls(process: string, parameters: Readonly<Record<string, unknown>>): Promise<unknown> {
    const path = `/connect/loyalty/programs/${encodeURIComponent(program)}/program-processes/${process}`;
    const { body } = await new RestClient(this.#org).post(path, { processParameters: [parameters] });
    expect(body).to.include({ status: true, message: null });
    return body.outputParameters.outputParameters.results;
  }

  joins(number: string, promotion: string): void {
    const PromotionId = this.#named('Promotion', promotion).Id;
    const values = { LoyaltyProgramMemberId: this.member(number).Id, PromotionId, IsEnrollmentActive: true };
    this.#org.store.insert('LoyaltyProgramMbrPromotion', values, { as: 'org' });
  }

  hasCups(number: string, cups: number): void {
    const values = {
      LoyaltyProgramMemberId: this.member(number).Id,
      LoyaltyPgmEngmtAttributeId: this.#named('LoyaltyPgmEngmtAttribute', 'Cups').Id,
      ...{ CurrentValue: String(cups), StartDate: '2026-08-01' },
    };
    this.#org.store.insert('LoyaltyPgmMbrAttributeVal', values, { as: 'org' });
  }

  becomes(number: string, MemberStatus: string): void {
    this.#org.store.update('LoyaltyProgramMember', this.member(number).Id, { MemberStatus });
  }

  expect(number: string, { tier, vouchers = [], ...wanted }: Expected): void {
    const nothing = { progress: 0, pier: 0, badges: 0, notes: 0 };
    expect(this.stateOf(number)).to.deep.equal({ ...nothing, ...wanted, tier: tier ?? 'Bronze', vouchers });
  }

  stateOf(number: string): Required<Expected> {
    const { store } = this.#org;
    const { Id } = this.member(number);
    const state = caseState(store, Id);
    const { attributes, balances } = state;
    return {
      points: balances.get('Harbour Points') ?? 0,
      crew: balances.get('Crew Points') ?? 0,
      cups: attributes.get('Cups') ?? 0,
      pier: attributes.get('Pier Visits') ?? 0,
      progress: state.progress.get('Ten Cups') ?? 0,
      badges: store.count('LoyaltyProgramMemberBadge', { LoyaltyProgramMemberId: Id }),
      notes: store.count('Return_Note__c', { Member__c: Id }),
      tier: state.tiers.join(),
      vouchers: state.vouchers.map(({ definition, faceValue, status }) => `${definition} ${faceValue} ${status}`),
    };
  }

  member(MembershipNumber: string): SObjectRow {
    return this.#found(this.#org.store.first('LoyaltyProgramMember', { MembershipNumber }));
  }

  contact(number: string): SObjectRow {
    return this.#found(this.#org.store.get('Contact', String(this.member(number)['ContactId'])));
  }

  product(ProductCode: string): string {
    return this.#found(this.#org.store.first('Product2', { ProductCode })).Id;
  }

  get pier(): string {
    return this.#named('LoyaltyProgramPartner', 'Pier Kiosk').Id;
  }

  get #programId(): string {
    return this.#named('LoyaltyProgram', program).Id;
  }

  #named(objectName: string, Name: string): SObjectRow {
    return this.#found(this.#org.store.first(objectName, { Name }));
  }

  #found(row: SObjectRow | undefined): SObjectRow {
    if (!row) throw new Error('The record does not exist.');
    return row;
  }

  #everything(): string {
    const { db } = this.#org.store;
    const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all();
    return JSON.stringify(tables.map(({ name }) => [name, db.prepare(`SELECT * FROM "${String(name)}"`).all()]));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#org.stop();
  }
}
