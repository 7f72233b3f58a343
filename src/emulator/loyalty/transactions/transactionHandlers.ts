import { transactionEndpoints } from '../../../contract/endpoints/transactionEndpoints.js';
import { OrgRefusal } from '../../orgRefusal.js';
import type { Store } from '../../store/store.js';
import { serve } from '../serve.js';
import { historyRow } from './historyAnswer.js';
import { journalPeriod } from './journalPeriod.js';
import { ledgerRow } from './ledgerAnswer.js';
import { memberJournals, memberWithNumber, pageOf } from './memberJournals.js';

const ledgerSummary = serve(
  transactionEndpoints.ledgerSummary,
  (loyalty, { program, params, query, writing: { store } }) => {
    const { pageNumber = 1, journalTypeName: typeName, journalSubTypeName: subTypeName } = query;
    const attributes = journalFields(store, query.additionalTransactionJournalAttributes ?? []);
    const period = journalPeriod(query, loyalty.org.settings.timeZone);
    const member = memberWithNumber(loyalty, program, params.membershipNumber);
    const journals = memberJournals(store, member, { period, typeName, subTypeName });
    const rows = pageOf(journals, pageNumber).map((journal) => ledgerRow(store, journal, attributes));
    return { message: null, status: true, transactionJournalCount: rows.length, transactionJournals: rows };
  },
  {
    failure: (message) => ({ message, status: false, transactionJournalCount: 0, transactionJournals: [] }),
  },
);

const history = serve(
  transactionEndpoints.history,
  (loyalty, { program, query, body, writing: { store } }) => {
    const period = journalPeriod(body, loyalty.org.settings.timeZone);
    const member = memberWithNumber(loyalty, program, body.membershipNumber);
    const filter = { period, typeName: body.journalType, subTypeName: body.journalSubType };
    const journals = memberJournals(store, member, filter);
    const transactionJournals = pageOf(journals, query.page ?? 1).map((journal) => historyRow(store, journal));
    return { message: null, status: true, totalCount: journals.length, transactionJournals };
  },
  { failure: (message) => ({ message, status: false, totalCount: 0, transactionJournals: [] }) },
);

export const transactionHandlers = [ledgerSummary, history];

/** The fields as the object spells them. @throws {OrgRefusal} 400 INVALID_FIELD for one that it does not have */
function journalFields(store: Store, names: readonly string[]): string[] {
  const type = store.type('TransactionJournal');
  return names.map((name) => {
    const field = type.field(name);
    if (field) return field.name;
    throw new OrgRefusal(400, 'INVALID_FIELD', `No such column '${name}' on entity 'TransactionJournal'.`);
  });
}
