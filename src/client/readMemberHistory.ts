import { z } from 'zod';
import type { HistoryRequest, HistoryRow } from '../contract/endpoints/transactionEndpoints.js';
import type { LoyaltyClient } from './loyaltyClient.js';
import { noneWithoutFeature } from './query/noneWithoutFeature.js';
import { inLists } from './query/soql.js';

/** Types of journals that a history can be asked for. */
export const historyTypes = ['Accrual', 'Redemption'] as const satisfies ReadonlyArray<HistoryRequest['journalType']>;
export type HistoryType = (typeof historyTypes)[number];

/** The org requires a start since v57. No journal is older than this. */
const beforeAll = '1970-01-01T00:00:00.000Z';

export interface HistoryFilter {
  /** Default: both. */
  readonly type?: HistoryType | undefined;
  /** Exact name. */
  readonly subtype?: string | undefined;
  /** Date-times. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** A journal as the transaction history has it. */
export interface HistoryJournal {
  readonly type: HistoryType;
  /** Name. Null for none, and where the user may not read it. */
  readonly subtype: string | null;
  /** By API name. Texts without a value are empty, numbers 0. */
  readonly fields: HistoryRow;
}

/**
 * Reads the transaction history of a member, all pages of it, and the names of the subtypes, of which the history has
 * only the Ids.
 *
 * @throws {LoyaltyProcessError} for HTTP 200 with `status: false`
 */
export async function readMemberHistory(
  client: LoyaltyClient,
  program: string,
  membershipNumber: string,
  { type, subtype, from, to }: HistoryFilter = {},
): Promise<HistoryJournal[]> {
  const filter = {
    ...(subtype !== undefined && { journalSubType: subtype }),
    periodStartDate: from ?? beforeAll,
    ...(to !== undefined && { periodEndDate: to }),
  };
  const journals: Array<Omit<HistoryJournal, 'subtype'>> = [];
  for (const journalType of type === undefined ? historyTypes : [type]) {
    const request = { membershipNumber, journalType, ...filter };
    const rows = await client.transactions.allHistory(program, request);
    journals.push(...rows.map((fields) => ({ type: journalType, fields })));
  }
  const names = await subtypeNames(client, new Set(journals.flatMap(({ fields }) => subtypeId(fields) ?? [])));
  return journals.map((journal) => ({ ...journal, subtype: names.get(subtypeId(journal.fields) ?? '') ?? null }));
}

const SubtypeRow = z.object({ Id: z.string(), Name: z.string().nullable() });

async function subtypeNames({ query }: LoyaltyClient, ids: Iterable<string>): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const list of inLists(ids)) {
    const soql = `SELECT Id, Name FROM JournalSubType WHERE Id IN ${list}`;
    const rows = await query.allRows(soql, SubtypeRow).catch(noneWithoutFeature);
    for (const { Id, Name } of rows) if (Name !== null) names.set(Id, Name);
  }
  return names;
}

function subtypeId({ JournalSubTypeId: id }: HistoryRow): string | undefined {
  return typeof id === 'string' && /^[A-Za-z0-9]{18}$/.test(id) ? id : undefined;
}
