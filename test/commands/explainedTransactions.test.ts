import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { SimulateTransactionsResult } from '../../src/cli/results/simulationResults.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import { feedOf, harbourMap } from '../support/cliFeed.js';
import { expectScreen } from '../support/screen.js';

const parameter = `<parameters><dataType>Numeric</dataType><decimalPlaces>0</decimalPlaces>
  <parameterName>Points</parameterName><parameterType>Variable</parameterType></parameters>`;

const assign = (name: string, value: string) => `<actions><actionName>${name}</actionName>
  <actionType>AssignParameterValues</actionType><actionParameters><parameterName>Points</parameterName>
  <value>${value}</value><sequenceNumber>1</sequenceNumber><operator>Equals</operator></actionParameters></actions>`;

const credit = `<actions><actionName>Credit</actionName><actionType>CreditPoints</actionType>
  <actionParameters><parameterName>ProgramCurrencyName</parameterName><value>Stars</value><valueType>Literal</valueType></actionParameters>
  <actionParameters><parameterName>PointsToCredit</parameterName><value>{!Points}</value></actionParameters></actions>`;

const isLarge = `<conditions><conditionName>Is large</conditionName><conditionType>Condition</conditionType>
  <conditionCriteria>1</conditionCriteria><conditionFilterCriteria><sequence>1</sequence>
  <sourceFieldName>TransactionJournal.TransactionAmount</sourceFieldName><operator>GreaterThan</operator>
  <value>10</value><valueType>Literal</valueType></conditionFilterCriteria></conditions>`;

const step = (name: string, sequence: number, parent = '') =>
  `<stepMappings><associatedStep>${name}</associatedStep>${parent}<sequence>${sequence}</sequence></stepMappings>`;

/** Two points for each unit of money above ten, for a promotion; then a division that fails for 17. */
const rules = `<LoyaltyProgramSetup xmlns="http://soap.sforce.com/2006/04/metadata"><label>Harbour Rewards</label>
  <programProcesses><executionType>RealTime</executionType><journalType>Accrual</journalType>
  <processName>Purchases</processName><processType>TransactionJournal</processType><status>Active</status>${parameter}
  <rules><ruleName>Large sales</ruleName><status>Active</status><promotion>Bring your own mug</promotion></rules>
  <rules><ruleName>Base</ruleName><status>Active</status><previousRule>Large sales</previousRule>
  ${assign('Compute', 'FLOOR({!TransactionJournal.TransactionAmount} * 2)')}${credit}${isLarge}
  ${step('Compute', 1)}${step('Is large', 2)}${step('Credit', 1, '<parentStep>Is large</parentStep>')}</rules>
  <rules><ruleName>Share</ruleName><status>Active</status><previousRule>Base</previousRule>
  ${assign('Divide', '100 / ({!TransactionJournal.TransactionAmount} - 17)')}${step('Divide', 1)}</rules>
  </programProcesses></LoyaltyProgramSetup>`;

describe('loyalty simulate transactions --source', function () {
  this.timeout(60_000);

  let cli: Cli;
  let given: string[];

  before(async () => {
    cli = await Cli.create();
    await mkdir(cli.path('rules/loyaltyProgramSetups'), { recursive: true });
    await cli.file('rules/loyaltyProgramSetups/Harbour.loyaltyProgramSetup-meta.xml', rules);
    const sale = (receipt: number, cups: number, member: string) =>
      `${receipt},CUP-01,Flat white,${cups},1/9/2026 07:05,3.4,${member},Pier 4`;
    const rows = [sale(1, 1, 'HR-100001'), sale(2, 5, 'HR-100001'), sale(3, 4, 'NEW-1'), sale(3, 4, '')];
    const file = await cli.file('till.csv', feedOf(rows));
    given = ['--source', cli.path('rules'), '--file', file, '--map', harbourMap];
  });

  after(() => cli[Symbol.asyncDispose]());

  const simulate = (args: readonly string[] = []) =>
    cli.run('simulate transactions', [...given, ...args], { columns: 80 });

  it('explains each transaction, up to a failure if there is one, and what members have at the end', async () => {
    const ended = await simulate(['--limit', '3']);
    expectScreen('simulate transactions', ended, [
      'till.csv, line 2: Accrual, Purchase of 3.40 for HR-100001 on 2026-09-01',
      '  Process Purchases',
      '    Rule Large sales (promotion "Bring your own mug")',
      '      did not run: the member cannot take part in the promotion',
      '        [memberNotEligible]',
      '    Rule Base',
      '      Compute: Points = 6',
      '      If Is large: not met',
      '        no   TransactionJournal.TransactionAmount is 3.4: must be greater than',
      '          10',
      '    Rule Share',
      '      Divide: Points = -7',
      '',
      'till.csv, line 3: Accrual, Purchase of 17.00 for HR-100001 on 2026-09-01',
      '  Process Purchases',
      '    Rule Large sales (promotion "Bring your own mug")',
      '      did not run: the member cannot take part in the promotion',
      '        [memberNotEligible]',
      '    Rule Base',
      '      Compute: Points = 34',
      '      If Is large: met',
      '        yes  TransactionJournal.TransactionAmount is 17: must be greater than 10',
      '        Credit: +34 points in Stars, now 34',
      '    Rule Share',
      '      Divide: FAILED: 100 / ({!TransactionJournal.TransactionAmount} - 17): /',
      '        divides 100 by 0 (character 5 of the formula 100 /',
      '        ({!TransactionJournal.TransactionAmount} - 17))',
      '  The request failed, so nothing of it is kept: 100 /',
      '    ({!TransactionJournal.TransactionAmount} - 17): / divides 100 by 0',
      '    (character 5 of the formula 100 / ({!TransactionJournal.TransactionAmount} -',
      '    17))',
      '',
      'till.csv, line 4: Accrual, Purchase of 13.60 for NEW-1 on 2026-09-01',
      '  Process Purchases',
      '    Rule Large sales (promotion "Bring your own mug")',
      '      did not run: the member cannot take part in the promotion',
      '        [memberNotEligible]',
      '    Rule Base',
      '      Compute: Points = 27',
      '      If Is large: met',
      '        yes  TransactionJournal.TransactionAmount is 13.6: must be greater than',
      '          10',
      '        Credit: +27 points in Stars, now 27',
      '    Rule Share',
      '      Divide: Points = -29',
      '',
      'Totals of 3 transactions',
      '  +27 Stars',
      '  HR-100001',
      '    Nothing has changed.',
      '  NEW-1',
      '    +27 Stars, now 27',
      '1 member enrolled, because the program did not have them.',
      '',
      'No org was asked: all of this happened in a local org that is gone now.',
    ]);
    expect(ended.code).to.equal(68);
  });

  it('--json has the same steps and totals', async () => {
    const ended = await simulate(['--json', '--limit', '3']);
    expect(ended.code).to.equal(68);
    const { records, counts, totals } = resultOf(ended, SimulateTransactionsResult);
    expect(counts).to.deep.equal({ simulated: 2, failed: 1, unmatched: 0 });
    expect(records.map(({ status, error, transaction }) => [status, error?.code, transaction?.line])).to.deep.equal([
      ['simulated', undefined, 2],
      ['failed', 'RULE_FAILED', 3],
      ['simulated', undefined, 4],
    ]);
    expect(totals?.points).to.deep.equal([{ currency: 'Stars', change: 27, escrow: 0 }]);
  });

  it('--why-not says why a promotion gave nothing, and how often each reason', async () => {
    const ended = await simulate(['--why-not', 'bring your own mug', '--limit', '2']);
    expectScreen('simulate transactions', ended, [
      'till.csv, line 2: Accrual, Purchase of 3.40 for HR-100001 on 2026-09-01',
      '  Bring your own mug gave nothing: the member cannot take part in the promotion.',
      '    [memberNotEligible]',
      '    Rule Large sales',
      '',
      'till.csv, line 3: Accrual, Purchase of 17.00 for HR-100001 on 2026-09-01',
      '  Bring your own mug gave nothing: the member cannot take part in the promotion.',
      '    [memberNotEligible]',
      '    Rule Large sales',
      '',
      'Totals of 2 transactions',
      '  Nothing has changed.',
      '  HR-100001',
      '    Nothing has changed.',
      '"Bring your own mug" by transaction: 2 memberNotEligible',
      '',
      'No org was asked: all of this happened in a local org that is gone now.',
    ]);
  });

  it('--diff shows who ends differently with other rules, by how much, and through which rule', async () => {
    const other = rules.replace('{!Points}</value>', '{!Points} * 2</value>').replace('- 17)', '- 3.4)');
    await mkdir(cli.path('other/loyaltyProgramSetups'), { recursive: true });
    await cli.file('other/loyaltyProgramSetups/Harbour.loyaltyProgramSetup-meta.xml', other);
    const diff = ['--diff', cli.path('other')];
    const [shown, json] = await Promise.all([
      cli.run('simulate transactions', [...given, ...diff, '--limit', '3'], { columns: 80 }),
      simulate([...diff, '--limit', '3', '--json']),
    ]);
    const lines = shown.stdout.split('\n');
    expect(lines.slice(lines.indexOf('HR-100001'))).to.deep.equal([
      'HR-100001',
      '  +68 Stars: 68 with --diff, 0 with --source',
      '    Rule Share, Divide: 1 time, the request fails with --diff: 100 /',
      '      ({!TransactionJournal.TransactionAmount} - 3.4): / divides 100 by 0',
      '      (character 5 of the formula 100 / ({!TransactionJournal.TransactionAmount}',
      '      - 3.4))',
      '    Rule Share, Divide: 1 time, the request fails with --source: 100 /',
      '      ({!TransactionJournal.TransactionAmount} - 17): / divides 100 by 0',
      '      (character 5 of the formula 100 / ({!TransactionJournal.TransactionAmount}',
      '      - 17))',
      '',
      'NEW-1',
      '  +27 Stars: 54 with --diff, 27 with --source',
      '    Rule Base, Credit: +27 Stars, 1 time, with other values',
      '',
      '2 of 2 members end differently with --diff:',
      '  +95 Stars',
      '  Rule Share, Divide: 1 time, the request fails with --diff: 100 /',
      '    ({!TransactionJournal.TransactionAmount} - 3.4): / divides 100 by 0',
      '    (character 5 of the formula 100 / ({!TransactionJournal.TransactionAmount} -',
      '    3.4))',
      '  Rule Share, Divide: 1 time, the request fails with --source: 100 /',
      '    ({!TransactionJournal.TransactionAmount} - 17): / divides 100 by 0',
      '    (character 5 of the formula 100 / ({!TransactionJournal.TransactionAmount} -',
      '    17))',
      '  Rule Base, Credit: +27 Stars, 1 time, with other values',
      '  till.csv, line 2 fails only with --diff.',
      '  till.csv, line 3 fails only with --source.',
      '1 member enrolled, because the program did not have them.',
      '',
      'No org was asked: all of this happened in a local org that is gone now.',
      '',
    ]);
    const { difference } = resultOf(json, SimulateTransactionsResult);
    expect([shown.code, json.code]).to.deep.equal([68, 68]);
    expect(difference?.points).to.deep.equal([{ currency: 'Stars', change: 95, escrow: 0 }]);
    expect(difference?.failures.map(({ line, failsIn }) => [line, failsIn])).to.deep.equal([
      [2, 'other'],
      [3, 'source'],
    ]);
  });

  it('--diff alone is no error, and cannot read standard input', async () => {
    const [same, input, both] = await Promise.all([
      simulate(['--diff', cli.path('rules'), '--limit', '1']),
      cli.run(
        'simulate transactions',
        [...given.slice(0, 2), '--file', '-', ...given.slice(4), '--diff', cli.path('rules'), '--json'],
        {
          ...{ columns: 80, stdin: '' },
        },
      ),
      simulate(['--diff', cli.path('rules'), '--why-not', 'x', '--json']),
    ]);
    expect([same.code, input.code, both.code]).to.deep.equal([0, 1, 2]);
    expect(same.stdout).to.contain('\nNo member ends differently, and no rule did anything else.\n');
    expect(errorOf(input).message).to.equal('--diff reads the feed twice, so it cannot come from standard input.');
  });

  it('--save writes cases that "test program" passes, and replaces none unasked', async () => {
    const folder = join(import.meta.dirname, '../../examples/rules');
    const program = ['--source', folder, '--definition', join(folder, 'program.yml')];
    const save = (...more: string[]) =>
      cli.run('simulate transactions', [
        ...program,
        ...given.slice(2),
        '--limit',
        '3',
        '--save',
        'saved.yml',
        '--json',
        ...more,
      ]);
    const first = await save();
    expect(first.code, first.stderr).to.equal(0);
    const leftOut: never[] = [];
    expect(resultOf(first, SimulateTransactionsResult).saved).to.deep.equal({
      ...{ file: 'saved.yml', status: 'written' },
      cases: 2,
      leftOut,
    });
    const [tested, again] = await Promise.all([
      cli.run('test program', [...program, '--cases', 'saved.yml', '--json']),
      save(),
    ]);
    expect([tested.code, again.code]).to.deep.equal([0, 1]);
    expect(errorOf(again).name).to.equal('NobodyToAskError');
  });

  it('--save refuses a folder that does not exist before anything runs, and says what to do', async () => {
    const folder = join(import.meta.dirname, '../../examples/rules');
    const ended = await simulate(['--definition', join(folder, 'program.yml'), '--save', join('none', 'saved.yml')]);
    expect([ended.code, ended.stdout]).to.deep.equal([1, '']);
    expect(ended.stderr.replaceAll(/\s+/g, ' ')).to.contain(
      `${join('none', 'saved.yml')} cannot be used: its folder does not exist. Try this: Create the folder none, or name another path.`,
    );
  });

  it('refuses flags that do not go together, an unknown promotion, and rules of another program', async () => {
    const definition = await cli.file(
      'other.yml',
      'name: Other\ncurrencies: [{ name: Stars, type: NonQualifying, primary: true, expiry: never }]\n',
    );
    const [member, alone, promotion, other] = await Promise.all([
      simulate(['--member', 'HR-1', '--amount', '1', '--json']),
      cli.run('simulate transactions', ['--member', 'HR-1', '--amount', '1', '--limit', '1', '--json'], {
        columns: 80,
      }),
      simulate(['--why-not', 'Nope', '--json']),
      simulate(['--definition', definition, '--json']),
    ]);
    expect([member.code, alone.code, promotion.code, other.code]).to.deep.equal([2, 2, 1, 1]);
    expect(errorOf(promotion).message).to.match(
      /^Neither the program nor its rules have a promotion "Nope"\. They have: /,
    );
    expect(errorOf(other).message).to.equal(
      'The rules are those of the program "Harbour Rewards", but the definition is that of "Other".',
    );
  });
});
