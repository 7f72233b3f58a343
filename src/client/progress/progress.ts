import { z } from 'zod';
import { ProgressIncrementResult } from '../../contract/promotion.js';
import type { ProgressIncrement } from '../../contract/promotion.js';
import { runAction } from '../actions.js';
import { readCumulativeUsage } from './cumulativeUsage.js';
import { readAttributeProgress, readCountingAttributes } from './engagementAttributes.js';
import { memberCondition } from '../query/memberCondition.js';
import { MemberKeys, percentOf } from './progressRow.js';
import type { ProgressRow } from './progressRow.js';
import type { QueryResource } from '../query/query.js';
import type { Send } from '../transport/send.js';
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

/** `client.progress`: how far members are with cumulative promotions. */
export class ProgressResource {
  readonly #send: Send;
  readonly #query: QueryResource;
  readonly #sobjects: SObjectsResource;
  readonly #now: () => number;

  constructor(send: Send, rooms: { query: QueryResource; sobjects: SObjectsResource; now: () => number }) {
    this.#send = send;
    this.#query = rooms.query;
    this.#sobjects = rooms.sobjects;
    this.#now = rooms.now;
  }

  /**
   * Adds `by` uses with the action `updateProgressForCumulativePromotionUsage`, sent at most once.
   *
   * The action has no key: sent twice, it counts twice. `read` before it, to be able to tell after a lost answer.
   */
  async advance({ memberId, promotionId, by }: ProgressKeys & { readonly by: number }): Promise<Progress> {
    const input: ProgressIncrement = {
      loyaltyProgramMemberId: memberId,
      promotionId,
      usageIncrementForCumulativePromotion: wholeNumber('by', by),
    };
    const name = 'updateProgressForCumulativePromotionUsage';
    const output = await runAction(this.#send, { name, input, output: ProgressIncrementResult });
    return progress(output.updatedCumulativeUsageCompleted, output.cumulativeUsageTarget ?? null);
  }

  /** What the org holds of one member and promotion. */
  async read({ memberId, promotionId }: ProgressKeys): Promise<StoredProgress> {
    const soql =
      'SELECT Id, CumulativeUsageCompleted, CumulativeUsageTarget FROM LoyaltyProgramMbrPromotion ' +
      `WHERE LoyaltyProgramMemberId = ${soqlText(memberId)} AND PromotionId = ${soqlText(promotionId)}`;
    const [row] = await this.#query.allRows(soql, UsageRow);
    if (!row) return { recordId: null, completed: 0, target: null, percent: null };
    return { recordId: row.Id, ...progress(row.CumulativeUsageCompleted ?? 0, row.CumulativeUsageTarget) };
  }

  /**
   * Sets the uses of a member to a value: one write to the LoyaltyProgramMbrPromotion that `read` found, or that is
   * created here. Returns what stood there before. The same value twice changes nothing.
   */
  async set({ to, ...keys }: ProgressKeys & { readonly to: number }): Promise<StoredProgress> {
    const CumulativeUsageCompleted = wholeNumber('to', to);
    const before = await this.read(keys);
    if (before.recordId !== null) {
      await this.#sobjects.update('LoyaltyProgramMbrPromotion', before.recordId, { CumulativeUsageCompleted });
    } else {
      await this.#sobjects.create('LoyaltyProgramMbrPromotion', {
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
   */
  async list(program: string, filter: { member?: string; near?: number } = {}): Promise<ProgressRow[]> {
    const wanted = { program, ...filter, now: this.#now() };
    const attributes = await readCountingAttributes(this.#query, program);
    const begun = [
      ...(await readCumulativeUsage(this.#query, wanted)),
      ...(await readAttributeProgress(this.#query, attributes, wanted)),
    ];
    const member = filter.near ? undefined : await this.#memberKeys(program, filter.member);
    if (!member) return begun;
    return [...begun, ...(await readUntouched(this.#query, { ...wanted, member, begun, attributes }))];
  }

  async #memberKeys(program: string, member: string | undefined): Promise<z.infer<typeof MemberKeys> | undefined> {
    if (member === undefined) return undefined;
    const soql =
      'SELECT Id, MembershipNumber FROM LoyaltyProgramMember ' +
      `WHERE Program.Name = ${soqlText(program)} AND ${memberCondition(member)}`;
    return (await this.#query.allRows(soql, MemberKeys))[0];
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
