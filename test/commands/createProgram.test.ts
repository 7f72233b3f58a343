import { expect } from 'chai';
import { CreateProgramResult } from '../../src/cli/results/programResults.js';
import { Emulator } from '../../src/emulator/index.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import { Relay } from '../support/cliRelay.js';
import { expectScreen } from '../support/screen.js';

const definition = `
name: Corner Club
description: A program whose description is so long that it does not fit into one line of eighty columns.
currencies:
  - { name: Points, type: NonQualifying, primary: true, expiry: never }
journalTypes:
  - { name: Accrual }
promotions:
  - { name: Ten cups, type: Cumulative, startDate: 2026-01-01, target: 10 }
processes:
  - { name: Purchases, type: TransactionJournal, journalType: Accrual }
members:
  - { number: CC-1, lastName: Okafor, enrollmentDate: 2026-01-01, openingBalances: { Points: 20.5 } }
`;

describe('loyalty create program', function () {
  this.timeout(60_000);

  let org: Emulator;
  let cli: Cli;
  let file: string;

  before(async () => {
    org = await Emulator.start();
    cli = await Cli.create();
    file = await cli.file('program.yml', definition);
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await org.stop();
  });

  it('prints the plan with all values, within 80 columns, writes nothing, and ends with 68 for drift', async () => {
    const ended = await cli.run('create program', ['--file', file, '--plan'], { org, columns: 80 });
    expect(ended.code).to.equal(68);
    const lines = ended.stdout.split('\n');
    expect(lines.filter((line) => line.length > 80)).to.deep.equal([]);
    expect(lines.slice(0, 5)).to.deep.equal([
      'Create',
      '  LoyaltyProgram "Corner Club"',
      '    Status: "Active"',
      '    Description: "A program whose description is so long that it does not fit',
      '      into one line of eighty columns."',
    ]);
    expect(ended.stdout).to.contain('\n    Points: 20.5\n\n6 to create, 0 to change, 1 as they are.\n');
    expect(org.store.count('LoyaltyProgram')).to.equal(0);
  });

  it('does not write without a confirmation', async () => {
    const ended = await cli.run('create program', ['--file', file, '--json'], { org });
    expect(errorOf(ended).actions?.join()).to.contain('--no-prompt');
    expect(org.store.count('LoyaltyProgram')).to.equal(0);
  });

  it('goes on after it ended halfway, and then has nothing to do', async () => {
    const args = ['--file', file, '--no-prompt', '--json'];
    await using relay = await Relay.open(org, {
      before: ({ method, url }) => method === 'POST' && url.includes('/individual-member-enrollments') && 'cut',
    });
    const halfway = await cli.run('create program', args, { org: relay });
    expect(halfway.code).to.equal(69);
    expect(errorOf(halfway).message).to.match(/^Whether the LoyaltyProgramMember "CC-1" was created is unknown/);
    expect(errorOf(halfway).actions?.join('\n')).to.contain('Go on with: sf loyalty create program --file');

    const ended = await cli.run('create program', args, { org });
    expect(ended.code, ended.stdout).to.equal(0);
    const { programId, records, counts } = resultOf(ended, CreateProgramResult);
    expect(org.store.get('LoyaltyProgram', programId ?? '')).to.include({ Name: 'Corner Club' });
    expect(counts).to.deep.equal({ create: 2, change: 0, leave: 5, cannot: 0, delete: 0 });
    expect(records.filter(({ action }) => action === 'create').map(({ status }) => status)).to.deep.equal([
      'done',
      'done',
    ]);
    expect(org.store.first('LoyaltyMemberCurrency', {})).to.include({ PointsBalance: 20.5 });

    const again = await cli.run('create program', ['--file', file, '--plan'], { org, columns: 80 });
    expect(again.code).to.equal(0);
    expectScreen('create program', again, ['0 to create, 0 to change, 7 as they are.']);
  });

  it('writes nothing if something cannot be, and says what to do', async () => {
    const other = definition
      .replace('type: TransactionJournal, journalType: Accrual', 'type: CreditPointsToMembers')
      .replace(', openingBalances: { Points: 20.5 }', '');
    const wrong = await cli.file('wrong.yml', other.replace('expiry: never', 'expiry: never, active: false'));
    const ended = await cli.run(
      'create program',
      [...['--file', wrong, '--no-prompt'], ...['--processes', 'records']],
      { org, columns: 80 },
    );
    expect(ended.code).to.equal(68);
    expect(ended.stdout.replaceAll(/\s+/g, ' ')).to.contain('LoyaltyProgramProcess.ProcessType cannot be changed');
    expect(ended.stdout.replaceAll(/\n +/g, ' ')).to.contain(`${wrong}, line 11: LoyaltyProgramProcess.ProcessType`);
    expect(ended.stdout.split('\n').filter((line) => line.length > 80)).to.deep.equal([]);
    expect(ended.stderr).to.contain('Nothing was written');
    expect(org.store.first('LoyaltyProgramCurrency', {})).to.include({ IsActive: true });
  });
});
