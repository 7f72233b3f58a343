import { soqlText } from '../../client/index.js';
import { at, outcome } from '../probeAnswer.js';
import { compared, differs, held, unclear } from '../probe.js';
import type { Probe } from '../probe.js';
import type { ProbedOrg } from '../probedOrg.js';
import { enroll, notePerson, purchase } from '../makeProbeProgram.js';
import { execute } from './journalProbes.js';

const needs = ['program', 'members'] as const;

/** Enrolls a person with these values instead of the usual ones. */
async function enrollment(org: ProbedOrg, values: Record<string, unknown>, program = org.program.name) {
  const answer = await org.ask(
    'POST',
    `/loyalty-programs/${encodeURIComponent(program)}/individual-member-enrollments`,
    {
      body: {
        membershipNumber: org.unused('probe-member'),
        enrollmentDate: '2026-01-15T00:00:00',
        memberStatus: 'Active',
        associatedContactDetails: { lastName: 'Probe', allowDuplicateRecords: true },
        ...values,
      },
    },
  );
  const id = at(answer.json, 'loyaltyProgramMemberId');
  if (typeof id === 'string') {
    await notePerson(org, String(at(answer.json, 'contactId')));
    org.created.push({ object: 'LoyaltyProgramMember', id });
  }
  return answer;
}

/** Inserts a member as a record. Returns its Id. */
export async function insertedMember(org: ProbedOrg): Promise<string> {
  const ContactId = await org.made('Contact', { LastName: 'Probe' });
  return org.made('LoyaltyProgramMember', {
    ProgramId: org.program.id,
    ContactId,
    MembershipNumber: org.unused('probe-member'),
    EnrollmentDate: '2026-01-15',
    MemberStatus: 'Active',
    MemberType: 'Individual',
  });
}

export const loyaltyProbes: readonly Probe[] = [
  {
    id: 'connect-answers-200',
    assumption: 'Enrollment and real-time requests answer 200.',
    needs,
    calls: 3,
    ask: async (org) => {
      const enrolled = await enrollment(org, {});
      const executed = await execute(org, [purchase(org.program)]);
      return compared([outcome(enrolled), outcome(executed)], ['200', '200']);
    },
  },
  {
    id: 'unknown-program',
    assumption: 'An unknown program is 400 INVALID_API_INPUT for enrollment, and 404 for journals and processes.',
    needs: ['program'],
    calls: 3,
    ask: async (org) => {
      const nowhere = encodeURIComponent(org.unused('Probe nowhere'));
      const enrolled = await enrollment(org, {}, org.unused('Probe nowhere'));
      const body = { transactionJournals: [{ ActivityDate: new Date().toISOString() }] };
      const journals = await org.ask('POST', `/connect/realtime/loyalty/programs/${nowhere}`, { body });
      const process = await org.ask('POST', `/connect/loyalty/programs/${nowhere}/program-processes/Probe`, {
        body: { processParameters: [{}] },
      });
      const seen = [outcome(enrolled), journals.status, process.status];
      return compared(seen, ['400 INVALID_API_INPUT', 404, 404]);
    },
  },
  {
    id: 'membership-number-without-case',
    assumption: 'A membership number is unique within its program, without case.',
    needs,
    calls: 2,
    ask: async (org) => {
      const taken = org.program.members[0]?.number.toUpperCase();
      const { status } = await enrollment(org, { membershipNumber: taken });
      return status >= 400 ? held : differs('a second member with the same number in capitals');
    },
  },
  {
    id: 'enrollment-date-is-a-day',
    assumption: 'The date of an enrollment is stored as the day that was written, in the local time of the org.',
    needs,
    calls: 6,
    ask: async (org) => {
      const days = [];
      for (const date of ['2026-01-15T00:10:00', '2026-01-15T23:50:00']) {
        const { id } = await enroll(org, org.program.name, date);
        const [row] = await org.rows(`SELECT EnrollmentDate FROM LoyaltyProgramMember WHERE Id = '${id}'`);
        days.push(String(row?.['EnrollmentDate']).slice(0, 10));
      }
      return compared(days, ['2026-01-15', '2026-01-15']);
    },
  },
  {
    id: 'enrollment-enums-any-case',
    assumption: 'Values of input enums are accepted in any case: POS is Pos.',
    needs,
    calls: 2,
    ask: async (org) => compared(outcome(await enrollment(org, { enrollmentChannel: 'POS' })), '200'),
  },
  {
    id: 'enrollment-empty-maps',
    assumption: 'Maps of additional values may be empty.',
    needs,
    calls: 2,
    ask: async (org) => compared(outcome(await enrollment(org, { additionalMemberFieldValues: {} })), '200'),
  },
  {
    id: 'member-companions',
    assumption: 'A member that is inserted as a record has a row per active currency and its first tier.',
    needs: ['program'],
    calls: 5,
    ask: async (org) => {
      const id = await insertedMember(org);
      const currencies = await countOf(org, 'LoyaltyMemberCurrency', id);
      return compared([currencies, await countOf(org, 'LoyaltyMemberTier', id)], [2, 1]);
    },
  },
  {
    id: 'first-tier-is-the-lowest',
    assumption: 'The first tier is the one with the lowest sequence number.',
    needs,
    calls: 1,
    ask: async (org) => {
      const id = org.program.members[0]?.id ?? '';
      const rows = await org.rows(
        `SELECT LoyaltyTier.SequenceNumber FROM LoyaltyMemberTier WHERE LoyaltyMemberId = '${id}'`,
      );
      return compared(
        rows.map((row) => at(row, 'LoyaltyTier', 'SequenceNumber')),
        [1],
      );
    },
  },
  {
    id: 'referral-code',
    assumption: 'A member without a referral code gets one, of eight characters.',
    needs,
    calls: 1,
    ask: async (org) => {
      const id = org.program.members[0]?.id ?? '';
      const [row] = await org.rows(`SELECT ReferralCode FROM LoyaltyProgramMember WHERE Id = '${id}'`);
      const code = row?.['ReferralCode'];
      return compared(typeof code === 'string' ? code.length : null, 8);
    },
  },
  {
    id: 'currency-after-members',
    assumption: 'A member who is older than a currency has no row for it.',
    needs,
    calls: 3,
    ask: async (org) => {
      const currency = await org.create('LoyaltyProgramCurrency', {
        Name: 'Probe late points',
        LoyaltyProgramId: org.program.id,
        CurrencyType: 'NonQualifying',
        IsActive: true,
        ExpiryModel: 'Fixed',
        ExpiryPeriodFrequency: 2,
        ExpiryPeriodUnit: 'Years',
      });
      const id = at(currency.json, 'id');
      if (typeof id !== 'string') return unclear(`a third currency is refused: ${outcome(currency)}`);
      const rows = `SELECT COUNT() FROM LoyaltyMemberCurrency WHERE LoyaltyProgramCurrencyId = '${id}'`;
      const count = await org.client.query.count(rows);
      // Otherwise it would disturb probes that count currencies.
      await org.ask('DELETE', `/sobjects/LoyaltyProgramCurrency/${id}`);
      return compared(count, 0);
    },
  },
  {
    id: 'program-without-journal-types',
    assumption: 'A program needs no LoyaltyProgramJournalType for its journals.',
    needs,
    calls: 2,
    ask: async (org) => {
      const of = soqlText(org.program.id);
      const types = await org.client.query.count(
        `SELECT COUNT() FROM LoyaltyProgramJournalType WHERE LoyaltyProgramId = ${of}`,
      );
      const { json } = await execute(org, [purchase(org.program)]);
      return compared([types, at(json, 'status')], [0, true]);
    },
  },
  {
    id: 'inactive-program',
    assumption: 'A program that is not active takes no journals: 404.',
    needs,
    calls: 3,
    ask: async (org) => {
      const { client, program } = org;
      await client.sobjects.update('LoyaltyProgram', program.id, { Status: 'Inactive' });
      try {
        const answer = await execute(org, [purchase(program)]);
        return compared(answer.status < 300 ? String(at(answer.json, 'status')) : answer.status, 404);
      } finally {
        await client.sobjects.update('LoyaltyProgram', program.id, { Status: 'Active' });
      }
    },
  },
];

async function countOf(org: ProbedOrg, object: string, member: string): Promise<number> {
  return org.client.query.count(`SELECT COUNT() FROM ${object} WHERE LoyaltyMemberId = '${member}'`);
}
