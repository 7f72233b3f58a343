import { typedRows } from '../../../../base/sqlite/sqlite.js';
import type { StatementSync } from '../../../../base/sqlite/sqlite.js';
import type { Store } from '../../../store/store.js';
import type { RewardingPromotion, UsageReward } from '../../rules/reward.js';
import type { RunningJournal } from '../../rules/rule.js';
import type { WriteContext } from '../../writeContext.js';
import { nextRound, readRounds, saveRounds } from './promotionRounds.js';
import type { Book, OpenBook } from './rewardBook.js';

/** A LoyaltyProgramMbrPromotion while uses change. */
interface Usage {
  /** Absent while the row does not exist yet. */
  readonly id?: string;
  readonly memberId: string;
  readonly promotionId: string;
  readonly isEnrolled: boolean;
  completed: number;
  /** Of a promotion that starts again, once they are read. */
  rounds?: number;
  isChanged: boolean;
}

interface UsageRow {
  readonly id: string;
  readonly memberId: string;
  readonly promotionId: string;
  readonly isEnrolled: number;
  readonly completed: number;
}

/** How far members are with cumulative promotions. */
export class UsageBook implements Book<UsageReward> {
  readonly #ofMembers: StatementSync;

  constructor({ db }: Store) {
    this.#ofMembers = db.prepare(
      `SELECT "Id" AS id, "LoyaltyProgramMemberId" AS memberId, "PromotionId" AS promotionId,
         "IsEnrollmentActive" AS isEnrolled, coalesce("CumulativeUsageCompleted", 0) AS completed
       FROM "LoyaltyProgramMbrPromotion"
       WHERE "LoyaltyProgramMemberId" IN (SELECT value FROM json_each(?)) AND "IsDeleted" = 0 ORDER BY "Id"`,
    );
  }

  read(writing: WriteContext, memberIds: Iterable<string>): OpenUsage {
    const readRows = (ids: readonly string[]): UsageRow[] => typedRows<UsageRow>(this.#ofMembers, JSON.stringify(ids));
    return new OpenUsage(writing, [...memberIds], readRows);
  }
}

/** How far the members of one request are with cumulative promotions. Rows are written once, by `save`. */
export class OpenUsage implements OpenBook<UsageReward, number> {
  readonly #usages = new Map<string, Usage>();

  readonly #admitted = new Set<string>();

  readonly #writing: WriteContext;
  readonly #readRows: (memberIds: readonly string[]) => readonly UsageRow[];

  constructor(
    writing: WriteContext,
    memberIds: readonly string[],
    readRows: (memberIds: readonly string[]) => readonly UsageRow[],
  ) {
    this.#writing = writing;
    this.#readRows = readRows;
    this.#admitAll(memberIds);
  }

  admit(memberId: string): void {
    if (!this.#admitted.has(memberId)) this.#admitAll([memberId]);
  }

  #admitAll(memberIds: readonly string[]): void {
    for (const id of memberIds) this.#admitted.add(id);
    for (const row of this.#readRows(memberIds))
      this.#add({ ...row, isEnrolled: row.isEnrolled === 1, isChanged: false });
  }

  /** Returns the uses completed after it. Undefined if the member does not take part. */
  enter({ memberId }: RunningJournal, { promotion, uses }: UsageReward): number | undefined {
    return this.#takesPart(memberId, promotion) ? this.change(memberId, promotion, uses) : undefined;
  }

  /** True where the promotion needs no enrollment, or the member has enrolled and not opted out. */
  #takesPart(memberId: string, promotion: RewardingPromotion): boolean {
    return !promotion.needsEnrollment || (this.#usages.get(keyOf(memberId, promotion.id))?.isEnrolled ?? false);
  }

  /**
   * Adds uses, or takes them back, but not below zero. Past the target it goes on counting, unless the promotion starts
   * again there. Taking back from a member who has no row makes none.
   *
   * @returns uses completed after that
   */
  change(memberId: string, promotion: RewardingPromotion, uses: number): number {
    const key = keyOf(memberId, promotion.id);
    const usage = this.#usages.get(key);
    if (!usage && uses <= 0) return 0;
    const changed = usage ?? newUsage(memberId, promotion);
    if (!usage) this.#add(changed);
    const { completed, rounds } = this.#next(changed, promotion, uses);
    const isChanged = changed.isChanged || completed !== changed.completed || rounds !== changed.rounds;
    Object.assign(changed, { completed, isChanged, ...(rounds !== undefined && { rounds }) });
    return completed;
  }

  #next(usage: Usage, promotion: RewardingPromotion, uses: number): Pick<Usage, 'completed' | 'rounds'> {
    if (promotion.mostRounds === 0) return { completed: Math.max(0, usage.completed + uses) };
    usage.rounds ??= readRounds(this.#writing, usage.memberId, promotion.id);
    return nextRound(promotion, { rounds: usage.rounds, completed: usage.completed }, uses);
  }

  save(): void {
    const { store, userId } = this.#writing;
    for (const { id, memberId, promotionId, isEnrolled, completed, rounds, isChanged } of this.#usages.values()) {
      if (!isChanged) continue;
      if (rounds !== undefined) saveRounds(this.#writing, { memberId, promotionId, rounds });
      const progress = { CumulativeUsageCompleted: completed };
      const parents = { LoyaltyProgramMemberId: memberId, PromotionId: promotionId, IsEnrollmentActive: isEnrolled };
      if (id !== undefined) store.update('LoyaltyProgramMbrPromotion', id, progress, { as: 'org', userId });
      else store.insert('LoyaltyProgramMbrPromotion', { ...parents, ...progress }, { as: 'org', userId });
    }
  }

  #add(usage: Usage): void {
    this.#usages.set(keyOf(usage.memberId, usage.promotionId), usage);
  }
}

/** Counting uses enrolls nobody: where enrollment is needed, the new row is not an active enrollment. */
function newUsage(memberId: string, { id, needsEnrollment }: RewardingPromotion): Usage {
  return { memberId, promotionId: id, isEnrolled: !needsEnrollment, completed: 0, isChanged: true };
}

function keyOf(memberId: string, promotionId: string): string {
  return `${memberId} ${promotionId}`;
}
