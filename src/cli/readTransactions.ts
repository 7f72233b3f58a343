import { Messages } from '@salesforce/core';
import { definedValues } from '../base/definedValues.js';
import { historyTypes, readMemberHistory } from '../client/index.js';
import type { HistoryType, LoyaltyClient } from '../client/index.js';
import { exitCodes } from './errors/exitCodes.js';
import { historyRecord } from './historyRows.js';
import type { TransactionRecord } from './results/transactionResults.js';
import { transactionRecord } from './transactionRows.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.list.transactions');

interface WantedTransactions {
  /** Membership number. */
  readonly member: string;
  readonly type?: string | undefined;
  readonly subtype?: string | undefined;
  /** Days here, as `yyyy-MM-dd`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Reads transactions with their points. */
export async function readLedger(
  client: LoyaltyClient,
  program: string,
  { member, type, subtype, ...days }: WantedTransactions,
): Promise<TransactionRecord[]> {
  const { from, to } = periodOf(days);
  const filter = {
    journalTypeName: type,
    journalSubTypeName: subtype,
    periodStartDate: from,
    periodEndDate: to,
    additionalTransactionJournalAttributes: ['Status'],
  };
  const journals = await client.transactions.allLedgerSummaries(program, member, definedValues(filter));
  return journals.map((journal) => transactionRecord(journal, member));
}

/** Reads accruals and redemptions with their fields. */
export async function readHistory(
  client: LoyaltyClient,
  program: string,
  { member, type, subtype, ...days }: WantedTransactions,
): Promise<TransactionRecord[]> {
  const filter = { type: historyType(type), subtype, ...periodOf(days) };
  const journals = await readMemberHistory(client, program, member, filter);
  return journals.map((journal) => historyRecord(journal, member));
}

/** @throws {SfError} with exit code 2 for a type that no history has */
export function historyType(type: string | undefined): HistoryType | undefined {
  const found = historyTypes.find((each) => each.toLowerCase() === type?.toLowerCase());
  if (found !== undefined || type === undefined) return found;
  const error = messages.createError('error.notInHistory', [type]);
  error.exitCode = exitCodes.usage;
  throw error;
}

function periodOf({ from, to }: Pick<WantedTransactions, 'from' | 'to'>) {
  return { from: from && instantText(`${from}T00:00:00.000`), to: to && instantText(`${to}T23:59:59.999`) };
}

/** The instant at which clocks here show that time, as dates are printed here. */
function instantText(time: string): string {
  return new Date(time).toISOString();
}
