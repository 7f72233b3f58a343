import { soqlText } from '../client/index.js';
import type { LoyaltyClient } from '../client/index.js';
import type { OutboxItem } from '../outbox/index.js';

export type JournalFields = Record<string, string | number | boolean>;

/** `missing`: what the org does not have, in words. */
export type CorrectedJournal = { readonly fields: JournalFields } | { readonly missing: string };

/** Names that the real-time resource accepts instead of an Id, and the objects that have the Ids. */
const named: Readonly<Record<string, { readonly field: string; readonly object: string }>> = {
  journaltypename: { field: 'JournalTypeId', object: 'JournalType' },
  journaltype: { field: 'JournalTypeId', object: 'JournalType' },
  journalsubtypename: { field: 'JournalSubTypeId', object: 'JournalSubType' },
  journalsubtype: { field: 'JournalSubTypeId', object: 'JournalSubType' },
};

/**
 * Returns an item as fields for a PATCH, with Ids instead of names. The status is Pending, so that the journal runs.
 */
export async function correctedJournal(
  client: LoyaltyClient,
  program: string,
  item: OutboxItem,
): Promise<CorrectedJournal> {
  const member = await client.members.resolve(program, item.member);
  if (!member) return { missing: `cannot be changed: the program ${program} has no member ${item.member}.` };
  const fields: JournalFields = { Status: 'Pending', MemberId: member.Id };
  for (const [name, value] of Object.entries(item.journal)) {
    const known = named[name.toLowerCase()];
    const id = known && (await idOf(client, known.object, String(value)));
    if (known && id === undefined) return { missing: `cannot be changed: the org has no ${known.object} ${value}.` };
    fields[known?.field ?? name] = id ?? value;
  }
  return { fields };
}

async function idOf(client: LoyaltyClient, object: string, name: string): Promise<string | undefined> {
  const [row] = await client.query.all(`SELECT Id FROM ${object} WHERE Name = ${soqlText(name)}`);
  return typeof row?.['Id'] === 'string' ? row['Id'] : undefined;
}
