import { systemClock } from '../../base/clock.js';
import type { MonotonicClock } from '../../base/clock.js';
import type { CreditRequest, LoyaltyClient } from '../../client/index.js';
import { externalTransactionNumber } from '../../transaction.js';
import { patiently, shortPatience } from '../patientReads.js';
import { readNumberLength } from '../preflight.js';
import { withoutNumber } from '../traces/successWithoutNumber.js';
import { findMovement } from './findMovement.js';
import { once } from './keyedCall.js';
import type { OnceOptions, OnceResult } from './keyedCall.js';

export interface PointsMovement {
  readonly program: string;
  /** Membership number. */
  readonly member: string;
  readonly points: number;
  readonly processName?: string | undefined;
  /** ISO 8601 date-time; when the member earned or spent the points. */
  readonly activityDate: string;
}

interface NamedMovement extends PointsMovement {
  /** Part of what identifies the call. */
  readonly name: string;
  readonly sign: 1 | -1;
  readonly journalType: string;
}

interface MovementOptions<T> extends Omit<OnceOptions, 'content'> {
  readonly send: (request: CreditRequest) => Promise<T>;
  /** Returns the number that the process returned. */
  readonly told: (answer: T) => number | null;
  /** The answer if only the journal shows that the process ran. */
  readonly seen: T;
}

/**
 * Runs a process that moves points by a journal of its own, which has the key as its number. A success without a number
 * counts only if the org has the journal: it is also what a process without an active rule answers.
 *
 * @throws {KeyConflictError}
 */
export async function movePointsOnce<T>(
  client: LoyaltyClient,
  { name, sign, journalType, ...movement }: NamedMovement,
  { send, told, seen, ...options }: MovementOptions<T>,
): Promise<OnceResult<T>> {
  const { program, member, points, processName, activityDate } = movement;
  const number = await journalNumber(client, options.key, options.clock);
  return once<T>(
    { member, ...options, content: [name, program, member, points] },
    {
      send: async () => {
        const answer = await send({
          ...(processName !== undefined && { processName }),
          points,
          journal: {
            ActivityDate: activityDate,
            MembershipNumber: member,
            JournalTypeName: journalType,
            ExternalTransactionNumber: number,
            Status: 'Processed',
          },
        });
        if (told(answer) === null) throw withoutNumber(number);
        return answer;
      },
      check: async () => {
        const wanted = { ...movement, points: sign * points, key: options.key, number };
        return (await findMovement(client, wanted)) ? { answer: seen } : 'absent';
      },
    },
  );
}

/** Length that fits every org. */
const shortest = 40;

/** Returns the number of the journal for a key. Most keys are short, so that the org need not be asked for the length. */
export async function journalNumber(
  client: LoyaltyClient,
  key: string,
  clock: MonotonicClock = systemClock,
): Promise<string> {
  if (key.length <= shortest) return externalTransactionNumber(key, shortest);
  return externalTransactionNumber(key, await patiently(shortPatience(clock), () => readNumberLength(client)));
}
