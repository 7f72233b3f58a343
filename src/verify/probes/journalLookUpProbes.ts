import { soqlPrefix, soqlText } from '../../client/index.js';
import { purchase } from '../makeProbeProgram.js';
import { compared, differs, held, unclear } from '../probe.js';
import type { Probe } from '../probe.js';
import type { ProbedOrg } from '../probedOrg.js';

const needs = ['program', 'members'] as const;

async function executed(org: ProbedOrg, number: string): Promise<void> {
  await org.client.journals.execute(org.program.name, [purchase(org.program, { ExternalTransactionNumber: number })]);
}

/** How many journals of the org a condition fits. */
export async function countJournals(org: ProbedOrg, condition: string): Promise<number> {
  return org.client.query.count(`SELECT COUNT() FROM TransactionJournal WHERE ${condition}`);
}

/** How many journals a condition finds on a number that was stored as it is given. */
function findsBy(condition: (number: string) => string): Probe['ask'] {
  return async (org) => {
    const number = org.unused('Probe-Number');
    await executed(org, number);
    return compared(await countJournals(org, condition(number)), 1);
  };
}

/** How journals are found again. */
export const journalLookUpProbes: readonly Probe[] = [
  {
    id: 'external-number-equals',
    assumption: 'ExternalTransactionNumber can be filtered with = and IN, and is compared without case.',
    needs,
    calls: 3,
    ask: async (org) => {
      const number = org.unused('Probe-Number');
      await executed(org, number);
      const found = [
        await countJournals(org, `ExternalTransactionNumber = ${soqlText(number.toUpperCase())}`),
        await countJournals(org, `ExternalTransactionNumber IN (${soqlText(number.toUpperCase())}, 'probe-none')`),
      ];
      return compared(found, [1, 1]);
    },
  },
  {
    id: 'external-number-like',
    assumption: 'ExternalTransactionNumber can be filtered with LIKE, which compares without case too.',
    needs,
    calls: 2,
    ask: findsBy((number) => `ExternalTransactionNumber LIKE ${soqlPrefix(number.toUpperCase())}`),
  },
  {
    id: 'journals-counted-by-created-date',
    assumption: 'COUNT() of the journals of a source since a time of the org finds a new journal at once.',
    needs,
    calls: 3,
    ask: async (org) => {
      const number = org.unused('Probe-Number');
      await org.client.programs.list();
      const since = new Date((org.client.orgTime ?? Date.now()) - 60_000);
      await executed(org, number);
      const source = { programId: org.program.id, prefix: number.toUpperCase(), withoutRelated: true };
      return compared(await org.client.journals.countOfSource(source, since), 1);
    },
  },
  {
    id: 'date-header',
    assumption: 'Answers have a Date header, from which the time of the org is read.',
    needs: [],
    calls: 1,
    ask: async (org) => {
      const { headers } = await org.ask('GET', '/sobjects/TransactionJournal');
      return Number.isNaN(Date.parse(headers['date'] ?? '')) ? differs('no Date header') : held;
    },
  },
  {
    id: 'new-journal-visible',
    assumption: 'A journal is visible to a query as soon as its request is answered.',
    needs,
    calls: 2,
    ask: findsBy((number) => `ExternalTransactionNumber = ${soqlText(number)}`),
  },
  {
    id: 'journal-program-from-path',
    assumption: 'LoyaltyProgramId of a journal is filled from the path of its request.',
    needs,
    calls: 2,
    ask: async (org) => {
      const number = org.unused();
      await executed(org, number);
      const [row] = await org.rows(
        `SELECT LoyaltyProgramId FROM TransactionJournal WHERE ExternalTransactionNumber = '${number}'`,
      );
      if (!row) return unclear('the journal is not found by its number');
      return row['LoyaltyProgramId'] === org.program.id ? held : differs('another program, or none');
    },
  },
];
