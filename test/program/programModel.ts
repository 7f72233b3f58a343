import type { FeedTruth, ProgramDefinition } from '../../src/program/index.js';

type Promotion = ProgramDefinition['promotions'][number];
type TierGroup = ProgramDefinition['tierGroups'][number];

/** What a member should have. */
export interface ExpectedMember {
  /** Points by currency, in hundredths. */
  readonly balances: ReadonlyMap<string, number>;
  /** Uses by promotion, of those that have any. */
  readonly progress: ReadonlyMap<string, number>;
  /**
   * By tier group, the tiers that the member may have, from that of the balance to that of the highest balance: a tier is
   * reached at once, but assessed once for each request, and it is not lost before it expires.
   */
  readonly tiers: ReadonlyMap<string, readonly string[]>;
}

interface Account {
  balance: number;
  most: number;
  readonly uses: Map<string, number>;
}

/**
 * A model of the built-in rule of the local org (docs/emulator.md) that shares no code with it: a point for each unit of
 * the amount in every active currency, a use of each cumulative promotion for each purchase, and returns take both
 * back. It expects no points in escrow, and none that have expired.
 */
export class ProgramModel {
  readonly #definition: ProgramDefinition;
  readonly #takesPart: (promotion: string, member: string) => boolean;
  readonly #accounts = new Map<string, Account>();

  /** @param takesPart whether a member is enrolled, asked for promotions that need it */
  constructor(definition: ProgramDefinition, takesPart: (promotion: string, member: string) => boolean) {
    this.#definition = definition;
    this.#takesPart = takesPart;
  }

  /** Takes the rows of a feed, in its order. Duplicates and bad rows change nothing. */
  apply({ kind, transaction }: FeedTruth): void {
    const { member, cents, type, time } = transaction;
    if ((kind !== 'purchase' && kind !== 'return') || cents === 0) return;
    const account = this.#account(member);
    account.balance += cents;
    account.most = Math.max(account.most, account.balance);
    if (type.toLowerCase() !== 'accrual') return;
    const day = new Date(time * 1000).toISOString().slice(0, 10);
    for (const promotion of this.#definition.promotions) {
      if (!countsOn(promotion, day)) continue;
      if (promotion.enrollmentRequired && !this.#takesPart(promotion.name, member)) continue;
      const uses = (account.uses.get(promotion.name) ?? 0) + (cents > 0 ? 1 : -1);
      account.uses.set(promotion.name, Math.max(0, uses));
    }
  }

  member(number: string): ExpectedMember {
    const { balance, most, uses } = this.#account(number);
    const { currencies, promotions, tierGroups } = this.#definition;
    const active = currencies.filter((currency) => currency.active).map(({ name }) => name);
    const progress = promotions.flatMap((promotion) => {
      const total = uses.get(promotion.name);
      return total === undefined ? [] : [[promotion.name, usesNow(promotion, total)] as const];
    });
    const tiers = tierGroups
      .filter((group) => group.active && this.#isDecidedByPoints(group))
      .map((group) => [group.name, tiersBetween(group, balance, most)] as const);
    return {
      balances: new Map(active.map((name) => [name, balance])),
      progress: new Map(progress),
      tiers: new Map(tiers),
    };
  }

  #isDecidedByPoints({ name, tiers }: TierGroup): boolean {
    const { currencies, tierGroups } = this.#definition;
    const decides = currencies.some(
      (currency) =>
        currency.type === 'Qualifying' && currency.active && (currency.tierGroup ?? tierGroups[0]?.name) === name,
    );
    return decides && tiers.some(({ minimum }) => minimum !== undefined);
  }

  #account(member: string): Account {
    const account = this.#accounts.get(member) ?? { balance: 0, most: 0, uses: new Map() };
    this.#accounts.set(member, account);
    return account;
  }
}

function countsOn({ type, active, target, journalType, startDate, endDate }: Promotion, day: string): boolean {
  const counts = type === 'Cumulative' && active && target !== undefined && journalType !== 'Redemption';
  return counts && day >= startDate && (endDate === undefined || day <= endDate);
}

/** A promotion for several times starts again at its target; after the last time it goes on. */
function usesNow({ target = 1, timesPerMember = 0 }: Promotion, total: number): number {
  return total - target * Math.min(timesPerMember, Math.floor(total / target));
}

function tiersBetween(group: TierGroup, balance: number, most: number): string[] {
  return group.tiers.slice(tierAt(group, balance), tierAt(group, most) + 1).map(({ name }) => name);
}

/** Returns the index of the highest tier whose minimum the points reach. The first tier needs none. */
function tierAt({ tiers }: TierGroup, points: number): number {
  return Math.max(
    0,
    tiers.findLastIndex(({ minimum }) => minimum !== undefined && points >= Math.round(minimum * 100)),
  );
}
