/** The fields that the examples' mappings name, because a mapping is checked before anything is read. */
const fields = Object.entries({
  ExternalTransactionNumber: 'string',
  MemberId: 'reference',
  ActivityDate: 'datetime',
  JournalTypeId: 'reference',
  JournalSubTypeId: 'reference',
  TransactionAmount: 'currency',
  Quantity: 'double',
  TransactionLocation: 'string',
  Comment: 'string',
}).map(([name, type]) => ({ name, type, length: 255, scale: 2, createable: true, filterable: true }));

/** TransactionJournal, as far as a sync asks for it. */
export const describedJournal = { name: 'TransactionJournal', fields };
