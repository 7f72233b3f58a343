import { expect } from 'chai';
import { ExampleOrg } from './exampleProgram.js';

describe('a process as a custom action', () => {
  let org: ExampleOrg;
  const path = '/actions/custom/runProgramProcess';
  const credit = `${path}/Harbour_Rewards_SLI_CreditPointsToMembers`;
  const journal = { ActivityDate: '2026-03-01T10:00:00Z', JournalTypeName: 'Accrual', MembershipNumber: 'WX-1' };

  before(async () => {
    org = await ExampleOrg.start();
    await org.withMembers('WX-1');
    org.addProcess('CreditPointsToMembers');
  });

  after(() => org[Symbol.asyncDispose]());

  it('is listed and described with the inputs of its template', async () => {
    const { body } = await org.api.get(path);
    const names = body.actions.map(({ name }: { name: string }) => name);
    expect(names).to.include('Harbour_Rewards_SLI_CreditPointsToMembers');
    const described = (await org.api.get(credit)).body;
    expect(described).to.include({ name: 'Harbour_Rewards_SLI_CreditPointsToMembers', standard: false });
    const inputs = described.inputs.map(({ name }: { name: string }) => name);
    expect(inputs).to.include.members(['PointsToCredit', 'TransactionJournal']);
  });

  it('runs for each input, with flat outputs; one that fails stores nothing and leaves the others', async () => {
    const inputs = [
      { TransactionJournal: journal, PointsToCredit: 25 },
      { TransactionJournal: { ...journal, MembershipNumber: 'WX-9' }, PointsToCredit: 5 },
    ];
    const { status, body } = await org.api.post(credit, { inputs });
    expect(status).to.equal(400);
    expect(body[0]).to.deep.include({ isSuccess: true, errors: null, outputValues: { PointsCredited: 25 } });
    expect(body[1]).to.deep.include({ isSuccess: false, outputValues: null });
    expect(body[1].errors[0]).to.be.a('string').that.includes('WX-9');
    expect(await org.count('TransactionJournal')).to.equal(1);
  });

  it('is 404 for an unknown process, and 501 for a custom action of another kind', async () => {
    const run = async (action: string) => (await org.api.post(`/actions/custom/${action}`, { inputs: [{}] })).status;
    expect(await run('runProgramProcess/Harbour_Rewards_SLI_Nothing')).to.equal(404);
    expect(await run('apex/Something')).to.equal(501);
  });
});
