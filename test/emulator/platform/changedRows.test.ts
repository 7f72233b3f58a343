import { Connection } from 'jsforce';
import { expect } from 'chai';
import type { Clock } from '../../../src/base/clock.js';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient } from '../restClient.js';
import type { Answer } from '../restClient.js';

const minute = 60_000;

describe('Records that have changed', () => {
  let now: number;
  const clock: Clock = { now: () => now, sleep: () => Promise.resolve() };
  let org: Emulator;
  let client: RestClient;

  beforeEach(async () => {
    now = Date.parse('2026-04-03T08:00:30Z');
    org = await Emulator.start({ clock });
    client = new RestClient(org);
  });

  afterEach(() => org.stop());

  const ask = (what: string, start: string, end: string): Promise<Answer> =>
    client.get(`/sobjects/account/${what}?start=${encodeURIComponent(start)}&end=${encodeURIComponent(end)}`);
  const create = (name: string): Promise<string> => client.create('Account', { Name: name });

  it('are listed by minutes', async () => {
    const early = await create('early');
    now += 2 * minute;
    const middle = await create('middle');
    now += 2 * minute;
    await create('late');
    const first = await ask('updated', '2026-04-03T08:00:59Z', '2026-04-03T08:04:59+00:00');
    expect(first.status).to.equal(200);
    expect(first.body).to.deep.equal({ ids: [early, middle], latestDateCovered: '2026-04-03T08:04:00.000+0000' });
    now += 2 * minute;
    await client.patch(`/sobjects/Account/${early}`, { Phone: '1' });
    now += minute;
    const second = await ask('updated', '2026-04-03T08:05:00Z', '2026-04-03T12:00:00Z');
    expect(second.body).to.deep.equal({ ids: [early], latestDateCovered: '2026-04-03T08:07:00.000+0000' });
  });

  it('and records that were deleted, with the time', async () => {
    const id = await create('gone');
    await create('there');
    now += minute;
    await client.delete(`/sobjects/Account/${id}`);
    const span = ['2026-04-03T08:00:00Z', '2026-04-03T08:03:00Z'] as const;
    expect((await ask('deleted', ...span)).body).to.deep.equal({
      deletedRecords: [{ id, deletedDate: '2026-04-03T08:01:30.000+0000' }],
      earliestDateAvailable: '2026-03-04T08:01:00.000+0000',
      latestDateCovered: '2026-04-03T08:01:00.000+0000',
    });
    expect((await ask('updated', ...span)).body.ids).to.deep.equal([org.store.first('Account', {})?.Id]);
  });

  it('are returned to jsforce', async () => {
    const id = await create('a');
    const connection = new Connection({ instanceUrl: org.url, accessToken: org.accessToken, version: '66.0' });
    const { ids } = await connection.sobject('Account').updated(new Date(now - minute), new Date(now + minute));
    expect(ids).to.deep.equal([id]);
    const none = await connection.sobject('Account').deleted(new Date(now - minute), new Date(now + minute));
    expect(none.deletedRecords).to.deep.equal([]);
  });

  it('are listed for a client that asks every minute, or slightly more often', async () => {
    const id = await create('a');
    now += 5 * minute;
    for (const [start, end] of [
      ['2026-04-03T08:00:00Z', '2026-04-03T08:01:00Z'],
      ['2026-04-03T08:00:30Z', '2026-04-03T08:01:29Z'],
      ['2026-04-03T08:00:59Z', '2026-04-03T08:01:00Z'],
      ['2026-04-03T08:00:00Z', '2026-04-03T08:01:59Z'],
    ] as const) {
      const { status, body } = await ask('updated', start, end);
      expect([status, body.ids]).to.deep.equal([200, [id]]);
      expect((await ask('deleted', start, end)).status).to.equal(200);
    }
  });

  const refused: Record<string, [query: string, errorCode: string]> = {
    'no start': ['end=2026-04-03T08:00:00Z', 'MISSING_ARGUMENT'],
    'no time': ['start=today&end=2026-04-03T08:00:00Z', 'INVALID_REPLICATION_DATE'],
    'an end before the start': ['start=2026-04-03T08:00:00Z&end=2026-04-02T08:00:00Z', 'INVALID_REPLICATION_DATE'],
    'a start within the minute of the end': [
      'start=2026-04-03T08:00:00Z&end=2026-04-03T08:00:59Z',
      'INVALID_REPLICATION_DATE',
    ],
    'more than 30 days': ['start=2026-03-04T08:00:00Z&end=2026-04-03T08:00:00Z', 'INVALID_REPLICATION_DATE'],
  };
  for (const [name, [query, errorCode]] of Object.entries(refused)) {
    it(`are not listed for ${name}`, async () => {
      for (const what of ['updated', 'deleted']) {
        const { status, body } = await client.get(`/sobjects/Account/${what}?${query}`);
        expect(status).to.equal(400);
        expect(body[0]).to.include({ errorCode });
      }
    });
  }
});
