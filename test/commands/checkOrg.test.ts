import { expect } from 'chai';
import { CheckOrgResult } from '../../src/cli/results/orgResults.js';
import { Cli, resultOf } from '../support/cli.js';
import { openShop, writes } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';

describe('loyalty check org', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;

  before(async () => {
    shop = await openShop({ members: 1 });
    cli = await Cli.create();
  });

  after(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  it('says line by line what is good, within 80 columns, and ends with 0 if nothing is missing', async () => {
    const ended = await cli.run('check org', [], { org: shop.org, columns: 80 });
    expect(ended.code).to.equal(0);
    const lines = ended.stdout.split('\n');
    expect(lines.filter((line) => line.length > 80)).to.deep.equal([]);
    expect(lines[0]).to.equal('Org');
    expect(lines).to.include('good     The org has person accounts.');
    expect(lines).to.include('Harbour Rewards');
    expect(lines).to.include('good     credit points: process "CreditPointsToMembers".');
    expect(ended.stdout).to.match(/\n\d+ good, \d+ worth knowing, nothing missing\.\n$/);
    expect(writes(shop.org)).to.equal(0);
  });

  it('ends with 68 if something is missing, and has it as JSON with what to do', async () => {
    await using relay = await Relay.open(shop.org, {
      changed: (text, { url }) =>
        decodeURIComponent(url).includes('FROM LoyaltyProgramProcess ')
          ? '{"totalSize":0,"done":true,"records":[]}'
          : text,
    });
    const ended = await cli.run('check org', ['--json'], { org: relay });
    expect(ended.code).to.equal(68);
    const { records, counts } = resultOf(ended, CheckOrgResult);
    const missing = records.filter(({ status }) => status === 'missing');
    expect(missing.map(({ key }) => key)).to.include.members(['process: sync start', 'process: credit points']);
    expect(missing.map(({ toDo }) => toDo)).to.not.include(undefined);
    expect(counts.missing).to.equal(missing.length);
  });
});
