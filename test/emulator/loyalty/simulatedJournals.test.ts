import { expect } from 'chai';
import { RealtimeResponse } from '../../../src/contract/endpoints/realtimeEndpoints.js';
import type { JournalSimulation, SimulatedRule } from '../../../src/contract/endpoints/simulationShapes.js';
import { ExampleOrg, programName, purchase } from './exampleProgram.js';

describe('the simulation of journals', () => {
  let org: ExampleOrg;

  beforeEach(async () => {
    org = await ExampleOrg.start();
    await org.withMembers('WX-1', 'WX-2');
  });

  afterEach(() => org[Symbol.asyncDispose]());

  /** Every row of the org, deleted and internal ones too. */
  const everything = (): unknown => {
    const { db } = org.emulator.store;
    const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all();
    return tables.map(({ name }) => [name, db.prepare(`SELECT * FROM "${String(name)}"`).all()]);
  };

  /** The simulations, from an answer that has the shape of the contract and after which the org is as before. */
  async function simulated(journals: unknown, setting?: Record<string, unknown>): Promise<JournalSimulation[]> {
    const before = everything();
    const { status, body } = await org.simulate(journals, setting);
    expect(status, JSON.stringify(body)).to.equal(200);
    expect(everything()).to.deep.equal(before);
    const answer = RealtimeResponse.parse(body);
    expect(answer).to.include({ status: true, message: null, programName, processResult: null });
    return answer.simulationResults?.transactionJournals ?? [];
  }

  const rulesOf = async (journal: unknown): Promise<SimulatedRule[]> =>
    (await simulated([journal]))[0]?.processRules ?? [];

  it('says what a purchase would give: in total, and rule by rule', async () => {
    await org.execute([purchase('WX-1', 5)]);
    const [simulation] = await simulated([purchase('WX-1', '42.50')]);
    expect(simulation).to.include({ processName: 'Purchases', errorMessage: null });
    expect(simulation?.processId).to.equal(
      org.emulator.store.first('LoyaltyProgramProcess', { Name: 'Purchases' })?.Id,
    );
    expect(simulation?.executionSummary).to.deep.equal({ pointsSummary: summary(42.5), vouchersIssuedCount: 0 });
    const [base, cups] = simulation?.processRules ?? [];
    expect(base).to.deep.include({
      ...{ previousRuleName: null, promotionName: null, executionStatus: 'Success', errorMessage: null },
      executionSummary: { pointsSummary: summary(42.5), vouchersIssuedCount: 0 },
    });
    expect(base?.actionResultSummary).to.deep.equal(['Miles', 'Stars'].map((name) => credit(name, 42.5)));
    expect(cups).to.deep.include({ previousRuleName: base?.processRuleName, promotionName: 'Ten cups' });
    expect(cups?.actionResultSummary).to.deep.equal([
      {
        actionType: 'UpdateUsageForCumulativePromotion',
        stepName: 'Uses of Ten cups',
        promotion: 'Ten cups',
        promotionId: org.program.tenCups,
        updatedCumulativePromotionUsage: 2,
      },
    ]);
  });

  it('lists steps: actions with their parameters, and conditions with their criteria', async () => {
    const [base, cups] = await rulesOf(purchase('WX-1', 10));
    expect(base?.ruleSteps?.[0]).to.deep.include({
      ...{ stepName: 'Points in Miles', stepType: 'Action', sequenceNumber: 1, status: 'Success' },
      ...{ actionType: 'CreditPoints', errorMessage: null },
    });
    expect(base?.ruleSteps?.[0]?.actionParameters?.[0]).to.deep.equal({
      ...{ name: 'ProgramCurrencyName', operator: 'Equals', sequenceNumber: 1, value: 'Miles' },
    });
    const [condition] = cups?.ruleSteps ?? [];
    expect(condition).to.deep.include({
      stepType: 'Condition',
      isConditionMet: true,
      filterCondition: '1 AND 2 AND 3',
    });
    expect(condition?.filterCriteria?.[0]).to.deep.equal({
      ...{ filterCriteriaResult: true, operator: 'Equals', sequence: 1 },
      ...{ sourceFieldName: 'TransactionJournal.JournalType.Name', value: 'Accrual', valueType: 'FixedValue' },
    });
    expect(condition?.childSteps?.[0]).to.include({ stepType: 'Action', status: 'Success' });
  });

  it('gives each journal what those before it leave, as an execution of the same journals does', async () => {
    const journals = [purchase('WX-1', 30), purchase('WX-2', 5), purchase('WX-1', -20)];
    const simulations = await simulated(journals);
    const { body } = await org.execute(journals);
    const executed = body.processResult.transactionJournalResult.map(
      (result: { changeInMemberPoints: { changeInMemberCurrencies: { changeInPointsBalance: number }[] }[] }) =>
        result.changeInMemberPoints[0]?.changeInMemberCurrencies.map((each) => each.changeInPointsBalance),
    );
    expect(simulations.map(pointsOf)).to.deep.equal(executed);
    expect(executed).to.deep.equal([
      [30, 30],
      [5, 5],
      [-20, -20],
    ]);
    const uses = simulations.map(
      ({ processRules }) => processRules?.[1]?.actionResultSummary?.[0]?.updatedCumulativePromotionUsage,
    );
    expect(uses).to.deep.equal([1, 1, 0]);
  });

  it('takes journals that the org has, Pending and Processed, and leaves their status', async () => {
    const MemberId = await org.memberId('WX-1');
    const fields = { ActivityDate: '2026-03-01', JournalTypeId: org.program.accrual, TransactionAmount: 7, MemberId };
    const [Id = '', cancelled] = ['Pending', 'Cancelled'].map((Status) =>
      org.emulator.store.insert('TransactionJournal', { ...fields, Status }),
    );
    expect((await simulated([{ Id }])).map(pointsOf)).to.deep.equal([[7, 7]]);
    await org.execute([{ Id }]);
    expect((await simulated([{ Id: Id.slice(0, 15) }])).map(pointsOf)).to.deep.equal([[7, 7]]);
    const { body } = await org.simulate([{ Id: cancelled }]);
    expect(body).to.deep.include({ status: false, simulationResults: null });
    expect(body.message).to.match(/Cancelled, neither Pending nor Processed/);
  });

  it('says so when no process matches', async () => {
    org.emulator.store.insert('JournalType', { Name: 'Stay' });
    const [simulation] = await simulated([purchase('WX-1', 10, { JournalTypeName: 'Stay' })]);
    expect(simulation).to.deep.include({
      ...{ processId: null, processName: null, processRules: [] },
      executionSummary: { pointsSummary: [], vouchersIssuedCount: 0 },
    });
    expect(simulation?.errorMessage).to.match(/No active process/);
  });

  it('says which rule fails, and why, and goes on with the others', async () => {
    const [base, cups] = await rulesOf(purchase('WX-1', -50));
    expect(base).to.deep.include({ executionStatus: 'Failed', actionResultSummary: [] });
    expect(base?.errorMessage).to.match(/Miles balance of member WX-1 would become -50/);
    expect(base?.ruleSteps?.[0]).to.include({ status: 'Failed', actionType: 'DebitPoints' });
    expect(cups).to.include({ executionStatus: 'Success' });
  });

  it('says that criteria are not met: a journal of another kind, and a member who does not take part', async () => {
    const clubCups = { LoyaltyPromotionType: 'Cumulative', CumulativeUsageTarget: 5, IsEnrollmentRequired: true };
    org.addPromotion('Club cups', clubCups);
    org.addPromotion('Old cups', {
      LoyaltyPromotionType: 'Cumulative',
      CumulativeUsageTarget: 5,
      EndDate: '2021-01-01',
    });
    const [, ten, club, old] = await rulesOf(purchase('WX-1', 10));
    const statuses = [ten, club, old].map((rule) => rule?.executionStatus);
    expect(statuses).to.deep.equal(['Success', 'CriteriaNotMet', 'CriteriaNotMet']);
    const [member] = club?.ruleSteps?.[0]?.childSteps ?? [];
    expect(member?.errorMessage).to.match(/does not take part/);
    const criteria = old?.ruleSteps?.[0]?.filterCriteria?.map((each) => each.filterCriteriaResult);
    expect(criteria).to.deep.equal([true, true, true, false]);
  });

  it('accepts both views, and a Boolean as text; another view is refused', async () => {
    const detailed = await simulated([purchase('WX-1', 1)], { viewType: 'DetailedView', isSimulation: 'true' });
    const short = await simulated([purchase('WX-1', 1)], { viewType: 'summaryview' });
    expect(short.map(pointsOf)).to.deep.equal(detailed.map(pointsOf));
    expect((await org.simulate([purchase('WX-1', 1)], { viewType: 'Any' })).status).to.equal(400);
  });

  it('refuses what an execution refuses', async () => {
    const unknown = await org.simulate([purchase('WX-9', 1)]);
    expect(unknown.body).to.deep.include({ status: false, simulationResults: null });
    expect((await org.simulate([purchase('WX-1', 'many')])).status).to.equal(400);
  });
});

function pointsOf({ executionSummary }: JournalSimulation): unknown {
  return executionSummary?.pointsSummary?.map(({ changeInPointsBalance }) => changeInPointsBalance);
}

function summary(changeInPointsBalance: number): unknown[] {
  const change = { changeInPointsBalance, changeInEscrowPointsBalance: 0 };
  return [
    { loyaltyProgramCurrencyName: 'Miles', loyaltyProgramCurrencyType: 'Qualifying', ...change },
    { loyaltyProgramCurrencyName: 'Stars', loyaltyProgramCurrencyType: 'NonQualifying', ...change },
  ];
}

function credit(loyaltyProgramCurrencyName: string, changeInPointsBalance: number): unknown {
  const change = { changeInPointsBalance, changeInEscrowPointsBalance: 0, escrowPointsCreditDate: null };
  const stepName = `Points in ${loyaltyProgramCurrencyName}`;
  return { actionType: 'CreditPoints', stepName, loyaltyProgramCurrencyName, ...change, promotionId: null };
}
