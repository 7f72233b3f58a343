import { z } from 'zod';
import type { InputOf } from '../../contract/action.js';
import { updateProgressForCumulativePromotionUsage } from '../../contract/actions/promotionActions.js';
import type { ActionsResource } from '../actions.js';
import { UnknownMemberError, UnknownPromotionError, isLookUpError } from '../failures/lookUpErrors.js';
import { verdict } from '../failures/verdict.js';
import type { MembersResource } from '../members.js';
import type { ProgramsResource } from '../programs.js';
import { readCumulativeUsage } from './cumulativeUsage.js';
import { readAttributeProgress, readCountingAttributes } from './engagementAttributes.js';
import { percentOf } from './progressRow.js';
import type { ProgressRow } from './progressRow.js';
import type { QueryResource } from '../query/queryResource.js';
import type { SObjectsResource } from '../sobjects.js';
import { soqlText } from '../query/soql.js';
import { readUntouched } from './untouchedPromotions.js';

/** Member and promotion, by their Ids. */
export interface ProgressKeys {
  readonly memberId: string;
  readonly promotionId: string;
}

export interface Progress {
  readonly completed: number;
  readonly target: number | null;
  /** 0 to 100, and above. */
  readonly percent: number | null;
}

export interface StoredProgress extends Progress {
  /** Id of the LoyaltyProgramMbrPromotion; null when the member has not begun, which means 0 done. */
  readonly recordId: string | null;
}

const UsageRow = z.object({
  Id: z.string(),
  CumulativeUsageCompleted: z.number().nullable(),
  CumulativeUsageTarget: z.number().nullable(),
});

interface Rooms {
  readonly actions: ActionsResource;
  readonly query: QueryResource;
  readonly sobjects: SObjectsResource;
  readonly programs: ProgramsResource;
  readonly members: MembersResource;
  readonly now: () => number;
}

/** `client.progress`: how far members are with cumulative promotions. */
export class ProgressResource {
  readonly #rooms: Rooms;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
  }

  /**
   * Adds `by` uses with the action `updateProgressForCumulativePromotionUsage`, sent at most once.
   *
   * The action has no key: sent twice, it counts twice. `read` before it, to be able to tell after a lost answer.
   *
   * @throws {UnknownMemberError}
   * @throws {UnknownPromotionError} each in place of the org's refusal, when that is the reason
   */
  async advance({ memberId, promotionId, by }: ProgressKeys & { readonly by: number }): Promise<Progress> {
    const input: InputOf<typeof updateProgressForCumulativePromotionUsage> = {
      loyaltyProgramMemberId: memberId,
      promotionId,
      usageIncrementForCumulativePromotion: wholeNumber('by', by),
    };
    const advanced = this.#rooms.actions.run(updateProgressForCumulativePromotionUsage, input);
    const output = await advanced.catch(async (error: unknown) => {
      throw (await this.#missing({ memberId, promotionId }, error)) ?? error;
    });
    return progress(output.updatedCumulativeUsageCompleted, output.cumulativeUsageTarget ?? null);
  }

  /**
   * What the org holds of one member and promotion.
   *
   * @throws {UnknownMemberError}
   * @throws {UnknownPromotionError} each when there is no progress because the org has no record with that Id
   */
  async read({ memberId, promotionId }: ProgressKeys): Promise<StoredProgress> {
    const soql =
      'SELECT Id, CumulativeUsageCompleted, CumulativeUsageTarget FROM LoyaltyProgramMbrPromotion ' +
      `WHERE LoyaltyProgramMemberId = ${soqlText(memberId)} AND PromotionId = ${soqlText(promotionId)}`;
    const [row] = await this.#rooms.query.allRows(soql, UsageRow);
    if (!row) await this.#mustExist({ memberId, promotionId });
    if (!row) return { recordId: null, completed: 0, target: null, percent: null };
    return { recordId: row.Id, ...progress(row.CumulativeUsageCompleted ?? 0, row.CumulativeUsageTarget) };
  }

  /**
   * Sets the uses of a member to a value: one write to the LoyaltyProgramMbrPromotion that `read` found, or that is
   * created here. Returns what stood there before. The same value twice changes nothing.
   *
   * @throws {UnknownMemberError}
   * @throws {UnknownPromotionError}
   */
  async set({ to, ...keys }: ProgressKeys & { readonly to: number }): Promise<StoredProgress> {
    const CumulativeUsageCompleted = wholeNumber('to', to);
    const before = await this.read(keys);
    if (before.recordId !== null) {
      await this.#rooms.sobjects.update('LoyaltyProgramMbrPromotion', before.recordId, { CumulativeUsageCompleted });
    } else {
      await this.#rooms.sobjects.create('LoyaltyProgramMbrPromotion', {
        LoyaltyProgramMemberId: keys.memberId,
        PromotionId: keys.promotionId,
        CumulativeUsageCompleted,
      });
    }
    return before;
  }

  /**
   * Progress of one member, or of all that have begun. For one member, promotions that wait untouched are listed with
   * 0 as well, unless `near` is asked for. The org keeps progress in one of two places; both are read.
   *
   * @param filter `near`: only progress from so many percent on that has not reached its target
   * @throws {UnknownProgramError}
   * @throws {InactiveProgramError}
   * @throws {UnknownMemberError} each when there is no progress for that reason
   * @throws {RangeError} for a `near` that no open progress can have
   */
  async list(program: string, filter: { member?: string; near?: number } = {}): Promise<ProgressRow[]> {
    const { member, near } = filter;
    if (near !== undefined && !(near >= 0 && near < 100)) {
      throw new RangeError(`"near" is a percentage from 0 to below 100, not ${near}.`);
    }
    const { query, programs, members, now } = this.#rooms;
    const wanted = { program, ...filter, now: now() };
    const attributes = await readCountingAttributes(query, program);
    const rows = [
      ...(await readCumulativeUsage(query, wanted)),
      ...(await readAttributeProgress(query, attributes, wanted)),
    ];
    if (member !== undefined && near === undefined) {
      const keys = await members.get(program, member);
      rows.push(...(await readUntouched(query, { ...wanted, member: keys, begun: rows, attributes })));
    }
    if (rows.length > 0) return rows;
    if (member !== undefined && near !== undefined) await members.get(program, member);
    await programs.mustBeActive(program);
    return rows;
  }

  /** A row that is not there means 0, unless what it would belong to is not there either. */
  async #mustExist({ memberId, promotionId }: ProgressKeys): Promise<void> {
    const { query } = this.#rooms;
    const [members, promotions] = await Promise.all([
      query.all(`SELECT Id FROM LoyaltyProgramMember WHERE Id = ${soqlText(memberId)}`),
      query.all(`SELECT Id FROM Promotion WHERE Id = ${soqlText(promotionId)}`),
    ]);
    if (members.length === 0) throw new UnknownMemberError(memberId);
    if (promotions.length === 0) throw new UnknownPromotionError(promotionId);
  }

  /** What is not there, if that is why the org refused. Asked only then, and whatever else fails meanwhile is left out. */
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

/** The org's fields are whole numbers, and what it does with a fraction is unpublished. */
function wholeNumber(name: string, value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`"${name}" is a whole number, not ${value}.`);
  return value;
}
