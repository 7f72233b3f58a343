import { z } from 'zod';
import { soqlPrefix, soqlText } from './query/soql.js';

/**
 * A TransactionJournal as a look-up returns it. Fields below `RelatedJournalId` are present only if they were
 * requested.
 */
export const JournalRow = z.object({
  Id: z.string(),
  ExternalTransactionNumber: z.string(),
  Status: z.string().nullable(),
  ErrorDescription: z.string().nullable(),
  MemberId: z.string().nullable(),
  LoyaltyProgramId: z.string().nullable(),
  /** The journal that this one cancels or adjusts. */
  RelatedJournalId: z.string().nullish(),
  CreatedDate: z.string().nullish(),
  ActivityDate: z.string().nullish(),
  JournalTypeId: z.string().nullish(),
  JournalType: z.object({ Name: z.string().nullable() }).nullish(),
  JournalSubTypeId: z.string().nullish(),
  JournalSubType: z.object({ Name: z.string().nullable() }).nullish(),
  TransactionAmount: z.number().nullish(),
  Quantity: z.number().nullish(),
  Distance: z.number().nullish(),
  Member: z.object({ MembershipNumber: z.string().nullable() }).nullish(),
});
export type JournalRow = z.infer<typeof JournalRow>;

export const SourceJournalRow = z.object({
  Id: z.string(),
  ExternalTransactionNumber: z.string(),
  CreatedDate: z.string(),
});
export type SourceJournalRow = z.infer<typeof SourceJournalRow>;

export const IdRow = z.object({ Id: z.string() });

/** The journals of a program whose numbers begin with the same prefix. */
export interface JournalSource {
  readonly programId: string;
  /** Case is ignored. */
  readonly prefix: string;
  /** Whether to leave out journals that cancel or adjust another one. False if this user cannot see that they do. */
  readonly withoutRelated: boolean;
}

/** Returns the conditions of a query for the journals of a source. */
export function ofSource({ programId, prefix, withoutRelated }: JournalSource, since?: Date): string {
  return [
    `ExternalTransactionNumber LIKE ${soqlPrefix(prefix)}`,
    ...(since === undefined ? [] : [`CreatedDate >= ${since.toISOString()}`]),
    `(LoyaltyProgramId = ${soqlText(programId)} OR LoyaltyProgramId = null)`,
    ...(withoutRelated ? ['RelatedJournalId = null'] : []),
  ].join(' AND ');
}

/** Fields that every query asks for. */
export const keyFields = [
  ...['Id', 'ExternalTransactionNumber', 'Status', 'ErrorDescription', 'MemberId', 'LoyaltyProgramId'],
  'CreatedDate',
];
