import type { LoyaltyClient } from '../../src/client/index.js';
import { Emulator } from '../../src/emulator/index.js';
import { harbourRewards, ProgramDefinition } from '../../src/program/index.js';
import { clientOf } from './localOrg.js';
import { expectToAgree, syncMonth } from './monthOfTransactions.js';
import { readTemplates } from './templates.js';

/** With duplicates and bad rows; 20,000 of them are transactions. `npm run test:month`, because it takes minutes. */
const rows = 22_000;
const members = 500;
const example = { name: 'the example', definition: ProgramDefinition.parse(harbourRewards) };
const programs = [example, ...(await readTemplates())];

describe('A month of 20,000 transactions, mirrored into a new program', function () {
  this.timeout(600_000);

  let org: Emulator;
  let client: LoyaltyClient;

  beforeEach(async () => {
    org = await Emulator.start();
    client = await clientOf(org);
  });

  afterEach(() => org.stop());

  for (const { name, definition } of programs) {
    it(`${name}: balances, progress and tiers are those of an independent model`, async () => {
      await expectToAgree(client, definition, await syncMonth(client, { definition, rows, members }));
    });
  }
});
