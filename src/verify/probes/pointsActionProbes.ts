import { standardActions } from '../../contract/actions/index.js';
import { at, listAt, outcome } from '../probeAnswer.js';
import type { ProbeAnswer } from '../probeAnswer.js';
import { compared, differs } from '../probe.js';
import type { Probe } from '../probe.js';
import type { ProbedOrg } from '../probedOrg.js';

const needs = ['program', 'members'] as const;

async function run(org: ProbedOrg, name: string, input: object): Promise<ProbeAnswer> {
  return org.ask('POST', `/actions/standard/${name}`, { body: { inputs: [input] } });
}

const outputOf = ({ json }: ProbeAnswer, name: string): unknown => at(json, 0, 'outputValues', name);

function adjustment(org: ProbedOrg, Points: number, AdjustmentType = 'Credit'): Record<string, unknown> {
  const [member] = org.program.members;
  return { LoyaltyProgramMemberId: member?.id, AdjustmentType, Points, ReasonforChange: 'Probe' };
}

/** Adjusts the first member, and returns the Id of the journal. */
async function adjusted(org: ProbedOrg, points: number): Promise<string | undefined> {
  const id = outputOf(await run(org, 'adjustPoints', adjustment(org, points)), 'AdjustmentTransactionJournalId');
  return typeof id === 'string' ? id : undefined;
}

function balanceQuestion(org: ProbedOrg): Record<string, unknown> {
  const { members, name, points } = org.program;
  return { LoyaltyProgramMemberId: members[0]?.id, ProgramName: name, ProgramCurrencyName: points };
}

/** Credits 9 points with a journal without a process, and cancels that journal. */
async function cancelled(org: ProbedOrg): Promise<{ readonly journal: string; readonly answer: ProbeAnswer }> {
  const { members, name, names } = org.program;
  const journal = {
    ActivityDate: new Date().toISOString(),
    JournalTypeName: 'Accrual',
    MembershipNumber: members[0]?.number,
    ExternalTransactionNumber: org.unused(),
  };
  const path = `/connect/loyalty/programs/${encodeURIComponent(name)}/program-processes/${encodeURIComponent(names.credit)}`;
  const parameters = { TransactionJournal: journal, PointsToCredit: 9 };
  await org.ask('POST', path, { body: { processParameters: [parameters] } });
  const number = `ExternalTransactionNumber = '${journal.ExternalTransactionNumber}'`;
  const [row] = await org.rows(`SELECT Id FROM TransactionJournal WHERE ${number}`);
  const id = String(row?.['Id']);
  const input = { TransactionJournalId: id, CancellationReason: 'Probe' };
  return { journal: id, answer: await run(org, 'cancelAccrual', input) };
}

export const pointsActionProbes: readonly Probe[] = [
  {
    id: 'actions-under-both-names',
    assumption: 'adjustPoints, cancelAccrual and transferPoints are known by the names that flows use.',
    needs: [],
    calls: 3,
    ask: async (org) => {
      const names = ['adjustPoints', 'cancelAccrual', 'transferPoints'];
      const seen: string[] = [];
      for (const name of names) seen.push(outcome(await org.ask('GET', `/actions/standard/${name}`)));
      return compared(
        seen,
        names.map(() => '200'),
      );
    },
  },
  {
    id: 'inputs-of-points-actions',
    assumption: 'Describe lists the inputs of adjustPoints as the contract has them, without case.',
    needs: [],
    calls: 1,
    ask: async (org) => {
      const { json } = await org.ask('GET', '/actions/standard/adjustPoints');
      const described = listAt(json, 'inputs').map((each) => String(at(each, 'name')).toLowerCase());
      const expected = Object.keys(standardActions.adjustPoints.inputs).map((name) => name.toLowerCase());
      return compared(described.sort(), expected.sort());
    },
  },
  {
    id: 'adjustment-leaves-a-ledger',
    assumption: 'An adjustment leaves a LoyaltyLedger with its points on a journal of type Manual Points Adjustment.',
    needs,
    calls: 2,
    ask: async (org) => {
      const id = await adjusted(org, 6);
      if (id === undefined) return differs('no AdjustmentTransactionJournalId');
      const [row] = await org.rows(
        'SELECT Points, EventType, TransactionJournal.JournalType.Name FROM LoyaltyLedger ' +
          `WHERE TransactionJournalId = '${id}'`,
      );
      const type = at(row, 'TransactionJournal', 'JournalType', 'Name');
      return compared([row?.['Points'], row?.['EventType'], type], [6, 'Credit', 'Manual Points Adjustment']);
    },
  },
  {
    id: 'adjustment-moves-the-primary-currency',
    assumption: 'An adjustment without a currency moves the primary one at once.',
    needs,
    calls: 3,
    ask: async (org) => {
      const before = outputOf(await run(org, 'getPointsBalance', balanceQuestion(org)), 'PointsBalance');
      await adjusted(org, 4);
      const after = outputOf(await run(org, 'getPointsBalance', balanceQuestion(org)), 'PointsBalance');
      return compared(Number(after) - Number(before), 4);
    },
  },
  {
    id: 'transfer-has-two-journals',
    assumption: 'A transfer is a Debit of one member and a Credit of the other, each by a journal of its own.',
    needs,
    calls: 3,
    ask: async (org) => {
      const [source, target] = org.program.members;
      await adjusted(org, 5);
      const answer = await run(org, 'transferPoints', {
        programName: org.program.name,
        transferPoints: 5,
        sourceProgramMemberId: source?.id,
        targetProgramMemberId: target?.id,
      });
      const journals = ['source', 'target'].map((end) => String(outputOf(answer, `${end}TransactionJournalId`)));
      const rows = await org.rows(
        `SELECT EventType, Points FROM LoyaltyLedger WHERE TransactionJournalId IN ('${journals.join("','")}')`,
      );
      const seen = rows.map((row) => `${String(row['EventType'])} ${String(row['Points'])}`);
      return compared(seen.sort(), ['Credit 5', 'Debit 5']);
    },
  },
  {
    id: 'cancellation-is-related',
    assumption: 'Cancelling leaves a journal of a Reversal type that is related, and the cancelled one is Cancelled.',
    needs: [...needs, 'credits'],
    calls: 5,
    ask: async (org) => {
      const { journal, answer } = await cancelled(org);
      const id = String(outputOf(answer, 'CancellationTransactionJournalId'));
      const [row] = await org.rows(
        `SELECT RelatedJournalId, JournalType.Name, RelatedJournal.Status FROM TransactionJournal WHERE Id = '${id}'`,
      );
      const seen = [row?.['RelatedJournalId'], at(row, 'JournalType', 'Name'), at(row, 'RelatedJournal', 'Status')];
      return compared(seen, [journal, 'Accrual Reversal', 'Cancelled']);
    },
  },
  {
    id: 'cancelled-once',
    assumption: 'A journal that is cancelled cannot be cancelled again: 400.',
    needs: [...needs, 'credits'],
    calls: 4,
    ask: async (org) => {
      const { journal } = await cancelled(org);
      const input = { TransactionJournalId: journal, CancellationReason: 'Probe' };
      return compared((await run(org, 'cancelAccrual', input)).status, 400);
    },
  },
];
