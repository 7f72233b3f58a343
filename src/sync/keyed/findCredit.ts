import { z } from 'zod';
import { isSameId } from '../../base/sameId.js';
import { LoyaltyApiError, soqlText } from '../../client/index.js';
import type { JournalRow, LoyaltyClient } from '../../client/index.js';
import { KeyConflictError } from './keyedCall.js';

export interface WantedCredit {
  readonly key: string;
  /** The key as it stands in ExternalTransactionNumber. */
  readonly number: string;
  readonly program: string;
  /** Membership number. */
  readonly member: string;
  readonly points: number;
}

/**
 * Whether the org holds a journal of this credit. The number of a journal is not unique and anybody may write one, so
 * what is found is compared: program, member, and the points where its ledger can be read.
 *
 * A journal that failed has credited nothing. If it is of somebody else, the key is taken nevertheless.
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

/** Members belong to one program. A journal that names neither could be anybody's: it counts as this one's. */
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

/** What the ledger says that these journals have given; empty where it says nothing, or this user may not read it. */
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
