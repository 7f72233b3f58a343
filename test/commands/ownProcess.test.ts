import { expect } from 'chai';
import { Cli } from '../support/cli.js';
import { openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';

const member = ['--member', 'HR-100001'];

describe('a command in a process that others have used', function () {
  this.timeout(60_000);

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

  for (const [what, words, args, columns] of [
    ['a table', 'list promotions', member, 80],
    ['JSON', 'display member', [...member, '--json'], undefined],
    ['a progress line', 'verify fidelity', ['--read-only', '--only', 'wrong-paths-have-a-code'], undefined],
    ['wrong usage', 'credit points', [...member, '--points', '-5'], undefined],
    ['a failure', 'list progress', ['--member', 'HR-9', '--json'], undefined],
  ] as const) {
    it(`prints and ends as in a process of its own: ${what}`, async () => {
      const options = { org: shop.org, columns };
      await cli.run('list programs', ['--target-org', 'nobody'], { columns });
      const [hosted, alone] = await Promise.all([cli.run(words, args, options), cli.runAlone(words, args, options)]);
      expect(hosted).to.deep.equal(alone);
      expect(hosted.stdout + hosted.stderr).to.not.equal('');
    });
  }
});
