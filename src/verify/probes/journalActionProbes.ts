import { at } from '../probeAnswer.js';
import type { ProbeAnswer } from '../probeAnswer.js';
import { compared } from '../probe.js';
import type { Probe } from '../probe.js';
import type { ProbedOrg } from '../probedOrg.js';
import { pendingJournal, statusOfJournal } from './journalProbes.js';

const needs = ['program', 'members'] as const;

/** What the action does that runs a Pending journal. */
export const journalActionProbes: readonly Probe[] = [
  {
    id: 'journal-action-processes',
    assumption:
      'The action runProgramProcessForTransactionJournal sets a Pending journal to Processed even if no process matches, and answers the status "true" as a text.',
    needs,
    calls: 3,
    ask: async (org) => {
      const number = org.unused();
      const answer = await runJournal(org, await pendingJournal(org, number));
      const seen = [answer.status, at(answer.json, 0, 'outputValues', 'status'), await statusOfJournal(org, number)];
      return compared(seen, [200, 'true', 'Processed']);
    },
  },
  {
    id: 'journal-action-runs-once',
    assumption: 'That action fails for a journal that is Processed: 400, and `isSuccess: false`.',
    needs,
    calls: 3,
    ask: async (org) => {
      const id = await pendingJournal(org, org.unused());
      await runJournal(org, id);
      const again = await runJournal(org, id);
      return compared([again.status, at(again.json, 0, 'isSuccess')], [400, false]);
    },
  },
];

async function runJournal(org: ProbedOrg, transactionJournalId: string): Promise<ProbeAnswer> {
  const body = { inputs: [{ transactionJournalId }] };
  return org.ask('POST', '/actions/standard/runProgramProcessForTransactionJournal', { body });
}
