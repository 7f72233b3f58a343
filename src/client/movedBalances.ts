import { z } from 'zod';
import { isSameId } from '../base/sameId.js';
import type { MemberProfile } from '../contract/endpoints/memberEndpoints.js';
import type { LoyaltyClient } from './loyaltyClient.js';
import { ledgerSum } from './ledgerSum.js';
import { soqlText } from './query/soql.js';

/** What journals have moved in one currency. */
export interface MovedBalance {
  /** Name of the currency. */
  readonly currency: string;
  /** Negative for points that were taken. */
  readonly change: number;
  /** What the member has now; null if the org does not tell. */
  readonly balance: number | null;
}

/** The journals of a member that are meant. */
export type MovedBy =
  | { readonly journalId: string }
  | { readonly externalTransactionNumber: string }
  /** Journals that are related to this one. */
  | { readonly relatedJournalId: string };

const LedgerRow = z.object({
  Points: z.number().nullable(),
  EventType: z.string().nullable(),
  LoyaltyProgramCurrency: z.object({ Id: z.string(), Name: z.string() }),
});

interface Movement extends Pick<MovedBalance, 'currency' | 'change'> {
  readonly currencyId: string;
}

/**
 * Returns in which currencies journals have moved points of a member, and what the member has now: the ledger names the
 * currencies, the profile has the balances. For use after a write, so nothing is thrown: what the org does not tell is
 * left out.
 */
export async function readMovedBalances(
  client: LoyaltyClient,
  program: string,
  { memberId, by }: { readonly memberId: string; readonly by: MovedBy },
): Promise<MovedBalance[]> {
  const [moved, profile] = await Promise.all([
    readMovements(client, memberId, by).catch(() => []),
    client.members.profile(program, { memberId }).catch(() => null),
  ]);
  return moved.map(({ currencyId, ...movement }) => ({ ...movement, balance: balanceIn(profile, currencyId) }));
}

async function readMovements(client: LoyaltyClient, memberId: string, by: MovedBy): Promise<Movement[]> {
  const soql =
    'SELECT Points, EventType, LoyaltyProgramCurrency.Id, LoyaltyProgramCurrency.Name FROM LoyaltyLedger ' +
    `WHERE LoyaltyProgramMemberId = ${soqlText(memberId)} AND ${conditionOf(by)} ORDER BY LoyaltyProgramCurrency.Name`;
  const rows = await client.query.allRows(soql, LedgerRow);
  return [...Map.groupBy(rows, (row) => row.LoyaltyProgramCurrency.Id)].map(([currencyId, own]) => ({
    currencyId,
    currency: own[0]?.LoyaltyProgramCurrency.Name ?? '',
    change: ledgerSum(own, -1).toNumber(),
  }));
}

function conditionOf(by: MovedBy): string {
  if ('journalId' in by) return `TransactionJournalId = ${soqlText(by.journalId)}`;
  if ('relatedJournalId' in by) return `TransactionJournal.RelatedJournalId = ${soqlText(by.relatedJournalId)}`;
  return `TransactionJournal.ExternalTransactionNumber = ${soqlText(by.externalTransactionNumber)}`;
}

function balanceIn(profile: MemberProfile | null, currencyId: string): number | null {
  const held = profile?.memberCurrencies?.find((each) => isSameId(currencyId, each.loyaltyProgramCurrencyId));
  return held?.pointsBalance ?? null;
}
