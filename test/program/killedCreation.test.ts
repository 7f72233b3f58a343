import { expect } from 'chai';
import type { HttpRequest, LoyaltyClient } from '../../src/client/index.js';
import { sObjects } from '../../src/contract/objects/index.js';
import { Emulator } from '../../src/emulator/index.js';
import { applyPlan, planProgram } from '../../src/program/index.js';
import type { ProgramClient } from '../../src/program/index.js';
import { interceptedClient } from './interceptedOrg.js';
import { clientOf } from './localOrg.js';
import { wholeDefinition } from './wholeDefinition.js';

const start = Date.parse('2026-06-01T10:00:00Z');
const minutes = 60_000;

describe('Creating a program', () => {
  let now: number;
  /** How long the creation has waited, in all. */
  let waited: number;
  let orgs: Emulator[];
  let wanted: unknown;
  let writes: number;

  beforeEach(() => {
    now = start;
    waited = 0;
    orgs = [];
  });

  afterEach(() => Promise.all(orgs.map((org) => org.stop())));

  before(async () => {
    [now, waited, orgs] = [start, 0, []];
    const org = await newOrg();
    writes = 0;
    await create(
      interceptedClient(org, ({ method }, passOn) => {
        if (method !== 'GET') writes += 1;
        return passOn();
      }),
    );
    wanted = contentOf(org);
    await org.stop();
  });

  it('takes few requests', () => {
    // Layers of records, two members, and two opening balances with a journal and a credit each.
    expect(writes).to.be.within(10, 16);
  });

  // An org is the same whether the process dies before a request or after the previous one.
  it('ends in the same org after it was killed at any of its writes', async function () {
    this.timeout(60_000);
    for (let n = 1; n < writes; n += 1) {
      const org = await newOrg();
      const error = await create(dying(org, n)).catch((thrown: unknown) => thrown);
      expect(error, `write ${n}`).to.be.instanceOf(Error);
      await create(await clientOf(org));
      expect(contentOf(org), `write ${n}`).to.deep.equal(wanted);
      await org.stop();
    }
  });

  it('waits for a credit that may still be under way, and then believes the ledger', async () => {
    const org = await newOrg();
    let late: (() => Promise<unknown>) | undefined;
    const slow = interceptedClient(org, (request, passOn) => {
      if (!isCredit(request)) return passOn();
      late = passOn;
      return Promise.reject(new Error('socket hang up'));
    });
    const error = (await create(slow).catch((thrown: unknown) => thrown)) as Error;
    expect(error.message).to.match(/^Whether the TransactionJournal "opening:.*" was created is unknown/);
    now += 2 * minutes;
    const waits: number[] = [];
    await create(await clientOf(org), {
      onWait: (milliseconds) => waits.push(milliseconds),
      meanwhile: () => late?.(),
    });
    expect(waits).to.have.length(1);
    expect(waited).to.be.within(8 * minutes - 2000, 8 * minutes + 2000);
    expect(contentOf(org)).to.deep.equal(wanted);
  });

  async function create(
    client: ProgramClient,
    { onWait, meanwhile }: { onWait?: (milliseconds: number) => void; meanwhile?: () => unknown } = {},
  ): Promise<void> {
    const clock = {
      now: () => now,
      monotonic: () => now,
      sleep: async (milliseconds: number) => {
        await meanwhile?.();
        waited += milliseconds;
        now += milliseconds;
      },
    };
    await applyPlan(client, await planProgram(client, wholeDefinition), { clock, ...(onWait && { onWait }) });
  }

  async function newOrg(): Promise<Emulator> {
    const org = await Emulator.start({ clock: { now: () => now, sleep: async () => {} } });
    orgs.push(org);
    return org;
  }
});

/** Returns a client whose process dies when the org has carried out its nth write, and nobody sees the answer. */
function dying(org: Emulator, n: number): LoyaltyClient {
  let count = 0;
  return interceptedClient(org, async ({ method }, passOn) => {
    if (count < n) {
      if (method !== 'GET') count += 1;
      const answer = await passOn();
      if (count < n) return answer;
    }
    throw new Error('The process is dead.');
  });
}

function isCredit({ url }: HttpRequest): boolean {
  return url.endsWith('/actions/standard/creditPoints');
}

const drawnOrTimed: readonly string[] = ['CreatedDate', 'LastModifiedDate', 'SystemModstamp', 'ReferralCode'];

/** Returns all records of the org, with names instead of Ids, and without the times of their changes. */
function contentOf({ store }: Emulator): unknown {
  const rows = sObjects.flatMap(({ name: object }) => store.find(object, {}).map((row) => ({ object, row })));
  const names = new Map(rows.map(({ object, row }, index) => [row.Id, `${object} ${index}`]));
  return rows.map(({ object, row }) => {
    const values = Object.entries(row).filter(([field]) => !drawnOrTimed.includes(field));
    return [object, values.map(([field, value]) => [field, names.get(String(value)) ?? value])];
  });
}
