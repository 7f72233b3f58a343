import type { ProbeAnswer } from '../probeAnswer.js';
import { at, listAt, outcome } from '../probeAnswer.js';
import { compared, differs, held } from '../probe.js';
import type { Probe, ProbeFinding } from '../probe.js';
import type { ProbedOrg } from '../probedOrg.js';
import { purchase } from '../makeProbeProgram.js';
import { execute } from './journalProbes.js';

const needs = ['program', 'members'] as const;

function programPath({ program }: ProbedOrg): string {
  return `/loyalty/programs/${encodeURIComponent(program.name)}`;
}

function memberPath(org: ProbedOrg, number = org.program.members[0]?.number ?? ''): string {
  return `${programPath(org)}/members/${encodeURIComponent(number)}`;
}

/** Finds the row of a journal in the ledger summary of the first member. */
async function ledgerRow(org: ProbedOrg, number: string, query = ''): Promise<[ProbeAnswer, unknown]> {
  const answer = await org.ask('GET', `${memberPath(org)}/transaction-ledger-summary${query}`);
  const rows = listAt(answer.json, 'transactionJournals');
  return [answer, rows.find((each) => at(each, 'externalTransactionNumber') === number)];
}

async function ledgerSummary(org: ProbedOrg): Promise<ProbeFinding> {
  const number = org.unused();
  await execute(org, [purchase(org.program, { ExternalTransactionNumber: number })]);
  const [answer, row] = await ledgerRow(org, number, '?additionalTransactionJournalAttributes=Status');
  if (row === undefined) return differs(`${outcome(answer)}: no row has the number of the journal`);
  const seen = {
    id: typeof at(row, 'transactionJournalId'),
    points: at(row, 'pointsChange'),
    amount: typeof at(row, 'transactionAmount'),
    status: at(row, 'additionalTransactionJournalAttributes', 0, 'value'),
  };
  return compared(seen, { id: 'string', points: [], amount: 'string', status: 'Processed' });
}

async function history(org: ProbedOrg): Promise<ProbeFinding> {
  await execute(org, [purchase(org.program, { JournalTypeName: 'Accrual' })]);
  const path = `/connect${programPath(org)}/transaction-history`;
  const membershipNumber = org.program.members[0]?.number;
  const body = { membershipNumber, journalType: 'Accrual', periodStartDate: '1970-01-01T00:00:00.000Z' };
  const answer = await org.ask('POST', path, { body });
  const [row] = listAt(answer.json, 'transactionJournals');
  if (row === undefined) return differs(`${outcome(answer)}: no journal`);
  const seen = {
    count: typeof at(answer.json, 'totalCount'),
    text: at(row, 'VoucherCode'),
    number: at(row, 'Quantity'),
  };
  const finding = compared(seen, { count: 'number', text: '', number: 0 });
  if (finding !== held) return finding;
  const { periodStartDate: _left, ...without } = body;
  return compared(outcome(await org.ask('POST', path, { body: without })), '400 REQUIRED_FIELD_MISSING');
}

async function trail(org: ProbedOrg): Promise<ProbeFinding> {
  const { id: LoyaltyProgramId, ids, names } = org.program;
  const PromotionId = ids.get(`Promotion ${names.joining}`) ?? '';
  const ask = (): Promise<ProbeAnswer> =>
    org.ask('GET', `${memberPath(org)}/engagement-trail?promotionId=${PromotionId}`);
  const none = await ask();
  const LoyaltyProgramEngmtAttrId = await org.made('LoyaltyPgmEngmtAttribute', {
    ...{ Name: org.unused('probe-attribute'), TargetValue: '3', Status: 'Active', StartDate: '2026-01-01' },
    LoyaltyProgramId,
  });
  await org.made('LoyaltyPgmEngmtAttrProm', { LoyaltyProgramEngmtAttrId, PromotionId });
  const { json } = await ask();
  const step = at(json, 'memberEngagementAttributeOutputRepresentations', 0);
  const seen = [outcome(none), at(json, 'status'), at(step, 'targetValue'), at(step, 'currentValue')];
  return compared(seen, ['404 NOT_FOUND', true, '3', null]);
}

/** What a member has done. */
export const transactionProbes: readonly Probe[] = [
  {
    id: 'ledger-summary',
    assumption: 'A row of the ledger summary has the number of its journal, a list of points, and an amount as text.',
    needs,
    calls: 2,
    ask: ledgerSummary,
  },
  {
    id: 'ledger-summary-points',
    assumption: 'Points of the ledger summary are numbers.',
    needs: [...needs, 'credits'],
    calls: 2,
    ask: async (org) => {
      const number = org.unused();
      const { name, names } = org.program;
      const path = `/connect/loyalty/programs/${encodeURIComponent(name)}/program-processes/`;
      const journal = purchase(org.program, { ExternalTransactionNumber: number });
      const body = { processParameters: [{ TransactionJournal: journal, PointsToCredit: 7 }] };
      await org.ask('POST', path + encodeURIComponent(names.credit), { body });
      const [, row] = await ledgerRow(org, number);
      return compared(at(row, 'pointsChange', 0, 'changeInPoints'), 7);
    },
  },
  {
    id: 'ledger-summary-of-nobody',
    assumption: 'The ledger summary of an unknown member is HTTP 200 with `status: false`.',
    needs: ['program'],
    calls: 1,
    ask: async (org) => {
      const path = `${memberPath(org, org.unused('probe-nobody'))}/transaction-ledger-summary`;
      const answer = await org.ask('GET', path);
      return compared([outcome(answer), at(answer.json, 'status')], ['200', false]);
    },
  },
  {
    id: 'transaction-history',
    assumption:
      'The history has fields by API name with empty texts and zeros, a total, and needs the start of a period, which can be 1970.',
    needs,
    calls: 3,
    ask: history,
  },
  {
    id: 'engagement-trail',
    assumption: 'An engagement trail has its targets as texts and null for no value; without attributes it is 404.',
    needs,
    calls: 4,
    ask: trail,
  },
];
