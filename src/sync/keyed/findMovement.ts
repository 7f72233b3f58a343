import type { JournalRow, LoyaltyClient } from '../../client/index.js';
import { KeyConflictError } from './keyedCall.js';
import { isMoved, movedByLedger } from '../traces/movedByLedger.js';
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
  const ids = own.map(({ Id }) => Id);
  const moved = [...(await movedByLedger(client, ids)).values()];
  const sums = moved.flatMap((each) => each.sums);
  if (sums.length === 0 || moved.some((each) => isMoved(each, wanted.points))) return true;
  throw new KeyConflictError(wanted.key, own.map((journal) => inWords(journal, sums)).join(', '));
}

function inWords({ Id, MemberId, LoyaltyProgramId, Status }: JournalRow, points: readonly number[] = []): string {
  const amount = points.length > 0 ? `, with ${pointsInWords(points)}` : '';
  const owner = `member ${MemberId ?? '(none)'} in program ${LoyaltyProgramId ?? '(none)'}`;
  return `the journal ${Id} of ${owner}${amount} (${Status ?? 'no status'})`;
}

function pointsInWords(points: readonly number[]): string {
  return points.length === 1 && points[0] === 1 ? '1 point' : `${points.join(' and ')} points`;
}
