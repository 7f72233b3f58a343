import type { Decimal } from '../../../base/decimal.js';
import { decimalOf } from '../../../base/decimal.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import type { ProgramCurrency } from '../rules/reward.js';
import type { WriteContext } from '../writeContext.js';

/** One run of a job for one program. */
export interface PointsJobCall {
  readonly loyalty: LoyaltyOrg;
  readonly writing: WriteContext;
  readonly programId: string;
  readonly currencies: readonly ProgramCurrency[];
  /** `yyyy-MM-dd`, in the time zone of the org */
  readonly today: string;
}

/** What a job changed. */
export class PointsJobCount {
  readonly #members = new Set<string>();
  #points: Decimal = decimalOf(0);

  add(memberId: string, points?: Decimal): void {
    this.#members.add(memberId);
    if (points) this.#points = this.#points.plus(points);
  }

  toJSON(): { members: number; points: number } {
    return { members: this.#members.size, points: this.#points.toNumber() };
  }
}

export type PointsJob = (call: PointsJobCall, count: PointsJobCount) => void;
