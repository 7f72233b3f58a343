import { soqlText } from './soql.js';

/** The condition on journals of a program that have not run, and are not older than a time of the org. */
export function notProcessed(programId: string, since: Date): string {
  return `LoyaltyProgramId = ${soqlText(programId)} AND CreatedDate >= ${since.toISOString()} AND Status != 'Processed'`;
}
