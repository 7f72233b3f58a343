import { expect } from 'chai';
import { Emulator } from '../../../../src/emulator/index.js';
import type { EmulatorOptions, ExplainedTransactions } from '../../../../src/emulator/index.js';
import type { ActionTrace } from '../../../../src/rules/index.js';
import { goodFlows, goodTable, OutsideFolder } from '../../../rules/outside/outsideFolder.js';
import { memberOrg } from './memberOrg.js';

async function explained(files: Record<string, string>, options: EmulatorOptions = {}): Promise<ExplainedTransactions> {
  await using folder = await OutsideFolder.of(files);
  await using org = await Emulator.start({
    seed: memberOrg('Harbour Rewards', 'Harbour Points', ['HR-1']),
    source: folder.path,
    ...options,
  });
  expect(org.warnings).to.deep.equal([]);
  const transaction = {
    MembershipNumber: 'HR-1',
    JournalTypeName: 'Accrual',
    ActivityDate: '2026-11-29T10:00:00Z',
    TransactionAmount: 10,
    Brand: 'Borealis',
  };
  return org.explain('Harbour Rewards', [transaction]);
}

function actions({ traces }: ExplainedTransactions): ActionTrace[] {
  return traces.flatMap(({ rules }) =>
    rules.flatMap(({ steps }) => steps.filter((step): step is ActionTrace => step.kind === 'action')),
  );
}

describe('flows and decision tables of the rules of a local org', () => {
  it('are answered by the files of the source folder', async () => {
    const done = await explained({ 'flows.yml': goodFlows, 'decisionTables/Rates.csv': goodTable });
    expect(done.failure).to.equal(undefined);
    expect(actions(done).at(-1)?.inputs.get('PointsToCredit')).to.equal(30);
  });

  it('are answered by functions', async () => {
    const flows = { Get_Rate: ({ Amount }: Readonly<Record<string, unknown>>) => ({ Rate: Number(Amount) / 5 }) };
    const done = await explained({ 'decisionTables/Rates.csv': goodTable }, { flows });
    expect(actions(done).at(-1)?.inputs.get('PointsToCredit')).to.equal(60);
  });

  it('leave outputs blank on demand, and the trace says so', async () => {
    const done = await explained({ 'decisionTables/Rates.csv': goodTable }, { answerFlowsEmpty: true });
    const [flow, , credit] = actions(done);
    expect(flow?.note).to.equal('Nothing answers for the flow Get_Rate: its outputs are blank.');
    expect(credit?.inputs.get('PointsToCredit')).to.equal(0);
  });

  it('fail the request without an answer for the inputs', async () => {
    const done = await explained({
      'flows.yml': 'Get_Rate:\n  answers: [{ when: { Amount: 11 }, outputs: { Rate: 1 } }]\n',
      'decisionTables/Rates.csv': goodTable,
    });
    expect(done.failure).to.equal('Nothing answers for the flow Get_Rate with these inputs.');
  });
});
