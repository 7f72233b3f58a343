import { join } from 'node:path';
import { expect } from 'chai';
import { failuresOf, harbourRules, runCases } from './harbourCases.js';

const sale = (amount: number, more = ''): string =>
  `journal: { ActivityDate: 2026-07-06, JournalTypeName: Accrual, TransactionAmount: ${amount}${more} }`;

describe('cases for rules', () => {
  it('of the example program pass, and cover all of its rules', async () => {
    const report = await runCases(join(harbourRules, 'cases'));
    expect(failuresOf(report)).to.deep.equal([]);
    expect(report.results).to.have.length(22);
    expect(report.coverage.uncovered).to.deep.equal([]);
    expect(report.coverage.percent).to.equal(100);
  });

  it('fail with what is instead of what should be, each in its line', async () => {
    const report = await runCases(`cases:
  - name: Everything is otherwise
    given: { progress: { 'Ten cups, one free': 9 } }
    when:
      - ${sale(10)}
    then:
      balances:
        Stars: 21
        Tier Points: 10
      tier: Gold
      progress: { 'Ten cups, one free': 10 }
      vouchers: []
      failure: It did not fail
`);
    const failures = failuresOf(report);
    expect(failures.map((each) => each.replace(/\\"code\\":\\"\\w+\\"/, ''))).to.have.length(5);
    expect(failures).to.include('8: balances of Stars: 20 instead of 21');
    expect(failures).to.include('10: tier: Bronze instead of Gold');
    expect(failures).to.include('11: progress of Ten cups, one free: 0 instead of 10');
    expect(failures.join()).to.match(
      /12: vouchers: \[\{"definition":"Free cup","code":"\w+","status":"Issued",.*instead of none/,
    );
    expect(failures).to.include('13: failure: none instead of It did not fail');
  });

  it('say what fired, and why the rest did not', async () => {
    const report = await runCases(`cases:
  - name: What fired
    when:
      - ${sale(10)}
    then:
      fired:
        - Base Stars
        - Weekend
        - { rule: Ten Cups, step: Give a cup }
      notFired:
        - Base Stars
        - { rule: Weekend, because: promotionEnded }
        - { rule: Weekend, because: conditionNotMet, condition: Is Gold }
        - { rule: Weekend, because: conditionNotMet, condition: Is bought on a weekend }
  - name: Not let in
    when:
      - ${sale(10, ', Brand: Gift Card')}
    then:
      fired: [Base Stars]
`);
    expect(failuresOf(report)).to.deep.equal([
      '8: the rule Weekend did not fire: conditionNotMet (Is bought on a weekend)',
      '9: the step Give a cup of the rule Ten Cups did not fire: conditionNotMet (Is the card full)',
      '11: the rule Base Stars fired',
      '12: the rule Weekend did not fire because of conditionNotMet (Is bought on a weekend) instead of promotionEnded',
      '13: the rule Weekend did not fire because of conditionNotMet (Is bought on a weekend) instead of conditionNotMet (Is Gold)',
      '19: the rule Base Stars did not fire: notLetIn (Is sold for real)',
    ]);
  });

  it('fail if nothing fires and they do not say so, or if a request fails', async () => {
    const report = await runCases(`cases:
  - name: Nothing fires
    when:
      - ${sale(10, ', Brand: Gift Card')}
    then: { balances: { Stars: 0 } }
  - name: The same, and meant
    when:
      - ${sale(10, ', Brand: Gift Card')}
    then: { notFired: [Base Stars] }
  - name: A voucher that the member does not have
    when:
      - journal: { ActivityDate: 2026-07-06, JournalTypeName: Redemption, VoucherCode: NONE, TransactionAmount: 0 }
      - ${sale(10)}
    then: { balances: { Stars: 20 } }
`);
    expect(failuresOf(report)).to.deep.equal([
      '2: no rule did anything: say so with notFired and because if that is meant',
      '12: the request failed: Redeem it: the member has 0 vouchers with the code NONE',
      '14: balances of Stars: 0 instead of 20',
    ]);
  });

  it('give each case a member of its own, with all that it says', async () => {
    const report = await runCases(`cases:
  - name: A member with everything
    given:
      enrollmentDate: 2026-01-15
      tier: Gold
      balances: { Stars: 5.5, Tier Points: 12 }
      progress: { 'Ten cups, one free': 3 }
      enrollments: [Double Stars weekends]
      vouchers: [{ definition: Free cup, code: MINE, expirationDate: 2026-12-31 }]
    when:
      - journal: { ActivityDate: 2026-07-06, JournalTypeName: Redemption, VoucherCode: MINE, TransactionAmount: 1 }
    then:
      balances: { Stars: 4.5, Tier Points: 12 }
      tier: Gold
      progress: { 'Ten cups, one free': 3 }
      vouchers: [{ definition: Free cup, status: Redeemed, faceValue: 4, expirationDate: 2026-12-31 }]
  - name: A new one
    when:
      - ${sale(1)}
    then: { balances: { Stars: 2, Tier Points: 1 }, tier: Bronze, vouchers: [] }
`);
    expect(failuresOf(report)).to.deep.equal([]);
  });

  it('name what they leave out', async () => {
    const { coverage } = await runCases(`cases:
  - name: One purchase
    when:
      - ${sale(10)}
    then: { balances: { Stars: 20 } }
`);
    const left = coverage.uncovered.map(({ rule, step, what }) => [rule, step, what].join(' / '));
    expect(left).to.include('Weekend / Is bought on a weekend / met');
    expect(left).to.include('Base Stars / Half more / action');
    expect(left).to.include('Base Stars / Is paid with money / notMet');
    expect(left).to.include('Spend Stars /  / rule');
    expect(left).to.not.include('Weekend / Is bought on a weekend / notMet');
    expect(coverage.rules).to.deep.equal({ covered: 7, total: 9 });
    expect(coverage.percent).to.be.within(40, 60);
  });
});
