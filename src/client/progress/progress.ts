import { z } from 'zod';
import type { InputOf } from '../../contract/action.js';
import { updateProgressForCumulativePromotionUsage } from '../../contract/actions/promotionActions.js';
import type { ActionOutcome, ActionsResource } from '../actions.js';
import { UnknownMemberError, UnknownPromotionError, isLookUpError } from '../failures/lookUpErrors.js';
import { verdict } from '../failures/verdict.js';
import type { MembersResource } from '../members.js';
import type { ProgramsResource } from '../programs.js';
import { readCumulativeUsage } from './cumulativeUsage.js';
import { readAttributeProgress, readCountingAttributes } from './engagementAttributes.js';
import { ProgressOfMembers } from './progressOfMembers.js';
import type { CountedProgress } from './progressOfMembers.js';
import type { ProgressKeys } from './progressKeys.js';
import { percentOf } from './progressRow.js';
import type { ProgressFilter, ProgressRow } from './progressRow.js';
import type { QueryResource } from '../query/queryResource.js';
import type { SObjectsResource } from '../sobjects.js';
import { soqlText } from '../query/soql.js';
import { readUntouched } from './untouchedPromotions.js';
import { readPositions } from './usagePositions.js';
import type { UsagePosition } from './usagePositions.js';

export interface ProgressIncrement extends ProgressKeys {
  /** A whole number. */
  readonly by: number;
}

export interface Progress {
  readonly completed: number;
  readonly target: number | null;
  /** 0 or more. May exceed 100. */
  readonly percent: number | null;
}

export interface StoredProgress extends Progress {
  /** Id of the LoyaltyProgramMbrPromotion. Null when the member has not begun, which means 0 done. */
  readonly recordId: string | null;
}

const UsageRow = z.object({
  Id: z.string(),
  CumulativeUsageCompleted: z.number().nullable(),
  CumulativeUsageTarget: z.number().nullable(),
});

interface ProgressResources {
  readonly actions: ActionsResource;
  readonly query: QueryResource;
  readonly sobjects: SObjectsResource;
  readonly programs: ProgramsResource;
  readonly members: MembersResource;
  readonly now: () => number;
}

/** `client.progress`: how far members are with cumulative promotions. */
export class ProgressResource {
  readonly #resources: ProgressResources;
  readonly #ofMembers: ProgressOfMembers;

  constructor(resources: ProgressResources) {
    this.#resources = resources;
    this.#ofMembers = new ProgressOfMembers(resources.query, resources.now);
  }

  /**
   * Adds `by` uses with the action `updateProgressForCumulativePromotionUsage`, sent at most once.
   *
   * The action has no key: sent twice, it counts twice. Call `read` before it, so that after a lost answer you can tell
   * whether it counted.
   *
   * @throws {UnknownMemberError} instead of the org's refusal, if the member does not exist
   * @throws {UnknownPromotionError} instead of the org's refusal, if the promotion does not exist
   */
  async advance({ memberId, promotionId, by }: ProgressKeys & { readonly by: number }): Promise<Progress> {
    const input: InputOf<typeof updateProgressForCumulativePromotionUsage> = {
      loyaltyProgramMemberId: memberId,
      promotionId,
      usageIncrementForCumulativePromotion: wholeNumber('by', by),
    };
    const advanced = this.#resources.actions.run(updateProgressForCumulativePromotionUsage, input);
    const output = await advanced.catch(async (error: unknown) => {
      throw (await this.#missing({ memberId, promotionId }, error)) ?? error;
    });
    return progress(output.updatedCumulativeUsageCompleted, output.cumulativeUsageTarget ?? null);
  }

  /**
   * Adds uses for several members with one request, sent at most once, and returns what became of each, in order. See
   * `advance`.
   * @throws {RangeError} for no increments, or more than 200
   */
  async advanceEach(
    increments: readonly ProgressIncrement[],
  ): Promise<ActionOutcome<{ readonly completed: number }>[]> {
    const inputs = increments.map(({ memberId, promotionId, by }) => ({
      ...{ loyaltyProgramMemberId: memberId, promotionId },
      usageIncrementForCumulativePromotion: wholeNumber('by', by),
    }));
    const outcomes = await this.#resources.actions.runEach(updateProgressForCumulativePromotionUsage, inputs);
    return outcomes.map((outcome) =>
      'output' in outcome ? { output: { completed: outcome.output.updatedCumulativeUsageCompleted } } : outcome,
    );
  }

  /** Returns where each of these members is in each of these promotions, in order, so that two moments can be compared. */
  async positionsOf(keys: readonly ProgressKeys[]): Promise<UsagePosition[]> {
    return readPositions(this.#resources.query, keys);
  }

  /**
   * Returns the stored progress of one member and promotion.
   *
   * @throws {UnknownMemberError} when there is no progress because the member does not exist
   * @throws {UnknownPromotionError} when there is no progress because the promotion does not exist
   */
  async read({ memberId, promotionId }: ProgressKeys): Promise<StoredProgress> {
    const soql =
      'SELECT Id, CumulativeUsageCompleted, CumulativeUsageTarget FROM LoyaltyProgramMbrPromotion ' +
      `WHERE LoyaltyProgramMemberId = ${soqlText(memberId)} AND PromotionId = ${soqlText(promotionId)}`;
    const [row] = await this.#resources.query.allRows(soql, UsageRow);
    if (!row) await this.#mustExist({ memberId, promotionId });
    if (!row) return { recordId: null, completed: 0, target: null, percent: null };
    return { recordId: row.Id, ...progress(row.CumulativeUsageCompleted ?? 0, row.CumulativeUsageTarget) };
  }

  /**
   * Sets the uses of a member to a value with one write: it updates the LoyaltyProgramMbrPromotion that `read` found,
   * or creates one. Returns the previous progress. Setting the same value twice changes nothing.
   *
   * @throws {UnknownMemberError}
   * @throws {UnknownPromotionError}
   */
  async set({ to, ...keys }: ProgressKeys & { readonly to: number }): Promise<StoredProgress> {
    const CumulativeUsageCompleted = wholeNumber('to', to);
    const before = await this.read(keys);
    if (before.recordId !== null) {
      await this.#resources.sobjects.update('LoyaltyProgramMbrPromotion', before.recordId, {
        CumulativeUsageCompleted,
      });
    } else {
      await this.#resources.sobjects.create('LoyaltyProgramMbrPromotion', {
        LoyaltyProgramMemberId: keys.memberId,
        PromotionId: keys.promotionId,
        CumulativeUsageCompleted,
      });
    }
    return before;
  }

  /**
   * Returns the progress of one member, or of all members that have begun. For one member, promotions that have not
   * been begun are included with 0, unless `near` or `reached` is given. The org keeps progress in one of two places;
   * both are read. A promotion may start again when its target is reached: `timesReached` counts.
   *
   * @param filter `near`: only progress of at least this many percent that has not reached its target; `reached`: only
   * progress that has reached its target at least once
   * @throws {UnknownProgramError} when there is no progress for that reason
   * @throws {InactiveProgramError} when there is no progress for that reason
   * @throws {UnknownMemberError} when there is no progress for that reason
   * @throws {RangeError} for a `near` that no open progress can have
   */
  async list(program: string, filter: Omit<ProgressFilter, 'program'> = {}): Promise<ProgressRow[]> {
    const { member, near, reached } = filter;
    if (near !== undefined && !(near >= 0 && near < 100)) {
      throw new RangeError(`"near" is a percentage from 0 to below 100, not ${near}.`);
    }
    const { query, programs, members, now } = this.#resources;
    const wanted = { program, ...filter, now: now() };
    const attributes = await readCountingAttributes(query, program);
    const rows = [
      ...(await readCumulativeUsage(query, wanted)),
      ...(await readAttributeProgress(query, attributes, wanted)),
    ];
    const isFiltered = near !== undefined || reached === true;
    if (member !== undefined && !isFiltered) {
      const keys = await members.get(program, member);
      rows.push(...(await readUntouched(query, { ...wanted, member: keys, begun: rows, attributes })));
    }
    if (rows.length > 0) return rows;
    if (member !== undefined && isFiltered) await members.get(program, member);
    await programs.mustBeActive(program);
    return rows;
  }

  /**
   * Returns the progress of these members, as far as they have begun, in few calls: about 400 members in one. Members
   * that the program does not have are left out.
   * @param numbers membership numbers, compared without case
   */
  async ofMembers(program: string, numbers: Iterable<string>): Promise<CountedProgress[]> {
    return this.#ofMembers.read(program, numbers);
  }

  /** A missing row means 0, unless the member or the promotion is missing, too. */
  async #mustExist({ memberId, promotionId }: ProgressKeys): Promise<void> {
    const { query } = this.#resources;
    const [members, promotions] = await Promise.all([
      query.all(`SELECT Id FROM LoyaltyProgramMember WHERE Id = ${soqlText(memberId)}`),
      query.all(`SELECT Id FROM Promotion WHERE Id = ${soqlText(promotionId)}`),
    ]);
    if (members.length === 0) throw new UnknownMemberError(memberId);
    if (promotions.length === 0) throw new UnknownPromotionError(promotionId);
  }

  /** Returns what is missing, if that is why the org refused. Errors of these look-ups are ignored. */
  async #missing(keys: ProgressKeys, refusal: unknown): Promise<unknown> {
    if (verdict(refusal).kind !== 'refused') return undefined;
    try {
      await this.#mustExist(keys);
    } catch (error) {
      if (isLookUpError(error)) return error;
    }
    return undefined;
  }
}

function progress(completed: number, target: number | null): Progress {
  return { completed, target, percent: percentOf(completed, target) };
}

/**
 * Returns the value if it is a whole number. The org's fields are whole numbers, and it is not published what it does
 * with a fraction.
 */
function wholeNumber(name: string, value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`"${name}" must be a whole number, not ${value}.`);
  return value;
}
