import { at, outcome } from '../probeAnswer.js';
import { enroll } from '../makeProbeProgram.js';
import type { ProbePerson } from '../makeProbeProgram.js';
import { compared, unclear } from '../probe.js';
import type { Probe } from '../probe.js';
import type { ProbedOrg } from '../probedOrg.js';

/** Enrolls a person for one probe. Returns undefined if the org does not create a person account. */
async function person(org: ProbedOrg): Promise<Required<ProbePerson> | undefined> {
  const { accountId, contactId } = (await enroll(org, org.program.name)).person;
  return accountId !== undefined && contactId !== undefined ? { accountId, contactId } : undefined;
}

const noPerson = unclear('enrollment makes no account for its contact');

export const personProbes: readonly Probe[] = [
  {
    id: 'person-shows-its-contact',
    assumption: 'A person account has one contact, and what is written to either is read from both.',
    needs: ['program', 'members'],
    calls: 4,
    ask: async (org) => {
      const own = await person(org);
      if (!own) return noPerson;
      const path = `/sobjects/Account/${own.accountId}`;
      const written = await org.ask('PATCH', path, { body: { PersonTitle: 'Probe' } });
      if (written.status >= 300) return unclear(`the account is not written: ${outcome(written)}`);
      const soql = `SELECT Title, Account.PersonContactId FROM Contact WHERE Id = '${own.contactId}'`;
      const [row] = await org.rows(soql);
      return compared([row?.['Title'], at(row, 'Account', 'PersonContactId') === own.contactId], ['Probe', true]);
    },
  },
  {
    id: 'person-contact-not-deleted-alone',
    assumption: 'The contact of a person account is not deleted alone: 400 INSUFFICIENT_ACCESS_OR_READONLY.',
    needs: ['program', 'members'],
    calls: 3,
    ask: async (org) => {
      const own = await person(org);
      if (!own) return noPerson;
      const answer = await org.ask('DELETE', `/sobjects/Contact/${own.contactId}`);
      return compared(outcome(answer), '400 INSUFFICIENT_ACCESS_OR_READONLY');
    },
  },
  {
    id: 'person-goes-with-its-contact',
    assumption:
      'A person account is deleted with its contact, and a member of the program keeps the Id of the contact.',
    needs: ['program', 'members'],
    calls: 5,
    ask: async (org) => {
      const own = await person(org);
      if (!own) return noPerson;
      const answer = await org.ask('DELETE', `/sobjects/Account/${own.accountId}`);
      if (answer.status >= 300) return unclear(`the account of a member is not deleted: ${outcome(answer)}`);
      const contact = await org.ask('GET', `/sobjects/Contact/${own.contactId}`);
      const members = await org.rows(`SELECT Id FROM LoyaltyProgramMember WHERE ContactId = '${own.contactId}'`);
      return compared([contact.status, members.length], [404, 1]);
    },
  },
  {
    id: 'person-fields-of-a-company',
    assumption: 'A field of persons is refused for the account of a company: 400 INVALID_FIELD_FOR_INSERT_UPDATE.',
    needs: ['program'],
    calls: 2,
    ask: async (org) => {
      const answer = await org.create('Account', { Name: 'Probe', PersonTitle: 'Probe' });
      return compared(outcome(answer), '400 INVALID_FIELD_FOR_INSERT_UPDATE');
    },
  },
];
