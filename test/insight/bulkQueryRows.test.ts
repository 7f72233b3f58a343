import { expect } from 'chai';
import { LoyaltyClient } from '../../src/client/index.js';
import type { FaultPlanInput } from '../../src/emulator/index.js';
import { readBulkQuery } from '../../src/insight/cache/bulkQueryRows.js';
import { BulkQueryFailedError } from '../../src/insight/index.js';
import { openShop, seen } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { VirtualClock } from '../support/virtualClock.js';
import { immediateClock } from './immediateClock.js';

const members = 500;
const soql = 'SELECT Id, MembershipNumber, SystemModstamp FROM LoyaltyProgramMember';
const match = { method: 'GET', path: '/jobs/query/:id/results' } as const;
type Rule = NonNullable<FaultPlanInput['rules']>[number];

describe('the records of a bulk query', () => {
  let shop: Shop;
  let client: LoyaltyClient;

  before(async () => {
    shop = await openShop({ members: 0 });
    const { store } = shop.org;
    const ofAll = {
      ProgramId: store.first('LoyaltyProgram', {})?.Id,
      EnrollmentDate: '2026-01-01',
      MemberStatus: 'Active',
    };
    store.transaction(() => {
      for (let index = 0; index < members; index++)
        store.insert('LoyaltyProgramMember', { MembershipNumber: `M-${index}`, ...ofAll });
    });
    const patient = { patience: 20_000, clock: new VirtualClock() };
    client = await LoyaltyClient.connect({ instanceUrl: shop.org.url, clientId: 'a', clientSecret: 'b', ...patient });
  });
  after(() => shop.org.stop());

  async function read(take: (number: string) => void, ...rules: Rule[]): Promise<void> {
    shop.org.requests.reset();
    shop.org.faults.replace({ rules });
    try {
      await readBulkQuery({ soql, rows: members }, { client, clock: immediateClock }, (row) =>
        take(String(row['MembershipNumber'])),
      );
    } finally {
      shop.org.faults.replace({ rules: [] });
    }
  }

  it('come each once, even if the connection breaks in the middle of a page, or the session ends', async () => {
    const once = { count: 1, match };
    for (const rule of [
      { fault: 'drop', share: 0.5, ...once },
      { fault: 'drop', share: 0.001, ...once },
      { fault: 'error', status: 503, ...once },
      { fault: 'unauthorized', ...once },
    ] satisfies Rule[]) {
      const numbers: string[] = [];
      await read((number) => numbers.push(number), rule);
      expect(numbers, rule.fault).to.have.length(members);
      expect(new Set(numbers).size, rule.fault).to.equal(members);
    }
  });

  it('are all there, or the query has failed', async () => {
    for (const rule of [
      { fault: 'truncated', share: 0.5, match },
      { fault: 'html', status: 200, match },
      { fault: 'error', status: 200, body: '', match },
      {
        fault: 'error',
        status: 200,
        body: '"Id","MembershipNumber","SystemModstamp"\n',
        contentType: 'text/csv',
        match,
      },
    ] satisfies Rule[]) {
      const failure: unknown = await read(() => undefined, rule).catch((error: unknown) => error);
      expect(failure, JSON.stringify(rule)).to.be.instanceOf(BulkQueryFailedError);
    }
  });

  it('end the query if they cannot be taken, with the reason, and without a repeat', async () => {
    const full = new Error('The disk is full.');
    const failure: unknown = await read(() => {
      throw full;
    }).catch((error: unknown) => error);
    expect(failure).to.equal(full);
    expect(seen(shop.org, 'GET', '/results')).to.equal(1);
    expect(seen(shop.org, 'DELETE', '/jobs/query/')).to.equal(1);
  });
});
