import { z } from 'zod';
import { isSameId } from '../../base/sameId.js';
import { LoyaltyApiError, soqlText } from '../../client/index.js';
import type { JournalRow, LoyaltyClient } from '../../client/index.js';
import { KeyConflictError } from './keyedCall.js';

export interface WantedCredit {
  readonly key: string;
  /** The key as written in ExternalTransactionNumber. */
  readonly number: string;
  readonly program: string;
  /** Membership number. */
  readonly member: string;
  readonly points: number;
}

/**
 * Tells whether the org holds a journal of this credit. The number of a journal is not unique and anybody can write
 * one, so the program and the member are compared, and the points if the ledger can be read.
 *
 * A failed journal has credited nothing. If it belongs to another member, the key is taken all the same.
 *
 * @throws {KeyConflictError} for a key under which the org holds something else
 */
export async function findCredit(client: LoyaltyClient, wanted: WantedCredit): Promise<boolean> {
  const journals = await client.journals.findByExternalNumbers([wanted.number]);
  if (journals.length === 0) return false;
  const isOwn = await ownership(client, wanted);
  const other = journals.find((journal) => !isOwn(journal));
  const own = journals.filter((journal) => isOwn(journal) && journal.Status !== 'Error');
  if (own.length === 0 && !other) return false;
  if (own.length === 0 && other) throw new KeyConflictError(wanted.key, inWords(other));
  const credited = await creditedPoints(client, own);
  if (credited.length === 0 || credited.includes(wanted.points)) return true;
  throw new KeyConflictError(wanted.key, own.map((journal) => inWords(journal, credited)).join(', '));
}

/**
 * Returns a function that tells whether a journal is of the wanted member and program. A journal that names neither
 * counts as one of them.
 */
async function ownership(
  client: LoyaltyClient,
  { program, member }: WantedCredit,
): Promise<(journal: JournalRow) => boolean> {
  const [owner, { Id: programId }] = await Promise.all([
    client.members.resolve(program, member),
    client.programs.get(program),
  ]);
  return ({ MemberId, LoyaltyProgramId }) =>
    (MemberId === null || isSameId(MemberId, owner?.Id)) &&
    (LoyaltyProgramId === null || isSameId(LoyaltyProgramId, programId));
}

const LedgerRow = z.object({ Points: z.number().nullable() });

/**
 * Returns the points that these journals have given according to the ledger. Empty if the ledger has none, or this user
 * cannot read it.
 */
async function creditedPoints(client: LoyaltyClient, journals: readonly JournalRow[]): Promise<number[]> {
  const ids = journals.map(({ Id }) => soqlText(Id)).join(', ');
  const soql = `SELECT Points FROM LoyaltyLedger WHERE EventType = 'Credit' AND TransactionJournalId IN (${ids})`;
  try {
    const rows = await client.query.allRows(soql, LedgerRow);
    return rows.flatMap(({ Points }) => Points ?? []);
  } catch (error) {
    if (error instanceof LoyaltyApiError && [400, 403].includes(error.status)) return [];
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
