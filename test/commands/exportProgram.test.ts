import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { ExportProgramResult } from '../../src/cli/results/exportResults.js';
import { harbourRewards, ProgramDefinition, readDefinition } from '../../src/program/index.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { expectScreen } from '../support/screen.js';

describe('export program', function () {
  this.timeout(90_000);

  let shop: Shop;
  let cli: Cli;

  before(async () => {
    shop = await openShop({ members: 2 });
    cli = await Cli.create();
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  const run = (...args: string[]) => cli.run('export program', args, { org: shop.org, columns: 80 });
  const program = ['--program', 'Harbour Rewards'];

  it('writes a file that is the definition of the program, and reports it in JSON', async () => {
    const file = cli.path('program.yml');
    const shown = await run(...program, '--output-file', file, '--members', '--json');
    const { definition, counts, notExported } = resultOf(shown, ExportProgramResult);
    expect(shown.code).to.equal(0);
    expect([counts, notExported]).to.deep.equal([{ members: 2, notExported: 0 }, []]);
    expect((await readDefinition(file)).definition).to.deep.equal(definition);
    const { currencies, tierGroups } = ProgramDefinition.parse(harbourRewards);
    expect(definition).to.deep.include({ currencies, tierGroups });
  });

  it('prints the definition, and beside it what it cannot say', async () => {
    const { store } = shop.org;
    const promotion = store.first('Promotion', { Name: 'Bring your own mug' });
    store.update('Promotion', promotion?.Id ?? '', { LoyaltyPromotionType: 'Joint' });
    const file = await cli.file('program.json', '{}');
    const [shown, refused, written] = await Promise.all([
      run(...program),
      run(...program, '--output-file', file, '--json'),
      run(...program, '--output-file', 'new.json', '--no-prompt'),
    ]);
    expect([shown.code, written.code]).to.deep.equal([68, 68]);
    expect(shown.stdout).to.match(/^name: Harbour Rewards\n/);
    expect(shown.stderr).to.include(
      'A definition cannot say 1 thing of the program:\n  Promotion "Bring your own mug": a definition has promotions of',
    );
    expect(errorOf(refused).message).to.include('nobody can answer');
    expect(await readFile(file, 'utf8')).to.equal('{}');
    expectScreen('export program', written, ['Wrote the program "Harbour Rewards" to new.json.']);
    const { promotions } = ProgramDefinition.parse(JSON.parse(await readFile(cli.path('new.json'), 'utf8')));
    expect(promotions.map(({ name }) => name)).to.deep.equal(['Harbour regular', 'Ten cups, one free']);
  });
});
