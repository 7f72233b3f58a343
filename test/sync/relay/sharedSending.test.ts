import { expect } from 'chai';
import {
  fakeConnection,
  LostAnswerError,
  LoyaltyApiError,
  LoyaltyClient,
  LoyaltyProcessError,
  failedJournalsVerdict,
} from '../../../src/client/index.js';
import { OutboxTakenError, RelayError } from '../../../src/outbox/index.js';
import type { Relay, RelayedText } from '../../../src/outbox/index.js';
import { SharedSending } from '../../../src/sync/relay/sharedSending.js';
import { StandbyRefusalError } from '../../../src/sync/relay/standbyRefusalError.js';
import { failureOf } from '../../client/loopback.js';

const done = JSON.stringify({ status: true, processResult: { transactionJournalResult: [{ id: '0lV000000000001' }] } });
const journal = { MembershipNumber: 'HR-1', ExternalTransactionNumber: 'till:1' } as never;
const ok = answer(200, done);
const page = '<html>Forbidden</html>';

function answer(statusCode: number, body: string, headers: Record<string, string> = {}): RelayedText {
  return { head: JSON.stringify({ statusCode, headers: { 'content-type': 'application/json', ...headers } }), body };
}

function refusal(statusCode: number, errorCode: string): RelayedText {
  return answer(statusCode, JSON.stringify([{ errorCode, message: 'No.' }]));
}

function lost(mayHaveHappened: boolean): RelayedText {
  return { head: JSON.stringify({ lost: { message: 'The connection ended.', mayHaveHappened } }), body: '' };
}

interface Given {
  readonly connections?: number;
  readonly hasRoom?: boolean;
  readonly mustBeOurs?: () => void;
  /** Milliseconds. */
  readonly takes?: number;
}

/** This machine, all of whose connections are in use unless told otherwise, and a standby. */
function open(
  send: () => Promise<RelayedText>,
  { connections = 0, hasRoom = true, takes = 0, mustBeOurs }: Given = {},
) {
  const own: string[] = [];
  const rated: string[] = [];
  let held: Promise<unknown> | undefined;
  let now = 0;
  const connection = fakeConnection(async ({ path }) => {
    own.push(path);
    await held;
    return { body: JSON.parse(done) as unknown };
  });
  const relay: Relay = {
    connections: 5,
    hasRoom,
    send: async () => {
      now += takes;
      return { ...(await send()), rate: (how) => rated.push(how) };
    },
  };
  const client = new LoyaltyClient(connection);
  const sending = new SharedSending({
    ...{ client, program: 'P', connections, relay },
    clock: { monotonic: () => now },
    mustBeOurs: mustBeOurs ?? (() => undefined),
  });
  return { sending, client, own, rated, hold: (until: Promise<unknown>) => (held = until) };
}

describe('requests that several machines send', () => {
  it('are sent by a standby when all connections are in use, and its answer is that of the org', async () => {
    const { sending, own } = open(async () => ok);
    expect((await sending.execute([journal])).status).to.equal(true);
    expect([own, sending.connections]).to.deep.equal([[], 5]);
  });

  it('are sent from here while a connection is free', async () => {
    let relayed = 0;
    const { sending, own, hold } = open(
      async () => {
        relayed += 1;
        return ok;
      },
      { connections: 1 },
    );
    const free = Promise.withResolvers<undefined>();
    void hold(free.promise);
    const first = sending.execute([journal]);
    await sending.execute([journal]);
    expect([own.length, relayed]).to.deep.equal([1, 1]);
    free.resolve(undefined);
    await first;
    await sending.execute([journal]);
    expect([own.length, relayed]).to.deep.equal([2, 1]);
  });

  it('are sent from here if no standby has room', async () => {
    const { sending, own } = open(async () => ok, { hasRoom: false });
    await sending.execute([journal]);
    expect(own).to.have.lengthOf(1);
  });

  for (const { what, told, rating } of [
    { what: 'whose login has ended', told: refusal(401, 'INVALID_SESSION_ID'), rating: 'cannot' },
    { what: 'whose user may not do so', told: refusal(403, 'INSUFFICIENT_ACCESS'), rating: 'cannot' },
    { what: 'that has sent nothing', told: lost(false), rating: 'cannot' },
  ])
    it(`are sent from here instead of by a standby ${what}`, async () => {
      const { sending, own, rated } = open(async () => told);
      expect((await sending.execute([journal])).status).to.equal(true);
      expect([own.length, rated]).to.deep.equal([1, [rating]]);
    });

  for (const takes of [0, 6000])
    it(`are looked up, and leave from here from then on, if a single one is refused for a standby after ${takes} ms`, async () => {
      const { sending, own } = open(async () => refusal(400, 'INVALID_FIELD'), { takes });
      const refused = await failureOf(sending.execute([journal]));
      expect(refused).to.be.instanceOf(StandbyRefusalError);
      expect(failedJournalsVerdict(refused, 1)).to.include({ kind: 'later', nothingStored: false });
      expect(own).to.deep.equal([]);
      expect((await sending.execute([journal])).status).to.equal(true);
      expect((await sending.execute([journal])).status).to.equal(true);
      expect(own).to.have.lengthOf(2);
    });

  it('are not sent again if a process has failed, which may have stored something', async () => {
    const { sending, own } = open(async () => answer(200, JSON.stringify({ status: false, message: 'No.' })));
    expect(await failureOf(sending.execute([journal]))).to.be.instanceOf(LoyaltyProcessError);
    expect(own).to.deep.equal([]);
  });

  it('are sent from here if no standby has taken them', async () => {
    const { sending, own } = open(async () => Promise.reject(new RelayError('Nobody has taken the request.', false)));
    expect((await sending.execute([journal])).status).to.equal(true);
    expect(own).to.have.lengthOf(1);
  });

  it('are not sent from here if a standby says late that it could not, but by another try', async () => {
    const { sending, own } = open(async () => lost(false), { takes: 6000 });
    expect(await failureOf(sending.execute([journal])))
      .to.be.instanceOf(LostAnswerError)
      .and.include({ kind: 'reset', mayHaveHappened: false });
    expect(own).to.deep.equal([]);
  });

  it('are not sent from here if another process may deliver meanwhile', async () => {
    const taken = new OutboxTakenError('till', 'somebody works on it');
    const mustBeOurs = (): void => {
      throw taken;
    };
    const { sending, own } = open(async () => lost(false), { mustBeOurs });
    expect(await failureOf(sending.execute([journal]))).to.equal(taken);
    expect(own).to.deep.equal([]);
  });

  for (const { what, send, ratings } of [
    {
      what: 'the standby is gone',
      send: async () => Promise.reject(new RelayError('It is gone.', true)),
      ratings: [],
    },
    { what: 'its answer was lost', send: async () => lost(true), ratings: ['fails'] },
    {
      what: 'it tells what this version does not understand',
      send: async () => ({ head: '{"new":1}', body: '' }),
      ratings: ['cannot'],
    },
  ])
    it(`are in doubt, and not sent again, if ${what}`, async () => {
      const { sending, own, rated } = open(send);
      const failure = await failureOf(sending.execute([journal]));
      expect(failure).to.be.instanceOf(LostAnswerError).and.include({ mayHaveHappened: true });
      expect([own, rated]).to.deep.equal([[], ratings]);
    });

  for (const { what, told, rating } of [
    { what: 'a 403 that is a page of a gateway', told: answer(403, page), rating: 'fails' },
    { what: 'a 401 that is a page of a gateway', told: answer(401, page), rating: 'fails' },
    { what: 'a 502 that is a page of a gateway', told: answer(502, page), rating: 'fails' },
    { what: 'the end of the quota of the org', told: refusal(403, 'REQUEST_LIMIT_EXCEEDED'), rating: 'works' },
    { what: 'a refusal of several journals', told: refusal(400, 'INVALID_FIELD'), rating: 'works' },
  ])
    it(`are judged as sent from here if the answer is ${what}`, async () => {
      const { sending, own, rated } = open(async () => told);
      expect(await failureOf(sending.execute([journal, journal]))).to.be.instanceOf(LoyaltyApiError);
      expect([own, rated]).to.deep.equal([[], [rating]]);
    });

  it('tell this machine how many calls of the org are left', async () => {
    const { sending, client } = open(async () => answer(200, done, { 'sforce-limit-info': 'api-usage=18/100' }));
    await sending.execute([journal]);
    expect(client.apiUsage).to.deep.equal({ used: 18, limit: 100 });
  });
});
