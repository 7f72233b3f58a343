import { source } from './arrayFeed.js';

/** Groups lines of receipts: Receipt, Card, Amount, Date. */
export const receiptMapping = `
source: ${source}
key: Receipt
member: Card
group: { by: Receipt }
journal:
  ActivityDate: Date
  JournalTypeName: { value: Accrual }
  TransactionAmount: { sum: Amount }
`;
