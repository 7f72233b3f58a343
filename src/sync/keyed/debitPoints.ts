import type { LoyaltyClient } from '../../client/index.js';
import { movePointsOnce } from './movePointsOnce.js';
import type { PointsMovement } from './movePointsOnce.js';
import type { OnceOptions, OnceResult } from './keyedCall.js';

/** `processName`: name of the org's process of type DebitPointsFromMembers. */
export type PointsDebit = PointsMovement;

export interface DebitedPoints {
  /** Null if the process did not return a number, or if only its journal shows that it ran. */
  readonly pointsDebited: number | null;
}

/** Debits points once per key, as `creditPoints` credits them. @throws {KeyConflictError} */
export async function debitPoints(
  client: LoyaltyClient,
  debit: PointsDebit,
  options: Omit<OnceOptions, 'content'>,
): Promise<OnceResult<DebitedPoints>> {
  return movePointsOnce<DebitedPoints>(
    client,
    { ...debit, name: 'debitPoints', sign: -1, journalType: 'Redemption' },
    {
      ...options,
      send: (request) => client.points.debit(debit.program, request),
      told: ({ pointsDebited }) => pointsDebited,
      seen: { pointsDebited: null },
    },
  );
}
