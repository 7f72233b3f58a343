import type { LoyaltyClient } from '../../client/index.js';
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
 * Advances a member's progress once per key. The action is an increment that leaves no key in the org, so the value
 * before it is stored with the intent. Afterwards, `before + by` means that it happened, `before` means that it did not
 * (yet), and any other value means that somebody else has changed it. Only this machine knows the key.
 * @throws {KeyConflictError}
 * @throws {RangeError} for an increment that is not a whole number, and for 0, whose effect could not be seen
 */
export async function advanceProgress(
  client: LoyaltyClient,
  { program, memberId, promotionId, by }: ProgressAdvance,
  options: Omit<OnceOptions, 'content'>,
): Promise<OnceResult<AdvancedProgress>> {
  if (!Number.isSafeInteger(by) || by === 0) throw new RangeError(`"by" is a whole number other than 0, not ${by}.`);
  const read = () => client.progress.read({ memberId, promotionId });
  return once<AdvancedProgress>(
    { member: memberId, ...options, content: ['advanceProgress', program, memberId, promotionId, by] },
    {
      before: async () => (await read()).completed,
      send: async (before) => {
        const { completed, target } = await client.progress.advance({ memberId, promotionId, by });
        return { before: Number(before), after: completed, target };
      },
      check: async (before) => {
        const { completed, target } = await read();
        if (completed === Number(before)) return 'absent';
        if (completed !== Number(before) + by) return 'unclear';
        return { answer: { before: Number(before), after: completed, target } };
      },
    },
  );
}
