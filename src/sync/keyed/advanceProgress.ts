import type { LoyaltyClient, UsagePosition } from '../../client/index.js';
import { incrementVerdict } from '../traces/incrementVerdict.js';
import type { PositionBefore } from '../traces/incrementVerdict.js';
import { once } from './keyedCall.js';
import type { OnceOptions, OnceResult } from './keyedCall.js';

export interface ProgressAdvance {
  readonly program: string;
  /** Id of the LoyaltyProgramMember. */
  readonly memberId: string;
  /** Id of the Promotion. */
  readonly promotionId: string;
  readonly by: number;
}

export interface AdvancedProgress {
  readonly before: number;
  readonly after: number;
  readonly target: number | null;
}

/**
 * Advances a member's progress once per key. The action is an increment that leaves no key in the org, so the position
 * before it is stored with the intent, and {@link incrementVerdict} compares it afterwards. Only this machine knows the
 * key.
 * @throws {KeyConflictError}
 * @throws {RangeError} for an increment that is not a whole number, and for 0, whose effect could not be seen
 */
export async function advanceProgress(
  client: LoyaltyClient,
  { program, memberId, promotionId, by }: ProgressAdvance,
  options: Omit<OnceOptions, 'content'>,
): Promise<OnceResult<AdvancedProgress>> {
  if (!Number.isSafeInteger(by) || by === 0) throw new RangeError(`"by" is a whole number other than 0, not ${by}.`);
  const keys = { memberId, promotionId };
  const read = async (): Promise<UsagePosition> => {
    const [position] = await client.progress.positionsOf([keys]);
    return position ?? { completed: 0, rounds: null, target: null };
  };
  return once<AdvancedProgress>(
    { member: memberId, ...options, content: ['advanceProgress', program, memberId, promotionId, by] },
    {
      before: async (): Promise<PositionBefore> => {
        // It says whether the member or the promotion is missing.
        await client.progress.read(keys);
        const { completed, rounds } = await read();
        return { completed, rounds };
      },
      send: async (before) => {
        const { completed, target } = await client.progress.advance({ ...keys, by });
        return { before: (before as PositionBefore).completed, after: completed, target };
      },
      check: async (stored) => {
        const before = stored as PositionBefore;
        const now = await read();
        const verdict = incrementVerdict(before, now, by);
        if (verdict !== 'counted') return verdict;
        return { answer: { before: before.completed, after: now.completed, target: now.target } };
      },
    },
  );
}
