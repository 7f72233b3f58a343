import { setImmediate } from 'node:timers/promises';
import { isSameId } from '../../base/sameId.js';
import { LoyaltyApiError } from '../../client/index.js';
import type { JournalRow, LoyaltyClient } from '../../client/index.js';
import { edgesOf, journalTarget, transactionsOf } from '../../feed/index.js';
import type { Feed } from '../../feed/index.js';
import type { Outbox } from '../../outbox/index.js';
import { contentHash, externalTransactionNumber, routeInputs, sourcePrefix } from '../../transaction.js';
import type { OrgFacts } from '../preflight.js';
import type { FedTransaction } from './comparedSides.js';
import type { ComparisonTable } from './comparisonTable.js';

/** What is read into a comparison, and who hears how far it is. */
export interface Filling {
  readonly table: ComparisonTable;
  readonly facts: OrgFacts;
  readonly signal?: AbortSignal | undefined;
  readonly onRow: () => void;
}

/** Rows that are read before anything else of this process may go on, such as its timers. */
const rowsAtOnce = 1000;

/** Reads the feeds. Rows that are no transactions are differences by themselves. */
export async function fillFromFeeds(feeds: readonly Feed[], { table, facts, signal, onRow }: Filling): Promise<void> {
  const target = journalTarget(facts.describe, { inputs: routeInputs });
  let id = 0;
  for (const [index, feed] of feeds.entries()) {
    feed.check?.(target);
    const acceptsRepeats = feed.repeats === 'accept';
    for await (const { entries } of feed.read({ endedGroups: table.groupsOf(index), target, signal })) {
      for (const entry of entries) {
        onRow();
        const place = { feed: feed.name, line: entry.line };
        const edges = edgesOf(entry);
        if (entry.kind === 'rejection') table.addRejected({ ...place, message: entry.rejection.message });
        for (const transaction of transactionsOf(entry)) {
          id += 1;
          const said: FedTransaction = {
            ...transaction,
            content: contentHash(transaction),
            ...place,
            edges,
            acceptsRepeats,
          };
          table.add('feed', externalTransactionNumber(transaction.key, facts.numberLength), { id, said });
        }
      }
      await setImmediate();
    }
    signal?.throwIfAborted();
  }
}

/**
 * Reads the outbox, or what one run of it had. Must happen before the org is read: whatever is done by then is in the
 * org.
 */
export async function fillFromOutbox(
  outbox: Outbox,
  { table, facts, signal, onRow }: Filling,
  run?: string,
): Promise<void> {
  let row = 0;
  for (const known of outbox.transactions(run)) {
    row += 1;
    onRow();
    table.add('outbox', externalTransactionNumber(known.key, facts.numberLength), { id: row, said: known });
    if (row % rowsAtOnce !== 0) continue;
    await setImmediate();
    signal?.throwIfAborted();
  }
}

/** Reads the journals of these sources from the org: 2,000 of them are one call. */
export async function fillFromOrg(
  client: LoyaltyClient,
  sources: readonly string[],
  { table, facts, signal, onRow }: Filling,
): Promise<void> {
  for (const source of sources) {
    const prefix = sourcePrefix(source, facts.numberLength);
    for await (const journal of journalsOf(client, prefix, { facts, signal })) {
      // The org's LIKE ignores case, and another program may use the same numbers.
      if (!journal.ExternalTransactionNumber.startsWith(prefix) || !isOfProgram(journal, facts)) continue;
      onRow();
      table.add('org', journal.ExternalTransactionNumber, { id: journal.Id, said: journal });
    }
    signal?.throwIfAborted();
  }
}

/** Goes on after the last Id if the org has given the query up, as it does with one that is open for long. */
async function* journalsOf(
  client: LoyaltyClient,
  prefix: string,
  { facts, signal }: Pick<Filling, 'facts' | 'signal'>,
): AsyncGenerator<JournalRow, void, void> {
  const source = {
    programId: facts.programId,
    prefix,
    withoutRelated: facts.content.field('RelatedJournalId') !== undefined,
  };
  const options = { fields: facts.content.paths, ...(signal && { signal }) };
  let after: string | undefined;
  for (;;) {
    const begunAfter: string | undefined = after;
    try {
      for await (const journal of client.journals.allOfSource(source, { ...options, after })) {
        yield journal;
        after = journal.Id;
      }
      return;
    } catch (error) {
      const isGivenUp = error instanceof LoyaltyApiError && error.errorCode === 'INVALID_QUERY_LOCATOR';
      if (!isGivenUp || after === begunAfter) throw error;
    }
  }
}

/** Whether the journal is of this program. Another program of the org may use the same numbers. */
export function isOfProgram({ LoyaltyProgramId }: JournalRow, { programId }: OrgFacts): boolean {
  return LoyaltyProgramId === null || isSameId(LoyaltyProgramId, programId);
}
