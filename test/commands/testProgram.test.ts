import { expect } from 'chai';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TestProgramResult } from '../../src/cli/results/ruleTestResults.js';
import { rulesFile, rulesOfLargeSales } from '../ruleCases/rulesOfLargeSales.js';
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
    const places = lines.filter((line) => line.startsWith('  /') || line.startsWith('    line '));
    expect(places.slice(0, 2)).to.deep.equal([
      `  ${join(rules, rulesFile)}`,
      '    line 431: The condition Is sold for real of the rule Counts was always met.',
    ]);
    expect(places.filter((line) => !line.startsWith('    line '))).to.have.length(1);
    expect(ended.stdout.replaceAll(/\s+/g, ' ')).to.contain(
      'Coverage: 40 % (7 of 9 rules, 7 of 23 actions, 4 of 14 conditions met, 6 of 14 not met).',
    );
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

  it('lists likely mistakes in the rules, and mutants that no case notices, and fails of them only on demand', async () => {
    await mkdir(cli.path('large/loyaltyProgramSetups'), { recursive: true });
    await cli.file(join('large', rulesFile), rulesOfLargeSales);
    await cli.file(
      'one.yml',
      cases.split('  - name: Three')[0]?.replace('Amount: 1', 'Amount: 6').replace('2 }', '1 }') ?? '',
    );
    const from = ['--source', 'large', '--definition', join(rules, 'program.yml'), '--cases', 'one.yml'];
    const run = (...more: string[]) => cli.run('test program', [...from, '--mutate', ...more], { columns: 80 });
    const ended = await run('--junit', 'noted.xml');
    expect(ended.code).to.equal(0);
    expect(ended.stdout).to.match(
      /The rules have 1 warning and 0 notes:\n {2}\S+\n {4}line \d+: Warning: the rule "Last year" ended on/,
    );
    expect(ended.stdout.replaceAll(/\s+/g, ' ')).to.match(
      /Mutants: the cases notice 1 of 2\. \S+ line \d+: No case would miss it if TransactionJournal\.TransactionAmount GreaterThan became/,
    );
    const ending = 'message="the rule &quot;Last year&quot; ended on 2020-12-31"';
    expect(await readFile(cli.path('noted.xml'), 'utf8')).to.contain(`<skipped ${ending}`);
    const failed = await run('--junit', 'failed.xml', '--fail-on-findings', '--min-noticed', '60', '--json');
    expect(failed.code).to.equal(1);
    const { findings, mutants } = resultOf(failed, TestProgramResult);
    expect(findings.map(({ code, level }) => [code, level])).to.deep.equal([['ended', 'warning']]);
    expect(mutants?.unnoticed.map(({ mutated }) => mutated)).to.deep.equal(['GreaterThanOrEquals']);
    expect(failed.stdout).to.contain('The rules have 1 warning, and --fail-on-findings allows none.');
    expect(failed.stdout).to.contain('The cases notice 50 % of the mutants, and at least 60 % are required.');
    expect(await readFile(cli.path('failed.xml'), 'utf8')).to.contain(`<failure ${ending}`);
  });

  it('after Ctrl-C says how far it came, and neither what is covered nor which mutants are noticed', async () => {
    const given = [...program, '--cases', join(rules, 'cases'), '--mutate', '--junit', 'half.xml'];
    const running = cli.start('test program', given, { columns: 80 });
    let printed = 0;
    for await (const line of running.lines()) if (line.includes('✔') && printed++ === 0) running.kill('SIGINT');
    const ended = await running.ended;
    expect(ended.code).to.equal(130);
    expect(ended.stderr).to.match(/\d+ of 22 cases had ended/);
    expect(ended.stdout).not.to.match(/Coverage|Mutants/);
    expect(existsSync(cli.path('half.xml'))).to.equal(false);
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
