import { at, outcome } from '../probeAnswer.js';
import { compared, unclear } from '../probe.js';
import type { Probe } from '../probe.js';
import type { ProbedOrg } from '../probedOrg.js';
import { journalRecord } from './journalProbes.js';
import { insertedMember } from './loyaltyProbes.js';

const longAgo = 'Sat, 01 Jan 2000 00:00:00 GMT';

async function account(org: ProbedOrg): Promise<string> {
  return `/sobjects/Account/${await org.made('Account', { Name: 'Probe' })}`;
}

export const recordProbes: readonly Probe[] = [
  {
    id: 'conditions-by-time',
    assumption: 'A record unchanged since a time is 304 to a read; one changed since is 412 to a write.',
    needs: ['program'],
    calls: 3,
    ask: async (org) => {
      const path = await account(org);
      const future = new Date((org.client.orgTime ?? Date.now()) + 3_600_000).toUTCString();
      const read = await org.ask('GET', path, { headers: { 'if-modified-since': future } });
      const headers = { 'content-type': 'application/json', 'if-unmodified-since': longAgo };
      const written = await org.ask('PATCH', path, { body: { Name: 'Probe 2' }, headers });
      return compared([read.status, written.status], [304, 412]);
    },
  },
  {
    id: 'entity-tags-of-accounts',
    assumption: 'Accounts have entity tags: a matching one is 304 to a read, another one is 412 to a write.',
    needs: ['program'],
    calls: 4,
    ask: async (org) => {
      const path = await account(org);
      const tag = (await org.ask('GET', path)).headers['etag'];
      if (tag === undefined) return compared(null, 'an ETag header');
      const read = await org.ask('GET', path, { headers: { 'if-none-match': tag } });
      const headers = { 'content-type': 'application/json', 'if-match': '"probe"' };
      const written = await org.ask('PATCH', path, { body: { Name: 'Probe 2' }, headers });
      return compared([read.status, written.status], [304, 412]);
    },
  },
  {
    id: 'entity-tag-is-of-the-whole-record',
    assumption: 'The entity tag is that of the whole record, whatever fields are read.',
    needs: ['program'],
    calls: 3,
    ask: async (org) => {
      const path = await account(org);
      const whole = (await org.ask('GET', path)).headers['etag'] ?? '';
      const part = (await org.ask('GET', `${path}?fields=Name`)).headers['etag'] ?? '';
      return whole === '' ? unclear('no ETag header') : compared(part === whole, true);
    },
  },
  {
    id: 'fields-parameter-returns-id',
    assumption: '?fields= also returns the Id.',
    needs: ['program'],
    calls: 2,
    ask: async (org) => {
      const { json } = await org.ask('GET', `${await account(org)}?fields=Name`);
      return compared([typeof at(json, 'Id'), at(json, 'Name')], ['string', 'Probe']);
    },
  },
  {
    id: 'id-of-another-object',
    assumption: 'An Id of another object is 404 to a read, and 400 MALFORMED_ID to a write.',
    needs: ['program'],
    calls: 3,
    ask: async (org) => {
      const path = (await account(org)).replace('Account', 'Contact');
      const read = await org.ask('GET', path);
      const written = await org.ask('PATCH', path, { body: { LastName: 'Probe' } });
      return compared([read.status, outcome(written)], [404, '400 MALFORMED_ID']);
    },
  },
  {
    id: 'unknown-upsert-field',
    assumption: 'An upsert by an unknown field is refused as NOT_FOUND, "Provided external ID field …".',
    needs: ['program'],
    calls: 1,
    ask: async (org) => {
      const answer = await org.ask('PATCH', '/sobjects/Account/Probe_Of_Nothing__c/x', { body: { Name: 'Probe' } });
      return compared([outcome(answer), answer.text.includes('Provided external ID field')], ['404 NOT_FOUND', true]);
    },
  },
  {
    id: 'journals-not-deleted-by-rest',
    assumption: 'Journals are not deleted by REST: 400 INSUFFICIENT_ACCESS_OR_READONLY.',
    needs: ['program', 'members'],
    calls: 2,
    ask: async (org) => {
      const id = await org.made('TransactionJournal', journalRecord(org));
      const answer = await org.ask('DELETE', `/sobjects/TransactionJournal/${id}`);
      return compared(outcome(answer), '400 INSUFFICIENT_ACCESS_OR_READONLY');
    },
  },
  {
    id: 'details-deleted-with-master',
    assumption: 'The currencies and tiers of a member are deleted with the member.',
    needs: ['program'],
    calls: 5,
    ask: async (org) => {
      const member = await insertedMember(org);
      await org.ask('DELETE', `/sobjects/LoyaltyProgramMember/${member}`);
      const of = `WHERE LoyaltyMemberId = '${member}'`;
      const currencies = await org.client.query.count(`SELECT COUNT() FROM LoyaltyMemberCurrency ${of}`);
      const tiers = await org.client.query.count(`SELECT COUNT() FROM LoyaltyMemberTier ${of}`);
      return compared([currencies, tiers], [0, 0]);
    },
  },
  {
    id: 'journal-outlives-member',
    assumption: 'A journal keeps the Id of a member who is deleted, and SOQL still reads that member through it.',
    needs: ['program', 'members'],
    calls: 5,
    ask: async (org) => {
      const MemberId = await insertedMember(org);
      const journal = await org.made('TransactionJournal', { ...journalRecord(org), MemberId });
      const deleted = await org.ask('DELETE', `/sobjects/LoyaltyProgramMember/${MemberId}`);
      if (deleted.status >= 300) return unclear(`a member with journals is not deleted: ${outcome(deleted)}`);
      const soql = `SELECT MemberId, Member.MembershipNumber FROM TransactionJournal WHERE Id = '${journal}'`;
      const [row] = await org.rows(soql);
      const number = at(row, 'Member', 'MembershipNumber');
      return compared([row?.['MemberId'] === MemberId, typeof number], [true, 'string']);
    },
  },
  {
    id: 'updated-and-deleted',
    assumption: 'The lists of changed records require a start before the end, and go back at most 30 days.',
    needs: [],
    calls: 3,
    ask: async (org) => {
      const now = org.client.orgTime ?? Date.now();
      const day = 86_400_000;
      const at = (time: number) => encodeURIComponent(new Date(time).toISOString().slice(0, 19) + 'Z');
      const ask = (start: number, end: number) =>
        org.ask('GET', `/sobjects/Account/updated/?start=${at(start)}&end=${at(end)}`);
      const statuses = [
        (await ask(now - 120_000, now)).status,
        (await ask(now, now - day)).status,
        (await ask(now - 40 * day, now)).status,
      ];
      return compared(statuses, [200, 400, 400]);
    },
  },
];
