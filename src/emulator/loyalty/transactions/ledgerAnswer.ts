import { decimalOf } from '../../../base/decimal.js';
import type { LedgerRow } from '../../../contract/endpoints/transactionEndpoints.js';
import { doubleText } from '../../platform/bulk/csv/doubleText.js';
import type { Store } from '../../store/store.js';
import type { FieldValue, SObjectRow } from '../../store/tables/objectTable.js';
import { numberOf, parentOf, textOrNull } from '../rowValues.js';
import type { NamedJournal } from './memberJournals.js';

/** A row of the answer. Names without a value are left out, lists never: an SDK of Salesforce's needs them. */
export function ledgerRow(
  store: Store,
  { journal, typeName, subTypeName }: NamedJournal,
  attributes: readonly string[],
): LedgerRow {
  const amount = journal['TransactionAmount'];
  const given = {
    activityDate: textOrNull(journal, 'ActivityDate'),
    externalTransactionNumber: textOrNull(journal, 'ExternalTransactionNumber'),
    journalTypeName: typeName,
    journalSubTypeName: subTypeName,
    productName: textOrNull(parentOf(store, journal, 'ProductId', 'Product2'), 'Name'),
    productCategoryName: textOrNull(parentOf(store, journal, 'ProductCategoryId', 'ProductCategory'), 'Name'),
    transactionAmount: typeof amount === 'number' ? doubleText(amount) : null,
    transactionJournalNumber: textOrNull(journal, 'Name'),
  };
  return {
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)),
    additionalTransactionJournalAttributes: attributes.map((fieldName) => ({
      fieldName,
      value: attributeText(journal[fieldName] ?? null),
    })),
    pointsChange: pointsChanges(store, journal),
    transactionJournalId: journal.Id,
  };
}

/** The guide's sample has texts, and the text `null` for a field without a value. */
function attributeText(value: FieldValue): string {
  return typeof value === 'number' ? doubleText(value) : String(value);
}

/** The sum of the member's ledger rows, by currency. The ledger has positive points and a direction. */
function pointsChanges(store: Store, journal: SObjectRow): NonNullable<LedgerRow['pointsChange']> {
  const sums = new Map<string, { name: string | null; points: ReturnType<typeof decimalOf> }>();
  const rows = store.find('LoyaltyLedger', { TransactionJournalId: journal.Id });
  for (const row of rows.filter(({ LoyaltyProgramMemberId: id }) => id === journal['MemberId'])) {
    const currency = parentOf(store, row, 'LoyaltyProgramCurrencyId', 'LoyaltyProgramCurrency');
    const key = currency?.Id ?? '';
    const sum = sums.get(key) ?? { name: textOrNull(currency, 'Name'), points: decimalOf(0) };
    const points = decimalOf(numberOf(row, 'Points'));
    sums.set(key, { ...sum, points: isCredit(row) ? sum.points.plus(points) : sum.points.minus(points) });
  }
  return [...sums.values()].map(({ name, points }) => ({
    changeInPoints: points.toNumber(),
    ...(name !== null && { loyaltyMemberCurrency: name }),
  }));
}

function isCredit(row: SObjectRow): boolean {
  return row['EventType'] === 'Credit';
}
