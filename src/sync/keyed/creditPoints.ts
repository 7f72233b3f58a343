import { systemClock } from '../../base/clock.js';
import type { LoyaltyClient } from '../../client/index.js';
import { externalTransactionNumber } from '../../transaction.js';
import { patiently, shortPatience } from '../patientReads.js';
import { readNumberLength } from '../preflight.js';
import { findCredit } from './findCredit.js';
import { once } from './keyedCall.js';
import type { OnceOptions, OnceResult } from './keyedCall.js';

export interface PointsCredit {
  readonly program: string;
  /** Membership number. */
  readonly member: string;
  readonly points: number;
  /** Name of the org's process of type CreditPointsToMembers. */
  readonly processName?: string | undefined;
  /** ISO 8601 date-time; when the member earned the points. */
  readonly activityDate: string;
}

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
  const { program, member, points, processName, activityDate } = credit;
  const { key, clock = systemClock } = options;
  const number = await patiently(shortPatience(clock), () => numberFor(client, key));
  return once<CreditedPoints>(
    { member, ...options, content: ['creditPoints', program, member, points] },
    {
      send: () =>
        client.points.credit(program, {
          ...(processName !== undefined && { processName }),
          points,
          journal: {
            ActivityDate: activityDate,
            MembershipNumber: member,
            JournalTypeName: 'Accrual',
            ExternalTransactionNumber: number,
            Status: 'Processed',
          },
        }),
      check: async () => {
        const isThere = await findCredit(client, { ...credit, key: options.key, number });
        return isThere ? { answer: { pointsCredited: null } } : 'absent';
      },
    },
  );
}

/**
 * Returns the number for a key. A key of up to 40 characters fits every org, so most calls need not ask for the length.
 */
async function numberFor(client: LoyaltyClient, key: string): Promise<string> {
  return key.length <= 40 ? key : externalTransactionNumber(key, await readNumberLength(client));
}
