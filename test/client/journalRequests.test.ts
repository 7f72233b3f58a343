import { expect } from 'chai';
import nock from 'nock';
import { simulatedRewards } from '../../src/client/index.js';
import type { LostAnswerError, LoyaltyActionError } from '../../src/client/index.js';
import { failureOf } from './loopback.js';
import { clientOnTheWire, contentType, origin } from './wire.js';

const root = '/services/data/v66.0';
const journalType = { Id: '0lEAb0000000001AAA', Name: 'Accrual' };

/** As the guide describes the answer, for a rule of a promotion. */
const simulation = {
  processId: '0lnAb0000000001AAA',
  processName: 'Purchases',
  errorMessage: null,
  executionSummary: {
    pointsSummary: [
      {
        loyaltyProgramCurrencyName: 'Stars',
        loyaltyProgramCurrencyType: 'NonQualifying',
        changeInPointsBalance: 42.1,
        changeinescrowpointsbalance: 3,
      },
    ],
    vouchersIssuedCount: 1,
  },
  processRules: [
    {
      processRuleName: 'Base',
      executionStatus: 'Success',
      actionResultSummary: [credit(40, 3), credit(0.1, 0)],
    },
    {
      processRuleName: 'Double Stars',
      previousRuleName: 'Base',
      promotionName: 'Spring',
      executionStatus: 'Success',
      aKeyOfALaterVersion: 1,
      actionResultSummary: [
        credit(2, 0),
        { actionType: 'IssueVoucher', voucherDefinitionName: 'Cake', expiryDate: '2026-05-01', faceValue: 5 },
        { actionType: 'UpdateUsageForCumulativePromotion', promotion: 'Ten cups', updatedCumulativePromotionUsage: 3 },
        { actionType: 'AssignBadge' },
      ],
      ruleSteps: [
        {
          ...{
            stepName: 'In spring',
            stepType: 'Condition',
            sequenceNumber: 1,
            status: 'Success',
            isConditionMet: true,
          },
          childSteps: [{ stepName: 'Give', stepType: 'Action', actionType: 'CreditPoints', status: 'Success' }],
        },
      ],
    },
    { processRuleName: 'Club', promotionName: 'Club', executionStatus: 'Failed', errorMessage: 'No such currency.' },
    { processRuleName: 'Autumn', promotionName: 'Autumn', executionStatus: 'CriteriaNotMet' },
  ],
};

function credit(changeInPointsBalance: number, changeInEscrowPointsBalance: number) {
  const loyaltyProgramCurrencyName = 'Stars';
  const change = { changeInPointsBalance, changeInEscrowPointsBalance };
  return { actionType: 'CreditPoints', loyaltyProgramCurrencyName, ...change };
}

/** The exact requests for journals that are records first, and are run later. */
describe('requests about Pending journals', () => {
  const client = clientOnTheWire();

  const found = (soql: string, ...records: object[]) =>
    nock(origin)
      .get(`${root}/query`)
      .query({ q: soql })
      .reply(200, { totalSize: records.length, done: true, records }, contentType);

  const posted = (path: string, body: nock.DataMatcherMap) =>
    nock(origin, { reqheaders: { 'content-type': 'application/json' } }).post(`${root}${path}`, body);

  const program = () =>
    found("SELECT Id, Name, Status FROM LoyaltyProgram WHERE Name = 'Harbour Rewards'", {
      Id: '0lpAb0000000001AAA',
      Name: 'Harbour Rewards',
      Status: 'Active',
    });
  const accrual = () => found("SELECT Id, Name FROM JournalType WHERE Name = 'Accrual' LIMIT 1", journalType);

  it('a journal as a record: Pending, with Ids for the names', async () => {
    program();
    found(
      'SELECT Id, MembershipNumber, MemberStatus, MemberType, EnrollmentDate, ContactId FROM LoyaltyProgramMember ' +
        "WHERE Program.Name = 'Harbour Rewards' AND MembershipNumber = 'WX-20417'",
      {
        Id: '0lMAb0000004T7uAAE',
        MembershipNumber: 'WX-20417',
        MemberStatus: 'Active',
        MemberType: 'Individual',
        EnrollmentDate: null,
        ContactId: null,
      },
    );
    accrual();
    found("SELECT Id, Name FROM JournalSubType WHERE Name = 'Purchase' AND JournalType.Name = 'Accrual' LIMIT 1", {
      Id: '0lSAb0000000001AAA',
      Name: 'Purchase',
    });
    const posting = posted('/sobjects/TransactionJournal', {
      LoyaltyProgramId: '0lpAb0000000001AAA',
      Status: 'Pending',
      ActivityDate: '2026-04-03T08:00:00Z',
      TransactionAmount: '42.00',
      MemberId: '0lMAb0000004T7uAAE',
      JournalTypeId: '0lEAb0000000001AAA',
      JournalSubTypeId: '0lSAb0000000001AAA',
    });
    posting.reply(201, { id: '0lVAb0000000001AAA', success: true, errors: [] }, contentType);
    const id = await client.journals.create('Harbour Rewards', {
      ActivityDate: '2026-04-03T08:00:00Z',
      MembershipNumber: 'WX-20417',
      JournalTypeName: 'Accrual',
      JournalSubTypeName: 'Purchase',
      TransactionAmount: '42.00',
    });
    expect(id).to.equal('0lVAb0000000001AAA');
  });

  it('an unknown journal type is an error that names the known ones, and nothing is inserted', async () => {
    program();
    found("SELECT Id, Name FROM JournalType WHERE Name = 'Acrual' LIMIT 1");
    found('SELECT Id, Name FROM JournalType ORDER BY Name', journalType);
    const journal = { ActivityDate: '2026-04-03', MemberId: '0lMAb0000004T7uAAE', JournalTypeName: 'Acrual' };
    const error = await failureOf(client.journals.create('Harbour Rewards', journal));
    expect(error).to.include({ name: 'JournalTypeNotFoundError', journalType: 'Acrual' });
    expect(error)
      .to.have.property('message')
      .that.matches(/"Acrual".*Accrual/);
  });

  it('a name that only the real-time API knows is refused before anything is sent', async () => {
    const journal = { ActivityDate: '2026-04-03', ProductCode: 'CUP-1' };
    const error = await failureOf(client.journals.create('Harbour Rewards', journal));
    expect(error).to.be.instanceOf(RangeError);
    expect(error)
      .to.have.property('message')
      .that.matches(/ProductCode.*ProductId/);
  });

  const action = '/actions/standard/runProgramProcessForTransactionJournal';
  const actionName = 'runProgramProcessForTransactionJournal';
  const good = (status: unknown) => ({ actionName, errors: null, isSuccess: true, outputValues: { status } });
  const bad = {
    actionName,
    errors: [{ statusCode: 'INVALID_API_INPUT', message: 'The journal is Processed.', fields: [] }],
    isSuccess: false,
    outputValues: null,
  };

  it('several journals in one request: the text "true" of the sample, the Boolean of the table, and a failure', async () => {
    const inputs = ['0lV1', '0lV2', '0lV3', '0lV4'].map((transactionJournalId) => ({ transactionJournalId }));
    const answer = [good('true'), bad, good(true), good('false')];
    posted(action, { inputs }).reply(400, answer, contentType);
    const runs = await client.journals.run(['0lV1', '0lV2', '0lV3', '0lV4']);
    expect(runs.map(({ id, status }) => [id, status])).to.deep.equal([
      ['0lV1', 'run'],
      ['0lV2', 'failed'],
      ['0lV3', 'run'],
      ['0lV4', 'notRun'],
    ]);
    const [, failed] = runs as { error?: LoyaltyActionError }[];
    expect(failed?.error).to.include({ name: 'LoyaltyActionError', errorCode: 'INVALID_API_INPUT' });
  });

  it('one that succeeds without the documented output has an unknown end, and the others keep theirs', async () => {
    posted(action, { inputs: [{ transactionJournalId: '0lV1' }, { transactionJournalId: '0lV2' }] }).reply(
      200,
      [good('perhaps'), good('true')],
      contentType,
    );
    const [odd, run] = await client.journals.run(['0lV1', '0lV2']);
    expect(odd).to.have.property('error').that.includes({ name: 'LostAnswerError', kind: 'unreadable' });
    expect(run).to.include({ status: 'run' });
  });

  it('fewer results than journals are a lost answer', async () => {
    posted(action, { inputs: [{ transactionJournalId: '0lV1' }, { transactionJournalId: '0lV2' }] }).reply(
      200,
      [good('true')],
      contentType,
    );
    const error = await failureOf(client.journals.run(['0lV1', '0lV2']));
    expect(error).to.include({ name: 'LostAnswerError', kind: 'unreadable', mayHaveHappened: true });
  });

  it('an error for the whole request is the error of the request', async () => {
    posted(action, { inputs: [{ transactionJournalId: '0lV1' }] }).reply(
      400,
      [{ errorCode: 'INVALID_INPUT', message: 'No.' }],
      contentType,
    );
    const error = await failureOf(client.journals.run(['0lV1']));
    expect(error).to.include({ name: 'LoyaltyApiError', errorCode: 'INVALID_INPUT' });
  });

  const realtime = '/connect/realtime/loyalty/programs/Harbour%20Rewards';
  const journal = { ActivityDate: '2026-04-03T08:00:00Z', MembershipNumber: 'WX-20417', TransactionAmount: '42.00' };
  const answer = { message: null, processResult: null, programName: 'Harbour Rewards', status: true };
  const simulated = (...transactionJournals: unknown[]) => ({ ...answer, simulationResults: { transactionJournals } });

  it('a simulation: of a new journal, with escrow in the spelling of one client, and what it would give', async () => {
    posted(realtime, { transactionJournals: [journal], runSetting: { isSimulation: true } }).reply(
      200,
      simulated(simulation),
      contentType,
    );
    const [found] = await client.journals.simulate('Harbour Rewards', [journal]);
    expect(found?.executionSummary?.pointsSummary?.[0]).to.include({ changeInEscrowPointsBalance: 3 });
    expect(found?.processRules?.[1]?.ruleSteps?.[0]?.childSteps?.[0]).to.include({ actionType: 'CreditPoints' });
    const nothing = { points: [], uses: [], vouchers: [], otherActions: [], failures: [] };
    expect(found && simulatedRewards(found)).to.deep.equal([
      { ...nothing, promotion: null, points: [{ currency: 'Stars', points: 40.1, escrow: 3 }] },
      {
        ...nothing,
        promotion: 'Spring',
        points: [{ currency: 'Stars', points: 2, escrow: 0 }],
        uses: [{ promotion: 'Ten cups', completed: 3 }],
        vouchers: [{ definition: 'Cake', code: null, faceValue: 5, discountPercent: null, expiryDate: '2026-05-01' }],
        otherActions: ['AssignBadge'],
      },
      { ...nothing, promotion: 'Club', failures: ['No such currency.'] },
    ]);
  });

  it('a simulation of journals of the org, in the other view, and of one that no process matches', async () => {
    const transactionJournals = [{ Id: '0lV1' }, { Id: '0lV2' }];
    const runSetting = { isSimulation: true, viewType: 'SummaryView' };
    const none = { errorMessage: 'No process matches.' };
    posted(realtime, { transactionJournals, runSetting }).reply(200, simulated({}, none), contentType);
    const found = await client.journals.simulate('Harbour Rewards', transactionJournals, { viewType: 'SummaryView' });
    expect(found).to.deep.equal([{}, none]);
    expect(simulatedRewards(none).map(({ promotion, points }) => [promotion, points])).to.deep.equal([[null, []]]);
  });

  it('an org that runs the journals instead, or leaves one out, has not simulated them', async () => {
    const run = { ...answer, processResult: { transactionJournalResult: [{ id: '0lV1' }] }, simulationResults: null };
    const failures: unknown[] = [];
    for (const body of [run, simulated(), { ...answer, simulationResults: null }]) {
      posted(realtime, { transactionJournals: [journal], runSetting: { isSimulation: true } }).reply(
        200,
        body,
        contentType,
      );
      failures.push(await failureOf(client.journals.simulate('Harbour Rewards', [journal])));
    }
    expect(failures.map((error) => (error as LostAnswerError).isRead)).to.deep.equal([false, true, true]);
    expect(failures[0])
      .to.have.property('message')
      .that.matches(/may have been run/);
  });

  it('a simulation that fails', async () => {
    posted(realtime, { transactionJournals: [journal], runSetting: { isSimulation: true } }).reply(
      200,
      { ...answer, status: false, message: 'No member WX-20417.', simulationResults: null },
      contentType,
    );
    const error = await failureOf(client.journals.simulate('Harbour Rewards', [journal]));
    expect(error).to.include({ name: 'LoyaltyProcessError', message: 'No member WX-20417.' });
  });

  it('more than 200 journals, or none, are not sent', async () => {
    for (const count of [0, 201]) {
      const error = await failureOf(client.journals.run(Array.from({ length: count }, () => '0lV1')));
      expect(error).to.be.instanceOf(RangeError);
    }
  });
});
