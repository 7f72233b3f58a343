import { typedRows } from '../../../../base/sqlite/sqlite.js';
import { decimalOf } from '../../../../base/decimal.js';
import type { Decimal } from '../../../../base/decimal.js';
import type { StatementSync } from '../../../../base/sqlite/sqlite.js';
import type { Store } from '../../../store/store.js';
import { ProcessFailure } from '../../processFailure.js';
import type { ProgramCurrency } from '../../rules/reward.js';
import type { RunningJournal } from '../../rules/rule.js';

/** A LoyaltyMemberCurrency while points move. Totals only grow: a debit is redeemed or expired, not un-accrued. */
export interface CurrencyBalance {
  readonly id: string;
  readonly memberId: string;
  readonly currencyId: string;
  readonly currencyName: string;
  readonly currencyType: string;
  accrued: Decimal;
  redeemed: Decimal;
  expired: Decimal;
  /** All points that ever went into escrow. */
  escrowed: Decimal;
  /** Those of them that have become part of the balance. */
  rolledOver: Decimal;
  /** `yyyy-MM-dd` up to which escrow has been rolled over; empty for never. */
  readonly escrowProcessedOn: string;
  isChanged: boolean;
  /** Whether points went into escrow or out of it: all of them may have, so that its totals are zero again. */
  isEscrowChanged?: boolean;
}

export function balanceOf({ accrued, redeemed, expired }: CurrencyBalance): Decimal {
  return accrued.minus(redeemed).minus(expired);
}

/** Points that cannot be spent yet. */
export function escrowOf({ escrowed, rolledOver }: CurrencyBalance): Decimal {
  return escrowed.minus(rolledOver);
}

type Total = 'accrued' | 'redeemed' | 'expired' | 'escrowed' | 'rolledOver';
type MemberCurrencyRow = Omit<CurrencyBalance, Total | 'isChanged' | 'isEscrowChanged'> &
  Readonly<Record<Total, number>>;

/** Reads the currencies of all members of one request at once. */
export class MemberCurrencyReader {
  readonly #ofMembers: StatementSync;

  constructor({ db }: Store) {
    const total = (column: string): string => `coalesce(c."${column}", 0)`;
    this.#ofMembers = db.prepare(
      `SELECT c."Id" AS id, c."LoyaltyMemberId" AS memberId, c."LoyaltyProgramCurrencyId" AS currencyId,
         p."Name" AS currencyName, p."CurrencyType" AS currencyType, ${total('TotalPointsAccrued')} AS accrued,
         ${total('TotalPointsRedeemed')} AS redeemed, ${total('TotalPointsExpired')} AS expired,
         ${total('TotalEscrowPointsAccrued')} AS escrowed, ${total('TotalEscrowRolloverPoints')} AS rolledOver,
         substr(coalesce(c."LastEscrowProcessedDate", ''), 1, 10) AS escrowProcessedOn
       FROM "LoyaltyMemberCurrency" AS c JOIN "LoyaltyProgramCurrency" AS p ON p."Id" = c."LoyaltyProgramCurrencyId"
       WHERE c."LoyaltyMemberId" IN (SELECT value FROM json_each(?)) AND c."IsDeleted" = 0 ORDER BY c."Id"`,
    );
  }

  read(memberIds: Iterable<string>): MemberCurrencies {
    const rows = typedRows<MemberCurrencyRow>(this.#ofMembers, JSON.stringify([...memberIds]));
    const currencies = new MemberCurrencies();
    for (const row of rows) {
      const decimals = {
        accrued: decimalOf(row.accrued),
        redeemed: decimalOf(row.redeemed),
        expired: decimalOf(row.expired),
        escrowed: decimalOf(row.escrowed),
        rolledOver: decimalOf(row.rolledOver),
      };
      currencies.add({ ...row, ...decimals, isChanged: false });
    }
    return currencies;
  }
}

/** What members hold in each currency. */
export class MemberCurrencies {
  readonly #byMember = new Map<string, Map<string, CurrencyBalance>>();

  add(held: CurrencyBalance): CurrencyBalance {
    const own = this.#byMember.get(held.memberId) ?? new Map<string, CurrencyBalance>();
    this.#byMember.set(held.memberId, own.set(held.currencyId, held));
    return held;
  }

  /**
   * A currency that is newer than the member has no row: Help says that it is made by hand. What an org does without it
   * is unknown; here nothing moves, so that nobody relies on a row that an org would not make.
   *
   * @throws {ProcessFailure}
   */
  of({ memberId, membershipNumber }: RunningJournal, currency: ProgramCurrency): CurrencyBalance {
    const held = this.#byMember.get(memberId)?.get(currency.id);
    if (held) return held;
    throw new ProcessFailure(
      `Member ${membershipNumber} has no LoyaltyMemberCurrency for ${currency.name}, ` +
        'as members have who are older than a currency: create the record first.',
    );
  }

  ofMember(memberId: string): CurrencyBalance[] {
    return [...(this.#byMember.get(memberId)?.values() ?? [])];
  }

  changed(): CurrencyBalance[] {
    return [...this.#byMember.values()].flatMap((own) => [...own.values()].filter(({ isChanged }) => isChanged));
  }
}
