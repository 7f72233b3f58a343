import { z } from 'zod';
import { TransactionJournalInput } from '../endpoints/realtimeEndpoints.js';
import { numberParameter, optional, recordId, structure, textParameter } from '../parameter.js';
import { processTemplate } from '../processTemplate.js';

/** The template has the member inside the journal, and its rule names the currency; copies take them as parameters. */
const journal = {
  TransactionJournal: structure(TransactionJournalInput),
  MemberId: optional(recordId),
  MembershipNumber: optional(textParameter),
  ProgramCurrencyName: optional(textParameter),
};

/** Guide: "Credit Points to Members". Without an active rule there is no number in the result. */
export const creditPointsToMembers = processTemplate({
  type: 'CreditPointsToMembers',
  inputs: { ...journal, PointsToCredit: numberParameter },
  result: z.looseObject({ PointsCredited: z.coerce.number().nullish() }),
});

/** Guide: "Debit Points from Members". */
export const debitPointsFromMembers = processTemplate({
  type: 'DebitPointsFromMembers',
  inputs: { ...journal, PointsToDebit: numberParameter },
  result: z.looseObject({ PointsDebited: z.coerce.number().nullish() }),
});
