import type { Decimal } from '../../../base/decimal.js';
import type { StatementSync } from '../../../base/sqlite.js';
import type { ProgramCurrency } from '../../rules/rule.js';
import type { Store } from '../../store/store.js';
import { decimalOf } from '../../rules/decimalOf.js';

/** A LoyaltyMemberCurrency while points move. Totals only grow: a debit is redeemed, not un-accrued. */
export interface Holding {
  /** Absent while the row does not exist yet. */
  readonly id?: string;
  readonly memberId: string;
  readonly currencyId: string;
  readonly currencyName: string;
  readonly currencyType: string;
  accrued: Decimal;
  redeemed: Decimal;
  readonly expired: Decimal;
  readonly escrow: number;
  isChanged: boolean;
}

export function balanceOf({ accrued, redeemed, expired }: Holding): Decimal {
  return accrued.minus(redeemed).minus(expired);
}

interface HoldingRow extends Pick<Holding, 'memberId' | 'currencyId' | 'currencyName' | 'currencyType' | 'escrow'> {
  readonly id: string;
  readonly accrued: number;
  readonly redeemed: number;
  readonly expired: number;
}

/** Reads the currencies of all members of one request at once. */
export class HoldingReader {
  readonly #ofMembers: StatementSync;

  public constructor({ db }: Store) {
    const total = (column: string): string => `coalesce(c."${column}", 0)`;
    this.#ofMembers = db.prepare(
      `SELECT c."Id" AS id, c."LoyaltyMemberId" AS memberId, c."LoyaltyProgramCurrencyId" AS currencyId,
         p."Name" AS currencyName, p."CurrencyType" AS currencyType, ${total('TotalPointsAccrued')} AS accrued,
         ${total('TotalPointsRedeemed')} AS redeemed, ${total('TotalPointsExpired')} AS expired,
         ${total('EscrowPointsBalance')} AS escrow
       FROM "LoyaltyMemberCurrency" AS c JOIN "LoyaltyProgramCurrency" AS p ON p."Id" = c."LoyaltyProgramCurrencyId"
       WHERE c."LoyaltyMemberId" IN (SELECT value FROM json_each(?)) AND c."IsDeleted" = 0 ORDER BY c."Id"`,
    );
  }

  public read(memberIds: Iterable<string>): Holdings {
    const rows = this.#ofMembers.all(JSON.stringify([...memberIds])) as unknown as HoldingRow[];
    const holdings = new Holdings();
    for (const { accrued, redeemed, expired, ...row } of rows) {
      const totals = { accrued: decimalOf(accrued), redeemed: decimalOf(redeemed), expired: decimalOf(expired) };
      holdings.add({ ...row, ...totals, isChanged: false });
    }
    return holdings;
  }
}

/** What members hold in each currency. */
export class Holdings {
  readonly #byMember = new Map<string, Map<string, Holding>>();

  public add(holding: Holding): Holding {
    const own = this.#byMember.get(holding.memberId) ?? new Map<string, Holding>();
    this.#byMember.set(holding.memberId, own.set(holding.currencyId, holding));
    return holding;
  }

  /**
   * A currency that is newer than the member has no row. Help has it made by hand; here the first points make it, since
   * what an org does without it is unknown.
   */
  public of(memberId: string, currency: ProgramCurrency): Holding {
    const held = this.#byMember.get(memberId)?.get(currency.id);
    if (held) return held;
    const nothing = { accrued: decimalOf(0), redeemed: decimalOf(0), expired: decimalOf(0), escrow: 0 };
    const { id: currencyId, name: currencyName, type: currencyType } = currency;
    return this.add({ memberId, currencyId, currencyName, currencyType, ...nothing, isChanged: false });
  }

  public ofMember(memberId: string): Holding[] {
    return [...(this.#byMember.get(memberId)?.values() ?? [])];
  }

  public changed(): Holding[] {
    return [...this.#byMember.values()].flatMap((own) => [...own.values()].filter(({ isChanged }) => isChanged));
  }
}
