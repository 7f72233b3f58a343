import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import type { TransactionJournalInput } from '../client/index.js';
import { filledText, memberFlag } from './commonFlags.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.transactions');

/** Of a transaction for which none is named. */
export const defaultType = 'Accrual';

/** A transaction of a member that is not in the org yet, or journals that are. */
export const transactionFlags = {
  member: memberFlag({ exactlyOne: ['member', 'journal'], dependsOn: ['amount'] }),
  amount: Flags.string({
    summary: messages.getMessage('flags.amount.summary'),
    description: messages.getMessage('flags.amount.description'),
    dependsOn: ['member'],
    parse: async (input) => parseAmount(input),
  }),
  type: filledText({ summary: messages.getMessage('flags.type.summary'), dependsOn: ['member'] }),
  subtype: filledText({ summary: messages.getMessage('flags.subtype.summary'), dependsOn: ['member'] }),
  date: Flags.string({
    summary: messages.getMessage('flags.date.summary'),
    description: messages.getMessage('flags.date.description'),
    dependsOn: ['member'],
    parse: async (input) => parseDate(input),
  }),
  journal: Flags.string({
    summary: messages.getMessage('flags.journal.summary'),
    multiple: true,
    // Running a journal by its Id needs no key.
    exclusive: ['key', 'outbox'],
    parse: async (input) => parseJournalId(input),
  }),
};

/** The transaction flags, parsed. */
export interface GivenTransaction {
  readonly amount: string | undefined;
  readonly type: string | undefined;
  readonly subtype: string | undefined;
  /** ISO 8601, UTC. */
  readonly date: string | undefined;
}

/** @param membershipNumber as the org has it */
export function transactionOf(given: GivenTransaction, membershipNumber: string): TransactionJournalInput {
  const { amount, type = defaultType, subtype, date = new Date().toISOString() } = given;
  return {
    ActivityDate: date,
    MembershipNumber: membershipNumber,
    JournalTypeName: type,
    ...(subtype !== undefined && { JournalSubTypeName: subtype }),
    ...(amount !== undefined && { TransactionAmount: amount }),
  };
}

/** The flags with which a command can be repeated. */
export function givenTransaction({
  amount,
  type,
  subtype,
  date,
}: GivenTransaction): Record<string, string | undefined> {
  return { amount, type, subtype, date };
}

/** Returns the amount as it was written, so that it never passes through a binary number. @throws {SfError} */
export function parseAmount(input: string): string {
  if (!/^-?\d+(\.\d{1,4})?$/.test(input)) throw messages.createError('error.amount', [input]);
  return input;
}

/** @throws {SfError} */
function parseJournalId(input: string): string {
  if (!/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(input)) throw messages.createError('error.journal', [input]);
  return input;
}

/** Reads a date or date-time, as ISO 8601 in UTC. @throws {SfError} */
export async function parseDate(input: string): Promise<string> {
  const { dateReader } = await import('../base/dateReader.js');
  const reading = dateReader({ zone: 'utc' })(input);
  if ('instant' in reading) return reading.instant;
  throw messages.createError('error.date', [input]);
}
