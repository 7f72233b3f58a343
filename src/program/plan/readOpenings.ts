import { z } from 'zod';
import { inLists } from '../../client/index.js';
import type { ProgramClient } from '../programClient.js';
import type { OpeningBalance } from './openingBalance.js';

/** The journal of an opening balance. */
export interface OpeningJournal {
  readonly id: string;
  /** Whether the ledger has a row of it. */
  readonly isCredited: boolean;
  /** The points that its rows of the ledger credited. */
  readonly points: number;
  /** Milliseconds since the epoch. */
  readonly touched: number;
}

const JournalRow = z.object({ Id: z.string(), ExternalTransactionNumber: z.string(), LastModifiedDate: z.string() });
const LedgerRow = z.object({
  TransactionJournalId: z.string(),
  EventType: z.string().nullish(),
  Points: z.number().nullish(),
});

/** Reads the journals of opening balances by their keys, and whether each has moved points. */
export async function readOpenings(
  { query }: Pick<ProgramClient, 'query'>,
  balances: readonly Pick<OpeningBalance, 'key'>[],
): Promise<ReadonlyMap<string, OpeningJournal>> {
  const journals: z.infer<typeof JournalRow>[] = [];
  const credited = new Map<string, number>();
  for (const list of inLists(balances.map(({ key }) => key))) {
    const fields = Object.keys(JournalRow.shape).join(', ');
    // The newest comes first, so that the oldest of several stays in the map.
    const soql = `SELECT ${fields} FROM TransactionJournal WHERE ExternalTransactionNumber IN ${list} ORDER BY CreatedDate DESC, Id DESC`;
    journals.push(...(await query.allRows(soql, JournalRow)));
  }
  for (const list of inLists(journals.map(({ Id }) => Id))) {
    const soql = `SELECT TransactionJournalId, EventType, Points FROM LoyaltyLedger WHERE TransactionJournalId IN ${list}`;
    for (const { TransactionJournalId: id, EventType, Points } of await query.allRows(soql, LedgerRow)) {
      const points = EventType === 'Credit' ? (Points ?? 0) : 0;
      credited.set(id, (credited.get(id) ?? 0) + points);
    }
  }
  return new Map(
    journals.map(({ Id, ExternalTransactionNumber: key, LastModifiedDate }) => {
      const touched = Date.parse(LastModifiedDate.replace(/\+0000$/, 'Z'));
      return [key, { id: Id, isCredited: credited.has(Id), points: credited.get(Id) ?? 0, touched }];
    }),
  );
}
