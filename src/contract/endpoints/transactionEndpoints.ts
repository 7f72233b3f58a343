import { z } from 'zod';
import { endpoint } from '../endpoint.js';
import { inAnyCase } from '../inAnyCase.js';

/** Most journals of one page, in the ledger summary and in the history. */
export const transactionsPerPage = 200;

/** Counts from 1. Salesforce's SDK for iOS writes `Optional(2)` for 2. */
const PageNumber = z
  .union([z.string(), z.number()])
  .transform((given) => Number(String(given).replace(/^Optional\((.*)\)$/, '$1')))
  .pipe(z.number().int().positive());

const FieldList = z
  .union([z.string(), z.array(z.string()).readonly()])
  .transform((given) => (typeof given === 'string' ? given.split(',').map((part) => part.trim()) : [...given]));

const LedgerSummaryQuery = z.object({
  pageNumber: PageNumber.optional(),
  journalTypeName: z.string().optional(),
  journalSubTypeName: z.string().optional(),
  /** A day or a date-time. Clients send both. */
  periodStartDate: z.string().optional(),
  periodEndDate: z.string().optional(),
  /** API names of fields of TransactionJournal to add to each row. */
  additionalTransactionJournalAttributes: FieldList.optional(),
});

const text = z.string().nullish();
/** A number in the guide's table and in Salesforce's fixture, text such as `-100.0` in the guide's sample. */
const NumberOrText = z.union([z.number(), z.string().regex(/^[+-]?\d+(\.\d+)?(E[+-]?\d+)?$/i)]);
/** A value that is missing is the text `null` in the guide's sample. */
const Attributes = z.array(z.looseObject({ fieldName: z.string(), value: z.unknown() })).nullish();

/** Names without a value are left out. */
const LedgerRow = z.looseObject({
  activityDate: text,
  /** Key in Salesforce's SDK. In the guide: `additionalAttributes`. */
  additionalTransactionJournalAttributes: Attributes,
  additionalAttributes: Attributes,
  externalTransactionNumber: text,
  journalSubTypeName: text,
  journalTypeName: text,
  pointsChange: z.array(z.looseObject({ changeInPoints: NumberOrText, loyaltyMemberCurrency: text })).nullish(),
  productCategoryName: text,
  productName: text,
  transactionAmount: NumberOrText.or(z.literal('')).nullish(),
  transactionJournalId: z.string(),
  /** Eight digits. */
  transactionJournalNumber: text,
});
export type LedgerRow = z.infer<typeof LedgerRow>;

const LedgerSummary = z.looseObject({
  /** Here in the guide's sample and in Salesforce's SDKs, in the row according to the guide's table. */
  externalTransactionNumber: text,
  message: text,
  status: z.boolean(),
  /** Whether it counts the journals of the page or all of them is not said. */
  transactionJournalCount: z.number().nullish(),
  transactionJournals: z.array(LedgerRow).nullish(),
});
export type LedgerSummary = z.infer<typeof LedgerSummary>;

const HistoryRequest = z.object({
  membershipNumber: z.string(),
  journalType: inAnyCase(['Accrual', 'Redemption']),
  /** Name of the subtype. */
  journalSubType: z.string().optional(),
  /** ISO 8601. Optional in the table of v56, and required since. */
  periodStartDate: z.string(),
  periodEndDate: z.string().optional(),
});
export type HistoryRequest = z.infer<typeof HistoryRequest>;

/** Fields of TransactionJournal by their API names. Texts without a value are empty, and numbers 0. */
const HistoryRow = z.record(z.string(), z.unknown());
export type HistoryRow = z.infer<typeof HistoryRow>;

const History = z.looseObject({
  message: text,
  status: z.boolean(),
  /** Of all pages. */
  totalCount: z.number().nullish(),
  transactionJournals: z.array(HistoryRow).nullish(),
});
export type History = z.infer<typeof History>;

export const transactionEndpoints = {
  ledgerSummary: endpoint({
    method: 'GET',
    path: '/loyalty/programs/{program}/members/{membershipNumber}/transaction-ledger-summary',
    since: 58,
    guide: 'Transaction Ledger Summary',
    query: LedgerSummaryQuery,
    response: LedgerSummary,
  }),
  /** A POST that only reads. */
  history: endpoint({
    method: 'POST',
    path: '/connect/loyalty/programs/{program}/transaction-history',
    since: 56,
    guide: 'Transaction History',
    query: z.object({ page: PageNumber.optional() }),
    request: HistoryRequest,
    response: History,
  }),
};
