import type { LoyaltyClient } from '../../src/client/index.js';
import { Emulator } from '../../src/emulator/index.js';
import { harbourRewards, ProgramDefinition } from '../../src/program/index.js';
import { clientOf } from './localOrg.js';
import { expectToAgree, syncMonth } from './monthOfTransactions.js';
import { readTemplates } from './templates.js';

/** The example, with promotions of every kind that counts. */
const harbour = ProgramDefinition.parse({
  ...harbourRewards,
  promotions: [
    ...(harbourRewards.promotions ?? []),
    {
      ...{ name: "Captain's club", type: 'Cumulative', startDate: '2026-01-01', target: 3, timesPerMember: 2 },
      enrollmentRequired: true,
    },
    { name: 'Second week', type: 'Cumulative', startDate: '2026-09-08', endDate: '2026-09-14', target: 2 },
    { name: 'Over', type: 'Cumulative', startDate: '2026-09-01', target: 5, active: false },
    { name: 'Redeemers', type: 'Cumulative', startDate: '2026-09-01', target: 5, journalType: 'Redemption' },
  ],
});

const templates = await readTemplates();

describe('a generated month, mirrored into a new program', function () {
  this.timeout(60_000);

  let org: Emulator;
  let client: LoyaltyClient;

  beforeEach(async () => {
    org = await Emulator.start();
    client = await clientOf(org);
  });

  afterEach(() => org.stop());

  it('ends with the balances, progress and tiers of an independent model', async () => {
    const month = await syncMonth(client, { definition: harbour, rows: 600, members: 15 });
    await expectToAgree(client, harbour, month);
  });

  for (const { name, definition } of templates) {
    it(`does so for the template ${name}, from NDJSON`, async () => {
      const month = await syncMonth(client, { definition, rows: 300, members: 6, format: 'ndjson' });
      await expectToAgree(client, definition, month);
    });
  }
});
