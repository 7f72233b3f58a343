import { z } from 'zod';
import { decimalOf } from '../../base/decimal.js';
import { inLists } from '../../client/index.js';
import type { ProgramDefinition } from '../definition/programDefinition.js';
import type { OrgProgram } from '../org/readOrgProgram.js';
import type { ProgramClient } from '../programClient.js';
import { openingBalancesOf } from './openingBalance.js';
import type { OpeningBalance } from './openingBalance.js';
import type { PlanEntry } from './programPlan.js';
import { readOpenings } from './readOpenings.js';

export interface BalanceQuestion {
  readonly definition: ProgramDefinition;
  readonly org: OrgProgram;
  /** Ids of the members that the org has, by number in lower case. */
  readonly members: ReadonlyMap<string, string>;
}

/**
 * Says which opening balances are credited. A member that has moved points of the currency before does not begin with
 * them: a file that was exported from an org gives nothing to the members of that org.
 */
export async function planBalances(
  client: Pick<ProgramClient, 'query'>,
  { definition, org, members }: BalanceQuestion,
): Promise<PlanEntry[]> {
  const balances = openingBalancesOf(definition.name, definition.members);
  const journals = await readOpenings(client, balances);
  const unknown = balances.filter(({ key }) => !journals.has(key));
  const ids = unknown.flatMap(({ member }) => members.get(member.toLowerCase()) ?? []);
  const moved = await readMoved(client, new Set(ids));
  const currencies = org.objects.get('LoyaltyProgramCurrency')?.records ?? [];
  return balances.map((balance) => {
    const journal = journals.get(balance.key);
    const member = members.get(balance.member.toLowerCase()) ?? '';
    const currency = currencies.find(({ values }) => isNamed(values['Name'], balance.currency))?.id ?? '';
    if (journal?.isCredited) return { ...creditedEntry(balance, journal.points), id: journal.id };
    const hasMoved = journal === undefined && moved.has(`${member} ${currency}`);
    return hasMoved
      ? { action: 'leave', ...balanceEntry(balance), reason: 'The member has earned or spent such points before.' }
      : { action: 'create', ...balanceEntry(balance) };
  });
}

function isNamed(value: unknown, name: string): boolean {
  return typeof value === 'string' && value.toLowerCase() === name.toLowerCase();
}

/** Opening balances are credited once. A later change of the definition moves no points, and is named. */
function creditedEntry(balance: OpeningBalance, credited: number): PlanEntry {
  const entry = { action: 'leave', ...balanceEntry(balance), fields: [] } as const;
  if (decimalOf(credited).equals(balance.points)) return entry;
  const reason = `The org has credited ${credited} and not ${balance.points}. An opening balance is credited once; correct it with adjust points.`;
  return { ...entry, reason };
}

function balanceEntry(balance: OpeningBalance) {
  const { key, currency, points, member } = balance;
  const values = { Member: member, Currency: currency, Points: points };
  const fields = Object.entries(values).map(([field, to]) => ({ field, from: null, to }));
  return { object: 'TransactionJournal', name: key, fields, source: { kind: 'balance', balance } } as const;
}

const MovedRow = z.object({ LoyaltyProgramMemberId: z.string(), LoyaltyProgramCurrencyId: z.string().nullable() });

/** Returns which members have rows in the ledger, and of which currencies: both Ids, with a blank between. */
async function readMoved(
  { query }: Pick<ProgramClient, 'query'>,
  members: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const moved = new Set<string>();
  const fields = Object.keys(MovedRow.shape).join(', ');
  for (const list of inLists(members)) {
    const soql = `SELECT ${fields} FROM LoyaltyLedger WHERE LoyaltyProgramMemberId IN ${list} GROUP BY ${fields}`;
    for (const row of await query.allRows(soql, MovedRow))
      moved.add(`${row.LoyaltyProgramMemberId} ${row.LoyaltyProgramCurrencyId}`);
  }
  return moved;
}
