import type { LoyaltyClient } from '../../client/index.js';
import { once, type OnceOptions, type OnceResult } from './once.js';

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
 * Advances a member's progress once for a key. The action is an increment that leaves no key in the org, so the value
 * before it is stored here with the intent: `before + by` afterwards means that it happened, `before` that it did not
 * (yet), and anything else that somebody else has changed it meanwhile. The key is known on this machine only.
 * @throws {KeyConflictError}
 */
export function advanceProgress(
  client: LoyaltyClient,
  { program, memberId, promotionId, by }: ProgressAdvance,
  options: Omit<OnceOptions, 'content'>,
): Promise<OnceResult<AdvancedProgress>> {
  const read = () => client.progress.read({ memberId, promotionId });
  let before = 0;
  return once<AdvancedProgress>(
    { ...options, content: ['advanceProgress', program, memberId, promotionId, by] },
    {
      before: async () => {
        before = (await read()).completed;
        return before;
      },
      send: async () => {
        const { completed, target } = await client.progress.advance({ memberId, promotionId, by });
        return { before, after: completed, target };
      },
      check: async (stored) => {
        const { completed, target } = await read();
        if (completed === Number(stored)) return 'absent';
        if (completed !== Number(stored) + by) return 'unclear';
        return { answer: { before: Number(stored), after: completed, target } };
      },
    },
  );
}
