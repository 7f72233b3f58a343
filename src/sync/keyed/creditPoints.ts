import type { LoyaltyClient } from '../../client/index.js';
import { movePointsOnce } from './movePointsOnce.js';
import type { PointsMovement } from './movePointsOnce.js';
import type { OnceOptions, OnceResult } from './keyedCall.js';

/** `processName`: name of the org's process of type CreditPointsToMembers. */
export type PointsCredit = PointsMovement;

export interface CreditedPoints {
  /** Null if the process did not return a number, or if only its journal shows that it ran. */
  readonly pointsCredited: number | null;
}

/**
 * Credits points once per key. The key is stored in `ExternalTransactionNumber` of the journal that the process
 * creates, so any machine can find out whether the points were credited, and to whom.
 * @throws {KeyConflictError}
 */
export async function creditPoints(
  client: LoyaltyClient,
  credit: PointsCredit,
  options: Omit<OnceOptions, 'content'>,
): Promise<OnceResult<CreditedPoints>> {
  return movePointsOnce<CreditedPoints>(
    client,
    { ...credit, name: 'creditPoints', sign: 1, journalType: 'Accrual' },
    {
      ...options,
      send: (request) => client.points.credit(credit.program, request),
      told: ({ pointsCredited }) => pointsCredited,
      seen: { pointsCredited: null },
    },
  );
}
