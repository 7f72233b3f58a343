import { creditPointsAction } from '../contract/actions/pointsActions.js';
import { changeTierAction } from '../contract/actions/tierActions.js';
import type { TransactionJournalInput } from '../contract/endpoints/realtimeEndpoints.js';
import { LoyaltyClient } from '../client/index.js';
import { Emulator, runPointsJobs } from '../emulator/index.js';
import type { EmulatorOptions, ExplainedTransactions, Store } from '../emulator/index.js';
import { createProgram } from '../program/index.js';
import type { ProgramDefinition } from '../program/index.js';
import type { Given } from './caseShapes.js';
import { giveMember } from './giveMember.js';

export interface CaseOrgOptions extends Pick<EmulatorOptions, 'flows' | 'answerFlowsEmpty' | 'rules'> {
  readonly definition: ProgramDefinition;
  /** Source folders with the rules. */
  readonly source: string | readonly string[];
}

/** The member of a case. */
export interface CaseMember {
  readonly id: string;
  readonly number: string;
}

/** Before any day of a case. */
const start = Date.parse('2000-01-01T00:00:00Z');

/** A local org with a program, its rules, and a clock that shows the day of what happens. Each case has a member. */
export class CaseOrg implements AsyncDisposable {
  readonly #org: Emulator;
  readonly #client: LoyaltyClient;
  readonly #definition: ProgramDefinition;
  readonly #time: { now: number };
  #members = 0;

  private constructor(org: Emulator, client: LoyaltyClient, definition: ProgramDefinition, time: { now: number }) {
    this.#org = org;
    this.#client = client;
    this.#definition = definition;
    this.#time = time;
  }

  /** @throws {RulesSourceError | SourceError | ProgramCreationError} */
  static async start({ definition, source, flows, answerFlowsEmpty, rules }: CaseOrgOptions): Promise<CaseOrg> {
    const time = { now: start };
    const clock = { now: () => time.now, sleep: () => Promise.resolve() };
    // Whether a balance can go below zero is up to the currency then.
    const allowNegativeBalance = definition.currencies.some((currency) => currency.allowNegativeBalance);
    const org = await Emulator.start({
      source,
      ...(flows && { flows }),
      ...(answerFlowsEmpty !== undefined && { answerFlowsEmpty }),
      ...(rules && { rules }),
      ...{ clock, settings: { allowNegativeBalance } },
      seed: async ({ url }) => {
        await createProgram(await connected(url), { ...definition, members: [] });
      },
    });
    return new CaseOrg(org, await connected(org.url), definition, time);
  }

  get #program(): string {
    return this.#definition.name;
  }

  get store(): Store {
    return this.#org.store;
  }

  /** Enrolls the member of a case, with all that it has before the first journal. */
  async member(given: Given, day: string): Promise<CaseMember> {
    this.setDay(day);
    const number = `CASE-${++this.#members}`;
    const names = { firstName: 'Case', lastName: String(this.#members), email: `case${this.#members}@example.com` };
    await this.#client.members.enroll(this.#program, {
      ...{ membershipNumber: number, enrollmentDate: `${day}T00:00:00`, memberStatus: 'Active' },
      associatedContactDetails: names,
    });
    const row = this.store.first('LoyaltyProgramMember', { MembershipNumber: number });
    if (!row) throw new Error(`The member ${number} was not enrolled.`);
    const member = { id: row.Id, number };
    for (const [currency, points] of Object.entries(given.balances))
      await this.#credit(member, day, { currency, points });
    if (given.tier !== undefined) await this.#moveTo(given.tier, member);
    giveMember(this.store, { memberId: row.Id, program: this.#program, day }, given);
    return member;
  }

  async #moveTo(tier: string, { id }: CaseMember): Promise<void> {
    const group = this.#definition.tierGroups.find(({ tiers }) => tiers.some(({ name }) => name === tier));
    await this.#client.actions.run(changeTierAction, {
      ...{ LoyaltyProgramMemberId: id, ProgramName: this.#program, TargetTierName: tier },
      TierGroupName: group?.name ?? '',
    });
  }

  /** Credits points for a journal that no process runs. */
  async #credit({ id }: CaseMember, day: string, given: { readonly currency: string; readonly points: number }) {
    const { store } = this;
    const journal = store.insert('TransactionJournal', {
      MemberId: id,
      ActivityDate: `${day}T00:00:00Z`,
      JournalTypeId: store.first('JournalType', { Name: 'Accrual' })?.Id ?? null,
      LoyaltyProgramId: store.first('LoyaltyProgram', { Name: this.#program })?.Id ?? null,
      Status: 'Processed',
    });
    await this.#client.actions.run(creditPointsAction, {
      ...{ JournalId: journal, LoyaltyProgramMemberId: id, Points: given.points },
      ...{ ProgramCurrencyName: given.currency, ProgramName: this.#program },
    });
  }

  /** Runs the rules for the journals of one request, and keeps what they do. */
  run(journals: readonly TransactionJournalInput[], moment: string): ExplainedTransactions {
    this.#time.now = Date.parse(moment);
    return this.#org.explain(this.#program, journals, true);
  }

  /** Runs the jobs by which points and tiers age. */
  async age(day: string): Promise<void> {
    this.setDay(day);
    await runPointsJobs(this.#org.url);
  }

  setDay(day: string): void {
    this.#time.now = Date.parse(`${day}T12:00:00Z`);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#org[Symbol.asyncDispose]();
  }
}

function connected(instanceUrl: string): Promise<LoyaltyClient> {
  return LoyaltyClient.connect({ instanceUrl, clientId: 'cases', clientSecret: 'none' });
}
