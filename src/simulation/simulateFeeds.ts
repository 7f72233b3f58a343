import { setImmediate } from 'node:timers/promises';
import { LoyaltyApiError } from '../client/index.js';
import type { TransactionJournalInput } from '../client/index.js';
import type { ExplainedTransactions } from '../emulator/index.js';
import { endedGroupsInMemory, journalTarget, transactionsOf } from '../feed/index.js';
import type { Feed, Rejection } from '../feed/index.js';
import { explainProcess } from '../rules/index.js';
import type { ExplainedProcess } from '../rules/index.js';
import type { Transaction } from '../transaction.js';
import { MembersOfFeed } from './membersOfFeed.js';
import { memberChange } from './memberChange.js';
import type { MemberChange } from './memberChange.js';
import { memberState } from './memberStates.js';
import type { MemberState } from './memberStates.js';
import type { SimulatedOrg } from './simulatedOrg.js';

/** A transaction of a feed, with its place. */
interface ReadTransaction {
  readonly file: string;
  readonly line: number;
  readonly transaction: Transaction;
}

/** A transaction of a feed, and what the rules did with it. */
export interface SimulatedTransaction extends ReadTransaction {
  /** Undefined if the org refused the request before any rule. */
  readonly explained: ExplainedProcess | undefined;
  /** Counted from 1. Transactions of one request have the same. */
  readonly request: number;
  /** Why the request failed. Then the org has kept nothing of it. */
  readonly failure: string | undefined;
}

export interface FeedSimulationOptions {
  readonly feeds: readonly Feed[];
  /** Transactions in a request. Default 1. */
  readonly batchSize?: number | undefined;
  /** Most rows of each feed. */
  readonly limit?: number | undefined;
  /** Ends the simulation early, between two requests. */
  readonly signal?: AbortSignal | undefined;
  /** Called for each member before its first transaction, with the day of that. */
  readonly onMember?: ((member: { readonly number: string; readonly id: string }, day: string) => void) | undefined;
  /** Called for each transaction, in the order of the feeds. */
  readonly onTransaction?: ((simulated: SimulatedTransaction) => void) | undefined;
}

export interface FeedSimulation {
  readonly rejections: readonly Rejection[];
  /** Transactions whose key an earlier one has. A sync does not send them. */
  readonly repeated: number;
  /** Members who were not in the program. */
  readonly enrolled: number;
  /** Every member of the feeds, in their order. */
  readonly members: readonly MemberChange[];
  /** What they have before their first transaction and at the end, in the same order. */
  readonly states: readonly MemberStates[];
}

export interface MemberStates {
  /** Membership number. */
  readonly member: string;
  readonly id: string;
  readonly before: MemberState;
  readonly after: MemberState;
}

/**
 * Runs the transactions of feeds through the rules of a program in a local org, which keeps what they do. Its clock shows
 * the activity date of each request, so that a month of last year ends as it would have ended then.
 * @throws {FeedError | LoyaltyApiError}
 */
export async function simulateFeeds(simulated: SimulatedOrg, options: FeedSimulationOptions): Promise<FeedSimulation> {
  const run = new FeedRun(simulated, options);
  for (const feed of options.feeds) await run.read(feed);
  return run.end();
}

class FeedRun {
  readonly #simulated: SimulatedOrg;
  readonly #options: FeedSimulationOptions;
  readonly #members: MembersOfFeed;
  readonly #rejections: Rejection[] = [];
  readonly #keys = new Set<string>();
  #repeated = 0;
  #requests = 0;
  #batch: ReadTransaction[] = [];

  constructor(simulated: SimulatedOrg, options: FeedSimulationOptions) {
    this.#simulated = simulated;
    this.#options = options;
    this.#members = new MembersOfFeed({ ...simulated, store: simulated.org.store, onMember: options.onMember });
  }

  async read(feed: Feed): Promise<void> {
    const { signal, limit } = this.#options;
    const target = journalTarget(await this.#simulated.client.sobjects.describe('TransactionJournal'));
    feed.check?.(target);
    for await (const { entries } of feed.read({ endedGroups: endedGroupsInMemory(), target, signal, limit })) {
      for (const entry of entries) {
        if (entry.kind === 'rejection') this.#rejections.push(entry.rejection);
        for (const transaction of transactionsOf(entry)) {
          await this.#add({ file: feed.name, line: entry.line, transaction });
          if (signal?.aborted) return;
        }
      }
    }
  }

  async end(): Promise<FeedSimulation> {
    await this.#send();
    const { store } = this.#simulated.org;
    const states = this.#members
      .all()
      .map(({ number, id, before }) => ({ member: number, id, before, after: memberState(store, id) }));
    const members = states.map(({ member, before, after }) => memberChange(member, before, after));
    const rows = { rejections: this.#rejections, repeated: this.#repeated };
    return { ...rows, enrolled: this.#members.enrolled, members, states };
  }

  async #add(read: ReadTransaction): Promise<void> {
    const { key } = read.transaction;
    if (this.#keys.has(key)) this.#repeated++;
    else this.#batch.push(read);
    this.#keys.add(key);
    if (this.#batch.length >= (this.#options.batchSize ?? 1)) await this.#send();
  }

  async #send(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    if (batch.length === 0) return;
    const times = batch.map(({ transaction }) => Date.parse(String(transaction.journal['ActivityDate'])));
    this.#simulated.setClock(Math.max(...times));
    // Nothing below waits for anything outside this process, so that no signal would be noticed for thousands of rows.
    await setImmediate();
    const { traces, failure } = await this.#run(batch);
    const request = (this.#requests += 1);
    batch.forEach((each, index) => {
      const trace = traces[index];
      this.#options.onTransaction?.({ ...each, request, explained: trace && explainProcess(trace), failure });
    });
  }

  /** A member whom the org refuses to enroll fails the request, as a refused journal does, and not the whole feed. */
  async #run(batch: readonly ReadTransaction[]): Promise<Pick<ExplainedTransactions, 'traces' | 'failure'>> {
    const { org, program } = this.#simulated;
    try {
      for (const { transaction } of batch) await this.#members.meet(transaction);
    } catch (error) {
      if (!(error instanceof LoyaltyApiError)) throw error;
      return { traces: [], failure: `the member cannot be enrolled: ${error.message}` };
    }
    return org.explain(program, batch.map(journalOf), true);
  }
}

function journalOf({ transaction: { key, member, journal } }: ReadTransaction): TransactionJournalInput {
  return { ...journal, MembershipNumber: member, ExternalTransactionNumber: key } as TransactionJournalInput;
}
