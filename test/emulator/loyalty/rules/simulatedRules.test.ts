import { expect } from 'chai';
import fc from 'fast-check';
import { RealtimeResponse } from '../../../../src/contract/endpoints/realtimeEndpoints.js';
import type { ExampleOrg } from '../exampleProgram.js';
import { purchase } from '../exampleProgram.js';
import { orgWithRules } from './programSource.js';

const amount = '{!TransactionJournal.TransactionAmount}';

describe('the simulation of loaded rules', () => {
  let org: ExampleOrg;

  before(async () => {
    org = await orgWithRules({
      name: 'Purchases',
      actions: [
        { type: 'CreditPoints', parameters: { ProgramCurrencyName: '"Stars"', PointsToCredit: `FLOOR(${amount})` } },
        { type: 'GetMemberPointBalance', parameters: { ProgramCurrencyName: '"Stars"', PointsBalance: 'Number' } },
        { type: 'DebitPoints', parameters: { ProgramCurrencyName: '"Stars"', PointsToDebit: 'FLOOR({!Number} / 10)' } },
        {
          type: 'IncreaseUsageForCumulativePromotion',
          parameters: { PromotionName: '"Ten cups"', UsageIncrement: `IF(${amount} > 5, 1, 0)` },
        },
        { type: 'IssueVoucher', parameters: { VoucherDefinitionName: '"Cup"' } },
        {
          type: 'CreditPoints',
          parameters: { ProgramCurrencyName: '"Miles"', PointsToCredit: `IF(${amount} > 90, 1 / 0, 1)` },
        },
      ],
    });
    await org.withMembers('WX-1', 'WX-2');
    org.emulator.store.insert('VoucherDefinition', {
      ...{ Name: 'Cup', LoyaltyProgramId: org.program.id, Type: 'FixedValue', FaceValue: 5, IsActive: true },
      ...{ EffectiveDate: '2020-01-01', ExpirationType: 'Period', ExpirationPeriod: 30, ExpirationPeriodUnit: 'Days' },
    });
  });

  after(() => org[Symbol.asyncDispose]());

  const everything = (): unknown => {
    const { db } = org.emulator.store;
    const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all();
    return tables.map(({ name }) => [name, db.prepare(`SELECT * FROM "${String(name)}"`).all()]);
  };

  it('changes nothing, and says what the execution then does', async () => {
    const journal = fc.tuple(fc.constantFrom('WX-1', 'WX-2'), fc.integer({ min: 0, max: 100 }));
    await fc.assert(
      fc.asyncProperty(fc.array(journal, { minLength: 1, maxLength: 4 }), async (given) => {
        const journals = given.map(([member, points]) => purchase(member, points));
        const before = everything();
        const { body } = await org.simulate(journals);
        expect(everything()).to.deep.equal(before);
        const simulations = RealtimeResponse.parse(body).simulationResults?.transactionJournals ?? [];
        expect(simulations).to.have.length(given.length);
        const answer = RealtimeResponse.parse((await org.execute(journals)).body);
        const statuses = simulations.flatMap(({ processRules }) => processRules?.map((rule) => rule.executionStatus));
        expect(answer.status).to.equal(!statuses.includes('Failed'));
        if (!answer.status) {
          expect(everything()).to.deep.equal(before);
          return;
        }
        const results = answer.processResult?.transactionJournalResult ?? [];
        for (const [index, { executionSummary }] of simulations.entries()) {
          const changes =
            results[index]?.changeInMemberPoints?.flatMap((each) => each.changeInMemberCurrencies ?? []) ?? [];
          for (const { loyaltyProgramCurrencyName: name, changeInPointsBalance } of executionSummary?.pointsSummary ??
            []) {
            const sum = changes
              .filter(({ currencyName }) => currencyName === name)
              .reduce((all, each) => all + (each.changeInPointsBalance ?? 0), 0);
            expect(changeInPointsBalance).to.equal(sum);
          }
          expect(results[index]?.voucherResult?.vouchersIssued).to.have.length(
            executionSummary?.vouchersIssuedCount ?? -1,
          );
        }
      }),
      { numRuns: 25 },
    );
  });

  it('says step by step what ran, in the words of the rules', async () => {
    const { body } = await org.simulate([purchase('WX-1', 7)]);
    const [rule] = RealtimeResponse.parse(body).simulationResults?.transactionJournals[0]?.processRules ?? [];
    expect(rule).to.include({ processRuleName: 'Rule', executionStatus: 'Success', errorMessage: null });
    expect(rule?.ruleSteps?.map(({ actionType, status }) => [actionType, status])).to.deep.equal(
      [
        ...['CreditPoints', 'GetMemberPointBalance', 'DebitPoints', 'IncreaseUsageForCumulativePromotion'],
        ...['IssueVoucher', 'CreditPoints'],
      ].map((type) => [type, 'Success']),
    );
    expect(rule?.ruleSteps?.[0]?.actionParameters).to.deep.include({
      ...{ name: 'PointsToCredit', operator: 'Equals', sequenceNumber: 1, value: `FLOOR(${amount})` },
    });
    expect(rule?.actionResultSummary?.at(-2)).to.include({ actionType: 'IssueVoucher', faceValue: 5 });
  });

  it('names the step that fails, and what ran before it', async () => {
    const { body } = await org.simulate([purchase('WX-1', 95)]);
    const [rule] = RealtimeResponse.parse(body).simulationResults?.transactionJournals[0]?.processRules ?? [];
    expect(rule?.executionStatus).to.equal('Failed');
    expect(rule?.ruleSteps?.at(-1)).to.include({ stepName: 'Step 6', status: 'Failed' });
    expect(rule?.errorMessage).to.contain('1 / 0');
    expect(rule?.ruleSteps).to.have.length(6);
  });
});
