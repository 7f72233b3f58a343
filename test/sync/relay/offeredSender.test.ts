import { expect } from 'chai';
import { systemClock } from '../../../src/base/clock.js';
import { fakeConnection, LoyaltyClient } from '../../../src/client/index.js';
import type { FakeAnswer } from '../../../src/client/index.js';
import type { OfferedRequest, RelayedText } from '../../../src/outbox/index.js';
import { OfferedSender } from '../../../src/sync/relay/offeredSender.js';

const journals = '/services/data/v66.0/connect/realtime/loyalty/programs/Harbour%20Rewards';

/** What a standby tells of one request that is offered to it, and what it has sent. */
async function toldOf(
  given: Partial<OfferedRequest> & { readonly path?: string },
  { answer = {}, onFailure }: { readonly answer?: FakeAnswer; readonly onFailure?: (error: Error) => void } = {},
): Promise<{ head: unknown; body: string; sent: readonly { path: string; body: unknown }[] }> {
  const { path = journals, ...more } = given;
  const connection = fakeConnection(() => answer);
  const told = Promise.withResolvers<RelayedText>();
  const offered: OfferedRequest[] = [
    {
      id: 'one',
      head: JSON.stringify({ path }),
      body: '{"a":1}',
      limit: 1000,
      began: systemClock.monotonic(),
      leavesBefore: systemClock.monotonic() + 1000,
      ...more,
    },
  ];
  const sender = new OfferedSender({
    client: new LoyaltyClient(connection),
    onFailure,
    offered: {
      announcedFor: 1000,
      announce: async () => undefined,
      leave: async () => undefined,
      close: async () => undefined,
      listen: async () => undefined,
      take: async () => offered.splice(0),
      answer: async (_, text) => told.resolve(text),
    },
  });
  const { head, body } = await told.promise;
  await sender.end();
  return { head: JSON.parse(head) as unknown, body, sent: connection.requests };
}

describe('a standby that is offered a request', () => {
  it('sends one as it is, and tells the answer whatever its status, with the headers that are read', async () => {
    const headers = { 'retry-after': '7', 'set-cookie': 'sid=secret' };
    const { head, body, sent } = await toldOf({}, { answer: { status: 503, headers, body: { it: 'is down' } } });
    expect(head).to.deep.equal({ statusCode: 503, headers: { 'retry-after': '7' } });
    expect(body).to.equal('{"it":"is down"}');
    expect(sent).to.have.lengthOf(1);
    expect(sent[0]).to.deep.include({ method: 'POST', body: { a: 1 } });
    expect(sent[0]?.path).to.equal('/connect/realtime/loyalty/programs/Harbour Rewards');
  });

  for (const path of [
    '/services/data/v66.0/sobjects/Account',
    `${journals}/members`,
    `${journals}?runSetting=1`,
    `/services/data/v66.0/../v66.0/connect/realtime/loyalty/programs/x`,
    `${journals}/../../../../../sobjects/Account`,
    String.raw`/services/data/v66.0/connect/realtime/loyalty/programs/..\..\..\..\..\sobjects\Account`,
    '/services/data/v66.0/connect/realtime/loyalty/programs/%2e%2e',
    '/services/data/v66.0/connect/realtime/loyalty/programs/x%2F..%2F..%2Fcomposite',
    `https://elsewhere.invalid${journals}`,
  ])
    it(`sends nothing to ${path}`, async () => {
      const { head, sent } = await toldOf({ path });
      expect(head).to.deep.equal({
        lost: { message: 'This machine does not send such requests.', mayHaveHappened: false },
      });
      expect(sent).to.deep.equal([]);
    });

  it('sends nothing that it does not understand, as of a later version', async () => {
    for (const head of ['{"route":"records"}', 'not JSON']) {
      const answer = await toldOf({ head });
      expect(answer.head).to.have.nested.property('lost.mayHaveHappened', false);
      expect(answer.sent).to.deep.equal([]);
    }
  });

  it('sends nothing when it was told too late that it may', async () => {
    const { head, sent } = await toldOf({ leavesBefore: systemClock.monotonic() - 1 });
    expect(head).to.deep.equal({ lost: { message: 'It was too late to send it.', mayHaveHappened: false } });
    expect(sent).to.deep.equal([]);
  });

  it('sends nothing when the time limit has passed, counted from when it was offered', async () => {
    const { head, sent } = await toldOf({ limit: 1000, began: systemClock.monotonic() - 1001 });
    expect(head).to.have.nested.property('lost.mayHaveHappened', false);
    expect(sent).to.deep.equal([]);
  });

  it('tells the answer of the org, although who hears of the failure fails', async () => {
    const body = [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }];
    const heard: string[] = [];
    const onFailure = ({ message }: Error): never => {
      heard.push(message);
      throw new Error('It cannot be shown.');
    };
    const { head, sent } = await toldOf({}, { answer: { status: 401, body }, onFailure });
    expect(head).to.include({ statusCode: 401 });
    expect(sent).to.have.lengthOf(1);
    expect(heard).to.have.lengthOf(1);
  });

  it('goes on after a failure that nobody expects, and tells it', async () => {
    const failure = new TypeError('This is a mistake.');
    const heard: Error[] = [];
    const again = Promise.withResolvers<undefined>();
    let wake: () => void = () => undefined;
    let looks = 0;
    const sender = new OfferedSender({
      client: new LoyaltyClient(fakeConnection(() => ({}))),
      onFailure: (error) => heard.push(error),
      offered: {
        announcedFor: 1000,
        announce: async () => undefined,
        leave: async () => undefined,
        close: async () => undefined,
        listen: async (hear) => void (wake = hear),
        take: async () => {
          looks += 1;
          if (looks > 1) {
            again.resolve(undefined);
            return [];
          }
          await Promise.resolve();
          wake();
          throw failure;
        },
        answer: async () => undefined,
      },
    });
    await again.promise;
    await sender.end();
    expect(heard).to.deep.equal([failure]);
  });
});
