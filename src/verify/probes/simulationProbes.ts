import { purchase } from '../makeProbeProgram.js';
import { compared } from '../probe.js';
import type { Probe } from '../probe.js';
import { at, listAt } from '../probeAnswer.js';
import type { ProbeAnswer } from '../probeAnswer.js';
import type { ProbedOrg } from '../probedOrg.js';
import { countJournals } from './journalLookUpProbes.js';
import { execute, pendingJournal } from './journalProbes.js';

const needs = ['program', 'members'] as const;

/** How journals are simulated. */
export const simulationProbes: readonly Probe[] = [
  {
    id: 'simulation-writes-nothing',
    assumption: 'A simulation answers one element per journal and no results of an execution, and stores no journal.',
    needs,
    calls: 2,
    ask: async (org) => {
      const number = org.unused();
      const sent = purchase(org.program, { ExternalTransactionNumber: number });
      const { json } = await simulate(org, [sent, sent]);
      const simulations = listAt(json, 'simulationResults', 'transactionJournals');
      const results = listAt(json, 'processResult', 'transactionJournalResult');
      const stored = await countJournals(org, `ExternalTransactionNumber = '${number}'`);
      return compared([at(json, 'status'), simulations.length, results.length, stored], [true, 2, 0, 0]);
    },
  },
  {
    id: 'processed-journal-simulated',
    assumption: 'A journal that is Processed can be simulated by its Id.',
    needs,
    calls: 3,
    ask: async (org) => {
      const Id = await pendingJournal(org, org.unused());
      await execute(org, [{ Id }]);
      const { json } = await simulate(org, [{ Id }]);
      return compared([at(json, 'status'), listAt(json, 'simulationResults', 'transactionJournals').length], [true, 1]);
    },
  },
  {
    id: 'simulation-without-process',
    assumption: 'The simulation of a journal that no process matches has an `errorMessage`, and no `processId`.',
    needs,
    calls: 1,
    ask: async (org) => {
      const { json } = await simulate(org, [purchase(org.program)]);
      const [simulation] = listAt(json, 'simulationResults', 'transactionJournals');
      const message = at(simulation, 'errorMessage');
      return compared([typeof message, at(simulation, 'processId') ?? null], ['string', null]);
    },
  },
];

async function simulate(org: ProbedOrg, transactionJournals: readonly unknown[]): Promise<ProbeAnswer> {
  const path = `/connect/realtime/loyalty/programs/${encodeURIComponent(org.program.name)}`;
  return org.ask('POST', path, { body: { transactionJournals, runSetting: { isSimulation: true } } });
}
