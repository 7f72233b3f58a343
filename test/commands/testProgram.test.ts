import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TestProgramResult } from '../../src/cli/results/ruleTestResults.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';

const rules = join(import.meta.dirname, '../../examples/rules');
const program = ['--source', rules, '--definition', join(rules, 'program.yml')];

const cases = `cases:
  - name: Two Stars
    when:
      - journal: { ActivityDate: 2026-07-06, JournalTypeName: Accrual, TransactionAmount: 1 }
    then: { balances: { Stars: 2 } }
  - name: Three Stars
    when:
      - journal: { ActivityDate: 2026-07-06, JournalTypeName: Accrual, TransactionAmount: 1 }
    then: { balances: { Stars: 3 } }
`;

describe('loyalty test program', function () {
  this.timeout(60_000);

  let cli: Cli;

  before(async () => {
    cli = await Cli.create();
    await cli.file('cases.yml', cases);
  });

  after(() => cli[Symbol.asyncDispose]());

  const test = (...args: string[]) => cli.run('test program', [...program, ...args], { columns: 80 });

  it('ends with 0 if all cases pass and enough is covered', async () => {
    const ended = await test('--cases', join(rules, 'cases'), '--min-coverage', '100', '--json');
    const { counts, coverage } = resultOf(ended, TestProgramResult);
    expect([ended.code, counts.failed, coverage.percent]).to.deep.equal([0, 0, 100]);
  });

  it('shows what failed, where, and what no case has run, and ends with 1', async () => {
    const ended = await test('--cases', 'cases.yml', '--junit', 'junit.xml');
    expect(ended.code).to.equal(1);
    const lines = ended.stdout.split('\n');
    expect(lines.slice(0, 7)).to.deep.equal([
      'cases.yml',
      '  ✔ Two Stars',
      '  ✘ Three Stars',
      '      balances of Stars: 2 instead of 3',
      '        cases.yml, line 9',
      '',
      '1 passed, 1 failed',
    ]);
    expect(lines.filter((line) => line.length > 80 && !line.includes(rules))).to.deep.equal([]);
    expect(ended.stdout).to.contain('The condition Is a return of the rule Take Back was never met');
    const junit = await readFile(cli.path('junit.xml'), 'utf8');
    expect(junit).to.contain('<testsuite name="cases.yml" tests="2" failures="1" errors="0" skipped="0"');
    expect(junit).to.contain('<failure message="balances of Stars: 2 instead of 3 (cases.yml, line 9)"/>');
  });

  it('ends with 1 if too little is covered, and says how much', async () => {
    await cli.file('good.yml', cases.replace('Stars: 3', 'Stars: 2'));
    const ended = await test('--cases', 'good.yml', '--min-coverage', '99');
    expect(ended.code).to.equal(1);
    expect(ended.stderr).to.match(/The coverage is [\d.]+ %, and at least 99 % is required/);
  });

  it('refuses cases with mistakes, with their lines', async () => {
    await cli.file('bad.yml', cases.replace('{ Stars: 3 }', '{ Star: 3 }'));
    const ended = await test('--cases', 'bad.yml', '--json');
    expect(ended.code).to.equal(1);
    const { message, actions } = errorOf(ended);
    expect(message).to.equal('bad.yml, line 9: Star is not a currency of the program; did you mean Stars?');
    expect(actions).to.deep.equal(['Correct bad.yml, then try again.']);
  });
});
