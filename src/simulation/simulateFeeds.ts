import type { TransactionJournalInput } from '../client/index.js';
import { endedGroupsInMemory, journalTarget, transactionsOf } from '../feed/index.js';
import type { Feed, Rejection } from '../feed/index.js';
import { explainProcess } from '../rules/index.js';
import type { ExplainedProcess } from '../rules/index.js';
import type { Transaction } from '../transaction.js';
import { FeedMembers } from './feedMembers.js';
import { memberChange } from './memberChange.js';
import type { MemberChange } from './memberChange.js';
import { memberState } from './memberStates.js';
import type { SimulatedOrg } from './simulatedOrg.js';

/** A transaction of a feed, and what the rules did with it. */
export interface SimulatedTransaction {
  readonly file: string;
  readonly line: number;
  readonly transaction: Transaction;
  /** Undefined if the org refused the request before any rule. */
  readonly explained: ExplainedProcess | undefined;
  /** Why the request failed. Then the org has kept nothing of it. */
  readonly failure: string | undefined;
}

export interface FeedSimulationOptions {
  readonly feeds: readonly Feed[];
  /** Transactions in a request. Default 1. */
  readonly batchSize?: number | undefined;
  /** Most rows of each feed. */
  readonly limit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called for each transaction, in the order of the feeds. */
  readonly onTransaction: (simulated: SimulatedTransaction) => void;
}

export interface FeedSimulation {
  readonly rejections: readonly Rejection[];
  /** Transactions whose key an earlier one has. A sync does not send them. */
  readonly repeated: number;
  /** Members who were not in the program. */
  readonly enrolled: number;
  /** Every member of the feeds, in their order. */
  readonly members: readonly MemberChange[];
}

interface ReadTransaction {
  readonly file: string;
  readonly line: number;
  readonly transaction: Transaction;
}

/**
 * Runs the transactions of feeds through the rules of a program in a local org, which keeps what they do.
 * @throws {FeedError | LoyaltyApiError}
 */
export async function simulateFeeds(
  { org, client, program }: SimulatedOrg,
  { batchSize = 1, onTransaction, signal, ...reading }: FeedSimulationOptions,
): Promise<FeedSimulation> {
  const members = new FeedMembers({ store: org.store, client, program });
  const target = journalTarget(await client.sobjects.describe('TransactionJournal'));
  const rejections: Rejection[] = [];
  const keys = new Set<string>();
  let repeated = 0;
  let batch: ReadTransaction[] = [];
  const send = async (): Promise<void> => {
    const sent = batch;
    batch = [];
    for (const { transaction } of sent) await members.meet(transaction);
    const { traces, failure } = org.explain(program, sent.map(journalOf), true);
    sent.forEach((each, index) => {
      const trace = traces[index];
      onTransaction({ ...each, explained: trace && explainProcess(trace), failure });
    });
  };
  const add = async (read: ReadTransaction): Promise<void> => {
    const { key } = read.transaction;
    if (keys.has(key)) repeated++;
    else batch.push(read);
    keys.add(key);
    if (batch.length >= batchSize) await send();
  };
  for (const feed of reading.feeds) {
    feed.check?.(target);
    for await (const { entries } of feed.read({
      endedGroups: endedGroupsInMemory(),
      target,
      signal,
      limit: reading.limit,
    })) {
      for (const entry of entries) {
        if (entry.kind === 'rejection') rejections.push(entry.rejection);
        for (const transaction of transactionsOf(entry)) await add({ file: feed.name, line: entry.line, transaction });
      }
    }
  }
  if (batch.length > 0) await send();
  const changes = members
    .all()
    .map(({ number, id, before }) => memberChange(number, before, memberState(org.store, id)));
  return { rejections, repeated, enrolled: members.enrolled, members: changes };
}

function journalOf({ transaction: { key, member, journal } }: ReadTransaction): TransactionJournalInput {
  return { ...journal, MembershipNumber: member, ExternalTransactionNumber: key } as TransactionJournalInput;
}
