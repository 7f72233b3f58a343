import type { JournalResult, RealtimeResponse } from '../contract/endpoints/realtimeEndpoints.js';

/** What the rules gave directly for a journal. What flows gave that they started is not in the answer. */
export interface ExecutedJournal {
  readonly journalId: string | null;
  readonly points: readonly MovedPoints[];
  /** Codes of the vouchers that were issued. */
  readonly vouchers: readonly string[];
}

/** One change of a member's points. A currency can change several times, such as once for each promotion. */
export interface MovedPoints {
  readonly membershipNumber: string;
  readonly currency: string;
  /** Signed. */
  readonly points: number;
  /** Signed: points in escrow, which cannot be spent yet. */
  readonly escrow: number;
  /** Id of the promotion that gave them. */
  readonly promotionId: string | null;
  /** After all journals of the request. Null if the answer does not say. */
  readonly balance: number | null;
}

/** Returns what `client.journals.execute` answered, journal by journal. */
export function executedJournals(response: RealtimeResponse): ExecutedJournal[] {
  const balances = balancesIn(response);
  return (response.processResult?.transactionJournalResult ?? []).map((result) => ({
    journalId: result.id ?? null,
    points: pointsIn(result, balances),
    vouchers: (result.voucherResult?.vouchersIssued ?? []).flatMap(({ voucherCode }) => voucherCode ?? []),
  }));
}

type Balances = ReadonlyMap<string, number>;

function balancesIn({ processResult }: RealtimeResponse): Balances {
  const balances = (processResult?.memberPointsBalance ?? []).flatMap(({ memberShipNumber, memberCurrencies }) =>
    (memberCurrencies ?? []).map((held) => [keyOf(memberShipNumber, held.currencyName), held.pointsBalance] as const),
  );
  return new Map(balances);
}

function pointsIn({ changeInMemberPoints }: JournalResult, balances: Balances): MovedPoints[] {
  return (changeInMemberPoints ?? []).flatMap(({ memberShipNumber, changeInMemberCurrencies }) =>
    (changeInMemberCurrencies ?? []).map((change) => ({
      membershipNumber: memberShipNumber,
      currency: change.currencyName,
      points: change.changeInPointsBalance ?? 0,
      escrow: change.changeInEscrowPointsBalance ?? 0,
      promotionId: change.promotionId ?? null,
      balance: balances.get(keyOf(memberShipNumber, change.currencyName)) ?? null,
    })),
  );
}

function keyOf(membershipNumber: string, currency: string): string {
  return JSON.stringify([membershipNumber, currency]);
}
