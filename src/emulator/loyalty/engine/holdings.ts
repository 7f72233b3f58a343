import type { Decimal } from '../../../base/decimal.js';
import type { StatementSync } from '../../../base/sqlite.js';
import type { ProgramCurrency, RunningJournal } from '../../rules/rule.js';
import type { Store } from '../../store/store.js';
import { decimalOf } from '../../rules/decimalOf.js';
import { ProcessFailure } from '../processFailure.js';

/** A LoyaltyMemberCurrency while points move. Totals only grow: a debit is redeemed, not un-accrued. */
export interface Holding {
  readonly id: string;
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

interface HoldingRow extends Pick<
  Holding,
  'id' | 'memberId' | 'currencyId' | 'currencyName' | 'currencyType' | 'escrow'
> {
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
   * A currency that is newer than the member has no row: Help says that it is made by hand. What an org does without it
   * is unknown; here nothing moves, so that nobody relies on a row that an org would not make.
   *
   * @throws ProcessFailure
   */
  public of({ memberId, membershipNumber }: RunningJournal, currency: ProgramCurrency): Holding {
    const held = this.#byMember.get(memberId)?.get(currency.id);
    if (held) return held;
    throw new ProcessFailure(
      `Member ${membershipNumber} has no LoyaltyMemberCurrency for ${currency.name}, ` +
        'as members have who are older than a currency: create the record first.',
    );
  }

  public ofMember(memberId: string): Holding[] {
    return [...(this.#byMember.get(memberId)?.values() ?? [])];
  }

  public changed(): Holding[] {
    return [...this.#byMember.values()].flatMap((own) => [...own.values()].filter(({ isChanged }) => isChanged));
  }
}
