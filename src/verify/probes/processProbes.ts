import { soqlText } from '../../client/index.js';
import { at, listAt, outcome } from '../probeAnswer.js';
import type { ProbeAnswer } from '../probeAnswer.js';
import { compared, differs, held, unclear } from '../probe.js';
import type { ProbeFinding, Probe } from '../probe.js';
import type { ProbedOrg } from '../probedOrg.js';
import { purchase } from '../makeProbeProgram.js';

const credits = ['program', 'members', 'credits'] as const;
const enrollment = ['program', 'members', 'enrollment'] as const;

async function run(org: ProbedOrg, process: string, ...processParameters: unknown[]): Promise<ProbeAnswer> {
  const path = `/connect/loyalty/programs/${encodeURIComponent(org.program.name)}/program-processes/`;
  return org.ask('POST', path + encodeURIComponent(process), { body: { processParameters } });
}

function creditOf(org: ProbedOrg, number: string, points = 7, more: object = {}): Record<string, unknown> {
  const journal = { ...purchase(org.program, { ExternalTransactionNumber: number }), ...more };
  return { TransactionJournal: journal, PointsToCredit: points };
}

/** Finds the journal that a credit has created. */
async function credited(org: ProbedOrg, number: string): Promise<string | undefined> {
  await run(org, org.program.names.credit, creditOf(org, number));
  const [row] = await org.rows(`SELECT Id FROM TransactionJournal WHERE ExternalTransactionNumber = '${number}'`);
  return row && String(row['Id']);
}

function joining(org: ProbedOrg, more: object = {}): Record<string, unknown> {
  const { members, ids, names } = org.program;
  const member = members[0];
  const MembershipNumber = member?.number;
  return { MembershipNumber, MemberId: member?.id, PromotionId: ids.get(`Promotion ${names.joining}`), ...more };
}

async function isJoined(org: ProbedOrg): Promise<unknown> {
  const { members, ids, names } = org.program;
  const promotion = soqlText(ids.get(`Promotion ${names.joining}`) ?? '');
  const rows = await org.rows(
    'SELECT IsEnrollmentActive FROM LoyaltyProgramMbrPromotion ' +
      `WHERE LoyaltyProgramMemberId = '${members[0]?.id ?? ''}' AND PromotionId = ${promotion}`,
  );
  return rows.length === 1 ? rows[0]?.['IsEnrollmentActive'] : `${rows.length} rows`;
}

export const processProbes: readonly Probe[] = [
  {
    id: 'processes-created-active',
    assumption: 'A LoyaltyProgramProcess can be created through the API, and as Active without rules.',
    needs: ['program'],
    calls: 1,
    ask: async (org) => {
      const { missing, id } = org.program;
      const refused = ['process', 'credits', 'enrollment'] as const;
      const codes = refused.flatMap((need) => missing.get(need) ?? []);
      if (codes.length > 0) return differs(codes.join(', '));
      const soql = `SELECT COUNT() FROM LoyaltyProgramProcess WHERE LoyaltyProgramId = '${id}' AND Status = 'Active'`;
      return compared(await org.client.query.count(soql), 4);
    },
  },
  {
    id: 'one-process-per-journal-type',
    assumption: 'A second active process for a journal type and subtype is refused: 400 FIELD_INTEGRITY_EXCEPTION.',
    needs: ['program', 'process'],
    calls: 1,
    ask: async (org) => {
      const { id, ids, names } = org.program;
      const second = await org.create('LoyaltyProgramProcess', {
        Name: 'Probe second',
        LoyaltyProgramId: id,
        ProcessType: 'TransactionJournal',
        JournalTypeId: ids.get(`JournalType ${names.withProcess}`),
        ExecutionType: 'RealTime',
        Status: 'Active',
      });
      return compared(outcome(second), '400 FIELD_INTEGRITY_EXCEPTION');
    },
  },
  {
    id: 'credit-key-stored',
    assumption: 'CreditPointsToMembers stores the key that it gets in ExternalTransactionNumber.',
    needs: credits,
    calls: 2,
    ask: async (org) => {
      const id = await credited(org, org.unused());
      return id === undefined ? differs('no journal with the key') : held;
    },
  },
  {
    id: 'credit-leaves-a-ledger',
    assumption: 'A credit of n points leaves a LoyaltyLedger of type Credit with n Points on its journal.',
    needs: credits,
    calls: 3,
    ask: creditLeavesALedger,
  },
  {
    id: 'process-names-without-case',
    assumption: 'Processes are found by their name in any case, and take exactly one map of parameters.',
    needs: credits,
    calls: 2,
    ask: async (org) => {
      const one = await run(org, org.program.names.credit.toUpperCase(), creditOf(org, org.unused()));
      const two = await run(org, org.program.names.credit, {}, {});
      return compared([one.status, two.status], [200, 400]);
    },
  },
  {
    id: 'bad-row-in-process',
    assumption: 'A bad row inside a process is `status: false` with "CODE: text".',
    needs: credits,
    calls: 1,
    ask: async (org) => {
      const { json, ...answer } = await run(org, org.program.names.credit, creditOf(org, 'x'.repeat(300)));
      const code = /^[A-Z_]+(?=: )/.exec(String(at(json, 'message')))?.[0] ?? null;
      return compared([outcome({ json, ...answer }), at(json, 'status'), code], ['200', false, 'STRING_TOO_LONG']);
    },
  },
  {
    id: 'credit-goes-to-the-primary-currency',
    assumption: 'A credit without a currency goes to the primary spendable one.',
    needs: credits,
    calls: 3,
    ask: async (org) => {
      const id = await credited(org, org.unused());
      const rows = await org.rows(
        `SELECT LoyaltyProgramCurrency.Name FROM LoyaltyLedger WHERE TransactionJournalId = '${id ?? ''}'`,
      );
      if (rows.length === 0) return unclear('the credit created no ledger, as it would without a rule');
      return compared(
        rows.map((row) => at(row, 'LoyaltyProgramCurrency', 'Name')),
        [org.program.points],
      );
    },
  },
  {
    id: 'enroll-in-promotion-twice',
    assumption: 'Enrolling in a promotion twice does no harm, and leaving deactivates the row.',
    needs: enrollment,
    calls: 5,
    ask: async (org) => {
      const { names } = org.program;
      const answers = [];
      for (const process of [names.enroll, names.enroll]) answers.push(await run(org, process, joining(org)));
      const during = await isJoined(org);
      answers.push(await run(org, names.optOut, joining(org)));
      const statuses = answers.map(({ json }) => at(json, 'status'));
      return compared([...statuses, during, await isJoined(org)], [true, true, true, true, false]);
    },
  },
  {
    id: 'enroll-in-promotion-inactive',
    assumption: 'EnrollInPromotion gives the row the IsEnrollmentActive that is sent.',
    needs: enrollment,
    calls: 2,
    ask: async (org) => {
      const { json } = await run(org, org.program.names.enroll, joining(org, { IsEnrollmentActive: false }));
      return compared([at(json, 'status'), await isJoined(org)], [true, false]);
    },
  },
  {
    id: 'ended-promotions-listed',
    assumption: 'GetMemberPromotions lists all active promotions; those that have ended are Ineligible.',
    needs: ['program', 'members'],
    calls: 3,
    ask: async (org) => {
      const { id, members } = org.program;
      const dates = { StartDate: '2020-01-01', EndDate: '2020-01-02', IsActive: true };
      await org.made('Promotion', {
        Name: 'Probe ended',
        LoyaltyProgramId: id,
        ...dates,
        LoyaltyPromotionType: 'Standard',
      });
      const values = { LoyaltyProgramId: id, Status: 'Active', ExecutionType: 'RealTime' };
      const made = await org.create('LoyaltyProgramProcess', {
        ...values,
        Name: 'Probe promotions',
        ProcessType: 'GetMemberPromotions',
      });
      if (made.status >= 300) return unclear(`the org did not take the process: ${outcome(made)}`);
      const { json } = await run(org, 'Probe promotions', { MembershipNumber: members[0]?.number });
      const results = listAt(json, 'outputParameters', 'outputParameters', 'results');
      if (results.length === 0) return unclear('the process lists nothing');
      const ended = results.find((row) => at(row, 'promotionName') === 'Probe ended');
      return compared(at(ended, 'memberEligibilityCategory') ?? 'not listed', 'Ineligible');
    },
  },
];

async function creditLeavesALedger(org: ProbedOrg): Promise<ProbeFinding> {
  const id = await credited(org, org.unused());
  if (id === undefined) return differs('no journal with the key');
  const rows = await org.rows(`SELECT EventType, Points FROM LoyaltyLedger WHERE TransactionJournalId = '${id}'`);
  if (rows.length === 0) return unclear('the credit created no ledger, as it would without a rule');
  return rows.some((row) => row['EventType'] === 'Credit' && row['Points'] === 7)
    ? held
    : differs(rows.map((row) => `${String(row['EventType'])} ${String(row['Points'])}`).join(', '));
}
