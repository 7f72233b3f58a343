import { expect } from 'chai';
import { Emulator, orgLatency } from '../../../src/emulator/index.js';
import { RestClient, seedProgram } from '../restClient.js';

describe("An org's latency", () => {
  let org: Emulator;
  let client: RestClient;
  let slept: number[];

  before(async () => {
    const clock = {
      now: () => Date.parse('2026-04-03T08:00:00Z'),
      sleep: (ms: number) => {
        slept.push(ms);
        return Promise.resolve();
      },
    };
    slept = [];
    org = await Emulator.start({ clock, faults: { rules: [...orgLatency] } });
    client = new RestClient(org);
    seedProgram(org);
  });

  after(() => org.stop());

  for (const [method, path, mean] of [
    ['GET', '/loyalty/programs/Cirrus/members/M-77/vouchers', 47],
    ['GET', '/loyalty/programs/Cirrus/members/M-77/transaction-ledger-summary', 74],
    ['GET', '/connect/loyalty/programs/Cirrus/transaction-history', 88],
    ['POST', '/connect/loyalty/programs/Cirrus/program-processes/EnrollInPromotion', 120],
    ['POST', '/connect/loyalty/programs/Cirrus/program-processes/CreditPointsToMembers', 154],
    ['POST', '/actions/standard/debitPoints', 156],
    ['POST', '/connect/loyalty/programs/Cirrus/program-processes/GetMemberPromotions', 210],
    ['GET', '/loyalty-programs/Cirrus/members?membershipNumber=M-77', 230],
    ['POST', '/connect/realtime/loyalty/programs/Cirrus', 400],
    ['GET', '/query?q=SELECT+Id+FROM+Account', 100],
    ['POST', '/sobjects/Account', 100],
    ['POST', '/connect/loyalty/programs/Cirrus/program-processes/Other', 100],
  ] as const) {
    it(`of ${method} ${path.split('?')[0] ?? ''} is about ${mean} ms, once`, async () => {
      slept = [];
      await client.send(method, path, method === 'POST' ? {} : undefined);
      expect(slept).to.have.length(1);
      expect(slept[0]).to.be.within(Math.floor(mean * 0.75), Math.ceil(mean * 1.25));
    });
  }

  it('does not slow logging in and the pages of the org', async () => {
    slept = [];
    await fetch(`${org.url}/services/data`);
    await fetch(`${org.url}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams('grant_type=x') });
    expect(slept).to.deep.equal([]);
  });
});
