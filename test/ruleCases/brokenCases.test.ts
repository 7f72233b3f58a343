import { expect } from 'chai';
import { readRuleCases, RuleCaseError } from '../../src/ruleCases/index.js';
import { failuresOf, runCases } from './harbourCases.js';

/** The mistakes of a file, as `line: message`. */
async function issuesOf(text: string): Promise<string[]> {
  const report = runCases(text);
  const error: unknown = await report.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof RuleCaseError)) throw new Error('The cases were not refused.', { cause: error });
  return error.issues.map(({ line, message }) => `${line}: ${message}`);
}

describe('mistakes in files of cases', () => {
  for (const day of ['2026-02-30', '7/6/2026', '2026-02-30T10:00:00Z'])
    it(`are activity dates that do not exist, or have another format: ${day}`, async () => {
      const text = `cases:
  - name: Wrong
    when:
      - journal: { ActivityDate: "${day}", JournalTypeName: Accrual, TransactionAmount: 1 }
    then: { balances: { Stars: 2 } }
`;
      expect(await issuesOf(text)).to.deep.equal([
        '4: a journal needs an ActivityDate in ISO 8601, such as 2026-07-01, or the request a day (on)',
      ]);
    });

  it('of their shape are named with their lines', async () => {
    expect(
      await issuesOf(`cases:
  - name: Wrong
    given: { tiers: Gold, birthdate: 12.7.1990 }
    when:
      - { as: nothing }
      - journal: { ActivityDate: 2026-07-06, RelatedJournalId: { journals: sale } }
    then:
      balances: { Stars: many }
      notFired:
        - { rule: Weekend, because: conditionMet }
  - when: []
`),
    ).to.deep.equal([
      '3: cases[0].given.birthdate: "12.7.1990" must be a day such as 2026-01-31',
      '3: cases[0].given.tiers: is not a key here; did you mean tier?',
      '5: cases[0].when[0]: must have exactly one of journal, journals and jobs',
      '6: cases[0].when[1].journal.RelatedJournalId: must be a single value, or an object with journal, or an object with voucher',
      '8: cases[0].then.balances.Stars: "many" must be a number',
      '10: cases[0].then.notFired[0].because: "conditionMet" must be one of noProcess, notLetIn, ruleNotActive, ruleNotStarted, ruleEnded, noSuchPromotion, promotionNotActive, promotionNotStarted, promotionEnded, memberNotEligible, conditionNotMet, otherConditionMet, notReached; did you mean conditionNotMet?',
      '11: cases[1]: needs the key name',
      '11: cases[1].when: a list must not be empty',
    ]);
  });

  it('of the shape of one case and of the names of another are told together, line by line', async () => {
    expect(
      await issuesOf(`cases:
  - name: Names
    given: { tier: Golden }
    when: [{ jobs: 2026-07-06 }]
  - name: Shape
    when: [{ job: 2026-07-06 }]
  - name: Names again
    given: { tier: Silber }
    when: [{ jobs: 2026-07-06 }]
`),
    ).to.deep.equal([
      '3: Golden is not a tier of the program; did you mean Gold?',
      '6: cases[1].when[0].job: is not a key here; did you mean jobs?',
      '6: cases[1].when[0]: must have exactly one of journal, journals and jobs',
      '8: Silber is not a tier of the program; did you mean Silver?',
    ]);
  });

  it('of a file without anything say that it is the file', async () => {
    expect(await issuesOf('# Nothing yet\n')).to.deep.equal(['1: the file: has no value; write an object with cases']);
  });

  it('of their text are named with their lines', async () => {
    expect(await issuesOf('cases:\n  - name: One\n    name: Two\n')).to.deep.equal([
      '3: has the name `name` a second time: it is already in line 2',
    ]);
  });

  it('are told without a line where there is no file', async () => {
    const error = await readRuleCases('/no/cases').catch((reason: unknown) => reason);
    expect(error)
      .to.be.instanceOf(RuleCaseError)
      .with.property('message')
      .that.matches(/\/no\/cases: cannot be read/);
  });

  it('of their names are found before anything runs', async () => {
    expect(
      await issuesOf(
        'cases:\n  - name: A\n    when: [{ jobs: 2026-07-06 }]\n  - name: A\n    when: [{ jobs: 2026-07-06 }]\n',
      ),
    ).to.deep.equal(['4: the case A is already in line 2']);
    expect(
      await issuesOf(`cases:
  - name: Names
    given: { tier: Golden, balances: { Star: 1 } }
    when:
      - journal: { JournalTypeName: Accrual, TransactionAmount: 1 }
      - journal: { ActivityDate: 2026-07-06, RelatedJournalId: { journal: sale } }
        as: sale
    then:
      progress: { Ten cups: 1 }
      vouchers: [{ definition: Free coffee }]
      fired:
        - Weekends
        - { rule: Ten Cups, step: Give a cap }
      notFired: [{ rule: Weekend, condition: Has a weekend }]
`),
    ).to.deep.equal([
      '3: Golden is not a tier of the program; did you mean Gold?',
      '3: Star is not a currency of the program; did you mean Stars?',
      '5: a journal needs an ActivityDate in ISO 8601, such as 2026-07-01, or the request a day (on)',
      '6: sale is not the name (as) of an earlier journal; there are none',
      '9: Ten cups is not a promotion of the program; use one of Ten cups, one free, Double Stars weekends',
      '10: Free coffee is not a voucher definition of the program; use one of Free cup',
      '12: Weekends is not a rule of the program; did you mean Weekend?',
      '13: Give a cap is not a step of the rule Ten Cups; did you mean Give a cup?',
      '14: Has a weekend is not a condition of the program; use one of Is sold for real, Is paid with money, Is Gold, Is Silver, Has birthday this month, Is bought on a weekend, Is a cup, Is the card full, Has earned something, Is a return, Has its sale, Is the whole cup, Has enough, Is paid with a voucher',
    ]);
  });

  it('that only the org finds fail the case that has them, with the line, and the others run', async () => {
    const sale = '{ ActivityDate: 2026-07-06, JournalTypeName: Accrual, TransactionAmount: 10 }';
    const report = await runCases(`cases:
  - name: Too old
    given: { birthdate: 1600-01-01 }
    when: [{ journal: ${sale} }]
  - name: Too early
    given:
      enrollmentDate: 1600-01-01
    when: [{ journal: ${sale} }]
  - name: Right
    when: [{ journal: ${sale} }]
    then: { balances: { Stars: 20 } }
`);
    expect(failuresOf(report)).to.deep.equal([
      '3: the org refuses what the member has before: Birthdate: invalid date: Sat Jan 01 00:00:00 GMT 1600',
      '6: the org refuses what the member has before: Enrollment Date: invalid date: Sat Jan 01 00:00:00 GMT 1600',
    ]);
    expect(report.results).to.have.length(3);
  });
});
