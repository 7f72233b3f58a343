import { z } from 'zod';
import { soqlText, inLists } from '../query/soql.js';
import { LoyaltyApiError } from '../failures/callErrors.js';
import type { QueryResource } from '../query/queryResource.js';
import { usageColumns, usageProgress, UsageRow } from './cumulativeUsage.js';
import {
  AttributeValue,
  attributeProgress,
  CountingAttribute,
  countingAttributesSoql,
  currentValues,
  hasNoOtherTarget,
  isOf,
  valueColumns,
  valueOrder,
} from './engagementAttributes.js';
import { roundsIn } from './progressRow.js';
import type { ProgressRow } from './progressRow.js';
import { PartyUsage, rewardCounts, rewardCountsSoql } from './rewardCounts.js';

/** Progress of one member in one promotion, with what distinguishes one round from the next. */
export interface CountedProgress extends ProgressRow {
  /** Id of the org's record that holds the value. An attribute may have one for each period. */
  readonly recordId: string;
  /** How often the value in that record was complete and began again. */
  readonly restarts: number;
}

// Each kind of row has a field that no other has, so that the rows of one call can be told apart.
const Usage = UsageRow.extend({ Id: z.string() });
const Value = AttributeValue.extend({ Id: z.string() });
const AnyRow = z.union([CountingAttribute, PartyUsage, Value, Usage]);
type AnyRow = z.infer<typeof AnyRow>;

/** Objects that an org may not have. */
const optionalObjects = ['PromotionPartyUsage', 'LoyaltyPgmEngmtAttrProm'] as const;
type OptionalObject = (typeof optionalObjects)[number];

/** Reads the progress of many members in few calls. */
export class ProgressOfMembers {
  readonly #query: QueryResource;
  readonly #now: () => number;
  /** What the org has, once it has refused a query for something that it does not have. */
  #has: ReadonlySet<OptionalObject> = new Set(optionalObjects);

  constructor(query: QueryResource, now: () => number) {
    this.#query = query;
    this.#now = now;
  }

  /** @param numbers membership numbers, compared without case */
  async read(program: string, numbers: Iterable<string>): Promise<CountedProgress[]> {
    const members = inLists(numbers).map(
      (list) =>
        `LoyaltyProgramMember.Program.Name = ${soqlText(program)} AND LoyaltyProgramMember.MembershipNumber IN ${list}`,
    );
    if (members.length === 0) return [];
    try {
      return this.#toProgress(await this.#query.rowsOfAll(this.#queries(program, members), AnyRow));
    } catch (error) {
      if (!isMissingObject(error) || this.#has.size < optionalObjects.length) throw error;
    }
    this.#has = await this.#findObjects();
    return this.#toProgress(await this.#query.rowsOfAll(this.#queries(program, members), AnyRow));
  }

  /**
   * Rewards are read before the uses. If a purchase starts a promotion again in between, the uses look as if they had
   * shrunk, which tells nothing. In the other order they would look like many uses of the next round.
   */
  #queries(program: string, members: readonly string[]): string[] {
    const hasAttributes = this.#has.has('LoyaltyPgmEngmtAttrProm');
    return [
      ...(hasAttributes ? [countingAttributesSoql(program)] : []),
      ...(this.#has.has('PromotionPartyUsage') ? members.map(rewardCountsSoql) : []),
      ...members.map(usageSoql),
      ...(hasAttributes ? members.map(valueSoql) : []),
    ];
  }

  #toProgress(rows: readonly AnyRow[]): CountedProgress[] {
    const attributes = rows.filter((row) => 'LoyaltyProgramEngmtAttr' in row).filter(hasNoOtherTarget);
    const rewards = rewardCounts(rows.filter((row) => 'UsageCount' in row));
    const values = currentValues(
      rows.filter((row) => 'CurrentValue' in row),
      this.#now(),
    );
    const ofUsage = rows
      .filter((row) => 'CumulativeUsageCompleted' in row)
      .flatMap((row) => usageProgress(row, rewards).map((progress) => withRestarts(progress, row.Id)));
    const ofAttributes = attributes.flatMap((attribute) =>
      values.filter(isOf(attribute)).map((value) => withRestarts(attributeProgress(attribute, value), value.Id)),
    );
    return [...ofUsage, ...ofAttributes];
  }

  async #findObjects(): Promise<ReadonlySet<OptionalObject>> {
    const has = new Set<OptionalObject>();
    for (const object of optionalObjects) {
      try {
        await this.#query.all(`SELECT Id FROM ${object} LIMIT 1`);
        has.add(object);
      } catch (error) {
        if (!isMissingObject(error)) throw error;
      }
    }
    return has;
  }
}

function usageSoql(members: string): string {
  return (
    `SELECT Id, ${usageColumns} FROM LoyaltyProgramMbrPromotion WHERE ${members} ` +
    "AND Promotion.LoyaltyPromotionType = 'Cumulative'"
  );
}

function valueSoql(members: string): string {
  return `SELECT Id, ${valueColumns} FROM LoyaltyPgmMbrAttributeVal WHERE ${members} ${valueOrder}`;
}

/**
 * A promotion starts again at its target, or goes on counting. What goes on has its rounds still in its value, so only
 * the rounds that are no longer in it are restarts.
 */
function withRestarts(progress: ProgressRow, recordId: string): CountedProgress {
  const { timesReached, completed, target } = progress;
  return { ...progress, recordId, restarts: Math.max(0, timesReached - roundsIn(completed, target)) };
}

function isMissingObject(error: unknown): boolean {
  return error instanceof LoyaltyApiError && error.errorCode === 'INVALID_TYPE';
}
