import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExportProgramResult } from '../../src/cli/results/exportResults.js';
import { harbourRewards, ProgramDefinition, readDefinition } from '../../src/program/index.js';
import { Cli, expectToFit, resultOf } from '../support/cli.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';

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

  const run = (...args: string[]) => cli.run('export program', args, { org: shop.org });
  const program = ['--program', 'Harbour Rewards'];

  it('writes a file that is the definition of the program, and reports it in JSON', async () => {
    const file = join(cli.home, 'program.yml');
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
    const [shown, inJson] = await Promise.all([
      run(...program),
      run(...program, '--output-file', join(cli.home, 'program.json')),
    ]);
    expect(shown.code).to.equal(68);
    expect(shown.stdout).to.match(/^name: Harbour Rewards\n/);
    expect(shown.stderr).to.include(
      'A definition cannot say 1 thing of the program:\n' + '  Promotion "Bring your own mug": ',
    );
    expectToFit(shown);
    expect(inJson.stdout).to.include('Wrote the program "Harbour Rewards" to');
    const written = ProgramDefinition.parse(JSON.parse(await readFile(join(cli.home, 'program.json'), 'utf8')));
    expect(written.promotions.map(({ name }) => name)).to.deep.equal(['Harbour regular', 'Ten cups, one free']);
  });
});
