import { shortId } from '../../base/sameId.js';
import { soqlText } from '../../client/index.js';
import { at, listAt, outcome } from '../probeAnswer.js';
import type { ProbeAnswer } from '../probeAnswer.js';
import { compared, differs, held, unclear } from '../probe.js';
import type { ProbeFinding, Probe } from '../probe.js';
import type { ProbedOrg } from '../probedOrg.js';
import { purchase } from '../makeProbeProgram.js';
import { countJournals } from './journalLookUpProbes.js';

const needs = ['program', 'members'] as const;

/** Sends journals in one request, and returns the answer. */
export async function execute(org: ProbedOrg, journals: readonly unknown[]): Promise<ProbeAnswer> {
  const path = `/connect/realtime/loyalty/programs/${encodeURIComponent(org.program.name)}`;
  return org.ask('POST', path, { body: { transactionJournals: journals } });
}

/** How journals are run. */
export const journalProbes: readonly Probe[] = [
  {
    id: 'result-per-journal',
    assumption: '`status: true` comes with one result per journal, even if no process runs.',
    needs,
    calls: 1,
    ask: async (org) => {
      const { json } = await execute(org, [purchase(org.program), purchase(org.program)]);
      const results = listAt(json, 'processResult', 'transactionJournalResult');
      return compared([at(json, 'status'), results.length], [true, 2]);
    },
  },
  {
    id: 'results-name-members',
    assumption: 'A result names its journal by Id, and its member by the membership number.',
    needs: [...needs, 'process'],
    calls: 2,
    ask: resultsNameMembers,
  },
  {
    id: 'realtime-failure-stores-nothing',
    assumption: 'A request of several journals that fails stores none of them.',
    needs,
    calls: 3,
    ask: async (org) => {
      const number = org.unused();
      const good = purchase(org.program, { ExternalTransactionNumber: number });
      const failed = await execute(org, [good, { ...good, JournalTypeName: 'Probe nothing' }]);
      const refused = await execute(org, [good, { ...good, ActivityDate: 'never' }]);
      if (refused.status < 300 && at(refused.json, 'status') === true) return unclear('the bad journal was taken');
      const stored = await countJournals(org, `ExternalTransactionNumber = '${number}'`);
      const answers = `${outcome(failed)} and ${outcome(refused)}`;
      return stored === 0 ? held : differs(`${stored} journals are stored after the answers ${answers}`);
    },
  },
  {
    id: 'unknown-names-status-false',
    assumption: 'An unknown name is HTTP 200 with `status: false`, an unreadable value HTTP 400.',
    needs,
    calls: 2,
    ask: async (org) => {
      const unknown = await execute(org, [purchase(org.program, { JournalTypeName: 'Probe nothing' })]);
      const unreadable = await execute(org, [purchase(org.program, { ActivityDate: 'never' })]);
      return compared([unknown.status, at(unknown.json, 'status'), unreadable.status], [200, false, 400]);
    },
  },
  {
    id: 'new-journals-processed',
    assumption: 'New journals become Processed, whatever status was sent and even if no process matches.',
    needs,
    calls: 2,
    ask: async (org) => {
      const number = org.unused();
      const sent = purchase(org.program, { ExternalTransactionNumber: number, Status: 'Cancelled' });
      const answer = await execute(org, [sent]);
      return compared([outcome(answer), await statusOfJournal(org, number)], ['200', 'Processed']);
    },
  },
  {
    id: 'pending-journal-runs-by-id',
    assumption: 'A Pending journal is run by its Id, and is Processed then.',
    needs,
    calls: 3,
    ask: async (org) => {
      const number = org.unused();
      const answer = await execute(org, [{ Id: await pendingJournal(org, number) }]);
      return compared([outcome(answer), await statusOfJournal(org, number)], ['200', 'Processed']);
    },
  },
  {
    id: 'processed-journal-runs-once',
    assumption: 'A journal that is Processed is not run again by its Id: `status: false`, and no further points.',
    needs: [...needs, 'process'],
    calls: 5,
    ask: async (org) => {
      const Id = await pendingJournal(org, org.unused(), org.program.names.withProcess);
      const ledgers = `SELECT COUNT() FROM LoyaltyLedger WHERE TransactionJournalId = '${Id}'`;
      await execute(org, [{ Id }]);
      const before = await org.client.query.count(ledgers);
      const again = await execute(org, [{ Id }]);
      const after = await org.client.query.count(ledgers);
      return compared([at(again.json, 'status') ?? outcome(again), after - before], [false, 0]);
    },
  },
  {
    id: 'journal-name-given',
    assumption: 'A journal in a request can have a Name, although describe says that it cannot be written.',
    needs,
    calls: 1,
    ask: async (org) => {
      const answer = await execute(org, [{ ...purchase(org.program), Name: org.unused() }]);
      return compared([outcome(answer), at(answer.json, 'status')], ['200', true]);
    },
  },
  {
    id: 'realtime-request-codes',
    assumption: 'No journals, and new ones mixed with Ids, are INVALID_API_INPUT; unknown keys JSON_PARSER_ERROR.',
    needs,
    calls: 4,
    ask: async (org) => {
      const path = `/connect/realtime/loyalty/programs/${encodeURIComponent(org.program.name)}`;
      const none = await execute(org, []);
      const mixed = await execute(org, [{ Id: await pendingJournal(org, org.unused()) }, purchase(org.program)]);
      const unknown = await org.ask('POST', path, { body: { probe: [] } });
      const expected = ['400 INVALID_API_INPUT', '400 INVALID_API_INPUT', '400 JSON_PARSER_ERROR'];
      return compared([none, mixed, unknown].map(outcome), expected);
    },
  },
];

async function resultsNameMembers(org: ProbedOrg): Promise<ProbeFinding> {
  const { members, names } = org.program;
  const journals = [...members].reverse().map(({ number: MembershipNumber }) => ({
    ...purchase(org.program),
    JournalTypeName: names.withProcess,
    MembershipNumber,
  }));
  const { json } = await execute(org, journals);
  const results = listAt(json, 'processResult', 'transactionJournalResult');
  const ids = results.map((result) => String(at(result, 'id')));
  if (results.every((result) => listAt(result, 'changeInMemberPoints').length === 0)) {
    return unclear('no rule moved points, so the results name no member');
  }
  const list = ids.map(soqlText).join(',');
  const rows = await org.rows(`SELECT Id, Member.MembershipNumber FROM TransactionJournal WHERE Id IN (${list})`);
  const numberOf = new Map(rows.map((row) => [shortId(String(row['Id'])), at(row, 'Member', 'MembershipNumber')]));
  const named = results.filter((result) => {
    const number = numberOf.get(shortId(String(at(result, 'id'))));
    return number !== undefined && at(result, 'changeInMemberPoints', 0, 'memberShipNumber') === number;
  });
  return compared(named.length, journals.length);
}

/** Creates a journal as a record, which no process has run. Returns its Id. */
export async function pendingJournal(
  org: ProbedOrg,
  number: string,
  type = org.program.names.without,
): Promise<string> {
  return org.client.sobjects.create('TransactionJournal', journalRecord(org, number, type));
}

/** Returns the fields of a journal as a record. */
export function journalRecord(
  org: ProbedOrg,
  number = org.unused(),
  type = org.program.names.without,
): Record<string, string | number> {
  return {
    ActivityDate: new Date().toISOString(),
    JournalTypeId: org.program.ids.get(`JournalType ${type}`) ?? '',
    LoyaltyProgramId: org.program.id,
    MemberId: org.program.members[0]?.id ?? '',
    Status: 'Pending',
    ExternalTransactionNumber: number,
    TransactionAmount: 5,
  };
}

export async function statusOfJournal(org: ProbedOrg, number: string): Promise<unknown> {
  const [row] = await org.rows(`SELECT Status FROM TransactionJournal WHERE ExternalTransactionNumber = '${number}'`);
  return row?.['Status'];
}
