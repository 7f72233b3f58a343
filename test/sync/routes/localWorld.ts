import { expect } from 'chai';
import { seededRandom } from '../../../src/base/random.js';
import { LoyaltyClient } from '../../../src/client/index.js';
import type { HttpConnection, HttpRequest } from '../../../src/client/index.js';
import type { HttpAnswer } from '../../../src/client/failures/httpAnswer.js';
import { exchange } from '../../../src/client/transport/exchange.js';
import type { EmulatorOptions } from '../../../src/emulator/index.js';
import { SqliteOutbox, resumeSync, retrySync, startSync, verifySync } from '../../../src/sync/index.js';
import type { Difference, RetryOptions, StartOptions, SyncReport, VerifiedSync } from '../../../src/sync/index.js';
import type { Transaction } from '../../../src/transaction.js';
import { ExampleOrg, programName } from '../../emulator/loyalty/exampleProgram.js';
import { VirtualClock } from '../../support/virtualClock.js';
import { arrayFeed, source } from '../org/arrayFeed.js';
import { Life } from '../org/life.js';

const fields = { TransactionJournal: ['MemberId'], LoyaltyLedger: ['TransactionJournalId', 'LoyaltyProgramMemberId'] };

/** A local org, and a sync of purchases into it whose waits take no time. */
export class LocalWorld implements AsyncDisposable {
  readonly clock = new VirtualClock();
  readonly outbox = SqliteOutbox.inMemory({ clock: this.clock });
  /** Called before each request. What it throws is what the sync gets instead of an answer. */
  beforeCall: (request: HttpRequest) => void = () => undefined;

  private constructor(
    readonly org: ExampleOrg,
    public rows: readonly Transaction[],
  ) {}

  static async open(rows: readonly Transaction[], options: EmulatorOptions = {}): Promise<LocalWorld> {
    const org = await ExampleOrg.start({
      ...{ effects: { fields }, settings: { allowNegativeBalance: true } },
      ...options,
    });
    const world = new LocalWorld(org, rows);
    for (const MembershipNumber of new Set(rows.map(({ member }) => member))) {
      const member = { ProgramId: org.program.id, MembershipNumber, MemberStatus: 'Active', MemberType: 'Individual' };
      org.emulator.store.insert('LoyaltyProgramMember', { ...member, EnrollmentDate: '2020-01-01' });
    }
    org.emulator.requests.reset();
    return world;
  }

  /** Makes the processes of the org run in batch jobs, too. */
  runInBatches(): void {
    const { store } = this.org.emulator;
    for (const { Id } of store.find('LoyaltyProgramProcess', {})) {
      store.update('LoyaltyProgramProcess', Id, { ExecutionType: 'BatchAndRealTime' }, { as: 'org' });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.outbox.close();
    await this.org[Symbol.asyncDispose]();
  }

  start(options: Partial<StartOptions> = {}, life = new Life()): Promise<SyncReport> {
    return startSync(this.options(options, life));
  }

  async resume(options: Partial<StartOptions> = {}, life = new Life()): Promise<SyncReport> {
    const run = await this.outbox.runs.find();
    return resumeSync({ ...this.options(options, life), run: run?.id ?? 'none' });
  }

  retry(options: Partial<RetryOptions> = {}): Promise<SyncReport> {
    return retrySync({ ...this.options(options, new Life()), ...options });
  }

  /** Compares outbox and org. */
  async verify(): Promise<{ readonly differences: readonly Difference[]; readonly verified: VerifiedSync }> {
    const { client, program, outbox } = this.options({}, new Life());
    const found = verifySync({ client, program, outbox });
    const differences: Difference[] = [];
    for (;;) {
      const next = await found.next();
      if (next.done === true) return { differences, verified: next.value };
      differences.push(next.value);
    }
  }

  /** Starts, or goes on if a run has begun. */
  async goOn(options: Partial<StartOptions> = {}, life = new Life()): Promise<SyncReport> {
    return (await this.outbox.runs.find()) ? this.resume(options, life) : this.start(options, life);
  }

  options(options: Partial<StartOptions>, life: Life): StartOptions {
    return {
      client: new LoyaltyClient(this.#connection(life)),
      program: programName,
      outbox: life.outbox(this.outbox),
      source,
      feeds: [arrayFeed(this.rows)],
      clock: life.clock(this.clock),
      random: seededRandom(7),
      ...options,
    };
  }

  #connection(life: Life): HttpConnection {
    const { emulator } = this.org;
    return {
      instanceUrl: emulator.url,
      version: '66.0',
      exchange: async (request: HttpRequest): Promise<HttpAnswer> => {
        await life.moment('before a call');
        this.beforeCall(request);
        const headers = { ...request.headers, authorization: `Bearer ${emulator.accessToken}` };
        const answering = exchange({ ...request, headers }, { timeout: 10_000 });
        // If the process dies now, nobody awaits this.
        answering.catch(() => undefined);
        await life.moment('after a call left');
        return life.receive(answering);
      },
    };
  }

  /** A run whose feed has purchases of a member whom the org does not have. */
  async enrollsOnTheWay(options: Partial<StartOptions>): Promise<void> {
    const enrollment = { associatedContactDetails: { lastName: 'New' } };
    const more = [sale(11, 'N1'), sale(12, 'N1'), sale(13, 'A1')].map((row) => ({ ...row, enrollment }));
    const all = [...this.rows, ...more];
    const report = await this.start({ ...options, feeds: [arrayFeed(all)], unknownMembers: 'enroll' });
    expect(report.counts.items).to.include({ done: all.length, refused: 0 });
    expect(report.members?.records.map(({ member, state }) => [member, state])).to.deep.equal([['N1', 'enrolled']]);
    await this.expectExactlyOnce(all);
  }

  /** What the org has: the number of ledger rows of each journal by its number, in the order in which they were run. */
  async effects(): Promise<ReadonlyMap<string, { readonly member: string; readonly ledgers: number }>> {
    const { emulator } = this.org;
    await emulator.faults.settled();
    const numbers = new Map(
      emulator.store.find('TransactionJournal', {}).map((row) => [row.Id, String(row['ExternalTransactionNumber'])]),
    );
    const effects = new Map<string, { member: string; ledgers: number }>();
    for (const { object, operation, fields: written } of emulator.effects) {
      if (object !== 'LoyaltyLedger' || operation !== 'insert') continue;
      const number = numbers.get(String(written['TransactionJournalId'])) ?? 'unknown';
      const member = String(written['LoyaltyProgramMemberId']);
      const { ledgers } = effects.get(number) ?? { ledgers: 0 };
      effects.set(number, { member, ledgers: ledgers + 1 });
    }
    return effects;
  }

  /** Every purchase has one journal, which has run once, and each member's were run in the order of the feed. */
  async expectExactlyOnce(rows = this.rows, { inOrder = true } = {}): Promise<void> {
    const journals = this.org.emulator.store.find('TransactionJournal', {});
    expect(journals.map((row) => row['ExternalTransactionNumber']).sort()).to.deep.equal(
      rows.map(({ key }) => key).sort(),
    );
    expect(new Set(journals.map((row) => row['Status'])), 'states').to.deep.equal(new Set(['Processed']));
    const effects = await this.effects();
    expect(new Set([...effects.values()].map(({ ledgers }) => ledgers)), 'ledger rows').to.deep.equal(new Set([2]));
    if (!inOrder) return;
    const ran = Map.groupBy(effects, ([, { member }]) => member);
    const orders = [...ran.values()].map((each) => each.map(([number]) => number).join(' '));
    const wanted = [...Map.groupBy(rows, ({ member }) => member).values()].map((each) =>
      each.map(({ key }) => key).join(' '),
    );
    expect(orders.sort()).to.deep.equal(wanted.sort());
  }
}

/** Like `purchases` of the other tests, without the field that only their org has. */
export function sales(count: number, members: readonly string[]): Transaction[] {
  return Array.from({ length: count }, (_, index) => sale(index + 1, members[index % members.length] ?? ''));
}

export function sale(number: number, member: string, more: Transaction['journal'] = {}): Transaction {
  const journal = { ActivityDate: '2026-04-03T08:00:00Z', JournalTypeName: 'Accrual', TransactionAmount: '3.00' };
  return { key: `${source}:${number}`, member, journal: { ...journal, ...more } };
}
