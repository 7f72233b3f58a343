import { z } from 'zod';
import { ledgerSum, LoyaltyApiError, soqlText } from '../../client/index.js';
import type { JournalRow, LoyaltyClient } from '../../client/index.js';
import { KeyConflictError } from './keyedCall.js';
import { journalOwnership } from './numberedJournals.js';

export interface WantedMovement {
  readonly key: string;
  /** The key as written in ExternalTransactionNumber. */
  readonly number: string;
  readonly program: string;
  /** Membership number. */
  readonly member: string;
  /** Negative for a debit. */
  readonly points: number;
}

/**
 * Tells whether the org holds a journal of this credit or debit. The number of a journal is not unique and anybody can write
 * one, so the program and the member are compared, and the points if the ledger can be read.
 *
 * A failed journal has moved nothing. If it belongs to another member, the key is taken all the same.
 *
 * @throws {KeyConflictError} for a key under which the org holds something else
 */
export async function findMovement(client: LoyaltyClient, wanted: WantedMovement): Promise<boolean> {
  const journals = await client.journals.findByExternalNumbers([wanted.number]);
  if (journals.length === 0) return false;
  const isOwn = await journalOwnership(client, wanted);
  const other = journals.find((journal) => !isOwn(journal));
  const own = journals.filter((journal) => isOwn(journal) && journal.Status !== 'Error');
  if (own.length === 0 && !other) return false;
  if (own.length === 0 && other) throw new KeyConflictError(wanted.key, inWords(other));
  const moved = await movedPoints(client, own);
  if (moved.sums.length === 0 || isMoved(moved, wanted.points)) return true;
  throw new KeyConflictError(wanted.key, own.map((journal) => inWords(journal, moved.sums)).join(', '));
}

const LedgerRow = z.object({
  Points: z.number().nullable(),
  EventType: z.string().nullable(),
  TransactionJournalId: z.string().nullable(),
  LoyaltyProgramCurrencyId: z.string().nullable(),
});

/** According to the ledger; debits are negative. Empty if the ledger has none, or this user cannot read it. */
interface MovedByLedger {
  /** Of each journal in each currency: a debit can have a row for each credit that it uses. */
  readonly sums: readonly number[];
  readonly rows: readonly number[];
}

/** A credit can have rows of promotions beside it. */
function isMoved({ sums, rows }: MovedByLedger, points: number): boolean {
  return sums.includes(points) || (points > 0 && rows.includes(points));
}

async function movedPoints(client: LoyaltyClient, journals: readonly JournalRow[]): Promise<MovedByLedger> {
  const ids = journals.map(({ Id }) => soqlText(Id)).join(', ');
  const soql =
    'SELECT Points, EventType, TransactionJournalId, LoyaltyProgramCurrencyId FROM LoyaltyLedger ' +
    `WHERE EventType IN ('Credit', 'Debit') AND Points != NULL AND TransactionJournalId IN (${ids})`;
  try {
    const rows = await client.query.allRows(soql, LedgerRow);
    const ofOne = Map.groupBy(rows, (row) => `${row.TransactionJournalId} ${row.LoyaltyProgramCurrencyId}`);
    const sums = [...ofOne.values()].map((own) => ledgerSum(own).toNumber());
    return { sums, rows: rows.map((row) => ledgerSum([row]).toNumber()) };
  } catch (error) {
    if (error instanceof LoyaltyApiError && [400, 403].includes(error.status)) return { sums: [], rows: [] };
    throw error;
  }
}

function inWords({ Id, MemberId, LoyaltyProgramId, Status }: JournalRow, points: readonly number[] = []): string {
  const amount = points.length > 0 ? `, with ${pointsInWords(points)}` : '';
  const owner = `member ${MemberId ?? '(none)'} in program ${LoyaltyProgramId ?? '(none)'}`;
  return `the journal ${Id} of ${owner}${amount} (${Status ?? 'no status'})`;
}

function pointsInWords(points: readonly number[]): string {
  return points.length === 1 && points[0] === 1 ? '1 point' : `${points.join(' and ')} points`;
}
