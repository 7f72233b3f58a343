import { Messages } from '@salesforce/core';
import type { LoyaltyClient, LookedUpJournal } from '../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

/** Most journals that an error lists. */
const listed = 5;

/**
 * Returns the journal with this Id, number or external transaction number.
 *
 * @throws {SfError} if there is none, or if several have the external transaction number
 */
export async function namedTransaction(
  client: LoyaltyClient,
  program: string,
  wanted: string,
): Promise<LookedUpJournal> {
  const found = await client.journals.named(program, wanted);
  const [journal, ...others] = found;
  if (!journal) throw messages.createError('error.unknownTransaction', [program, wanted]);
  if (others.length === 0) return journal;
  const ids = found.slice(0, listed).map(inWords).join(', ');
  throw messages.createError('error.severalTransactions', [wanted, ids]);
}

function inWords({ Id, JournalType, Member, Status }: LookedUpJournal): string {
  const facts = [JournalType?.Name, Member?.MembershipNumber, Status].filter((each) => each !== null);
  return `${Id} (${facts.join(', ')})`;
}
