import { soqlText, type LoyaltyClient } from '../client/index.js';
import type { OutboxItem } from '../outbox/index.js';

type JournalFields = Record<string, string | number | boolean>;

/** Names that the real-time resource takes in the place of an Id, and the objects in which the Ids are found. */
const named: Readonly<Record<string, { readonly field: string; readonly object: string }>> = {
  journaltypename: { field: 'JournalTypeId', object: 'JournalType' },
  journaltype: { field: 'JournalTypeId', object: 'JournalType' },
  journalsubtypename: { field: 'JournalSubTypeId', object: 'JournalSubType' },
  journalsubtype: { field: 'JournalSubTypeId', object: 'JournalSubType' },
};

/**
 * An item as fields of a record, which a PATCH takes: Ids in the place of names. The status is Pending, so that the
 * journal can be run.
 * @throws {RangeError} for a member or type that the org does not have
 */
export async function mendedJournal(client: LoyaltyClient, program: string, item: OutboxItem): Promise<JournalFields> {
  const member = await client.members.resolve(program, item.member);
  if (!member) throw new RangeError(`The program ${program} has no member ${item.member}.`);
  const fields: JournalFields = { Status: 'Pending', MemberId: member.Id };
  for (const [name, value] of Object.entries(item.journal)) {
    const known = named[name.toLowerCase()];
    if (!known) fields[name] = value;
    else fields[known.field] = await idOf(client, known.object, String(value));
  }
  return fields;
}

async function idOf(client: LoyaltyClient, object: string, name: string): Promise<string> {
  const [row] = await client.query.all(`SELECT Id FROM ${object} WHERE Name = ${soqlText(name)}`);
  if (typeof row?.['Id'] !== 'string') throw new RangeError(`The org has no ${object} named ${name}.`);
  return row['Id'];
}
