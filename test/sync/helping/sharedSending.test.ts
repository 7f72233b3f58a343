import { expect } from 'chai';
import { fakeConnection, LostAnswerError, LoyaltyClient } from '../../../src/client/index.js';
import { HelperError, OutboxTakenError } from '../../../src/outbox/index.js';
import type { Helpers, RelayedText } from '../../../src/outbox/index.js';
import { SharedSending } from '../../../src/sync/helping/sharedSending.js';
import { failureOf } from '../../client/loopback.js';

const done = JSON.stringify({ status: true, processResult: { transactionJournalResult: [{ id: '0lV000000000001' }] } });
const journal = { MembershipNumber: 'HR-1', ExternalTransactionNumber: 'till:1' } as never;
const ok = { head: '{"statusCode":200,"headers":{}}', body: done };
const refusals = [
  { what: 'whose login has ended', head: '{"statusCode":401,"headers":{}}' },
  { what: 'whose user may not do so', head: '{"statusCode":403,"headers":{}}' },
  { what: 'that has sent nothing', head: '{"lost":{"message":"No connection.","mayHaveHappened":false}}' },
];

/** This machine, all of whose connections are in use, and one that helps. */
function sending(relay: () => Promise<RelayedText>, mustBeOurs = (): void => undefined) {
  const own: string[] = [];
  let rests = 0;
  const connection = fakeConnection(({ path }) => {
    own.push(path);
    return { body: JSON.parse(done) as unknown };
  });
  const helpers: Helpers = {
    connections: 5,
    hasRoom: true,
    relay: async () => ({
      ...(await relay()),
      rest: () => {
        rests += 1;
      },
    }),
  };
  const it = new SharedSending({
    client: new LoyaltyClient(connection),
    program: 'P',
    connections: 0,
    helpers,
    mustBeOurs,
  });
  return { it, own, rests: () => rests };
}

describe('requests that several machines send', () => {
  it('are sent by another machine when all connections are in use, and its answer is that of the org', async () => {
    const { it, own } = sending(async () => ok);
    expect((await it.execute([journal])).status).to.equal(true);
    expect([own, it.connections]).to.deep.equal([[], 5]);
  });

  for (const { what, head } of refusals)
    it(`are sent from here instead of a machine ${what}, which rests`, async () => {
      const { it, own, rests } = sending(async () => ({ head, body: '' }));
      expect((await it.execute([journal])).status).to.equal(true);
      expect([own.length, rests()]).to.deep.equal([1, 1]);
    });

  it('are sent from here if nobody has taken them', async () => {
    const { it, own } = sending(async () => Promise.reject(new HelperError('It has not taken the request.', false)));
    expect((await it.execute([journal])).status).to.equal(true);
    expect(own).to.have.lengthOf(1);
  });

  it('are not sent from here if another process may deliver meanwhile', async () => {
    const taken = new OutboxTakenError('till', 'somebody works on it');
    const { it, own } = sending(
      async () => Promise.reject(new HelperError('It has not taken the request.', false)),
      () => {
        throw taken;
      },
    );
    expect(await failureOf(it.execute([journal]))).to.equal(taken);
    expect(own).to.deep.equal([]);
  });

  for (const { what, relay } of [
    { what: 'the machine is gone', relay: async () => Promise.reject(new HelperError('It is gone.', true)) },
    { what: 'its answer was lost', relay: async () => lost },
    { what: 'it tells what this version does not know', relay: async () => ({ head: '{"new":1}', body: '' }) },
  ])
    it(`are in doubt, and not sent again, if ${what}`, async () => {
      const { it, own } = sending(relay);
      expect(await failureOf(it.execute([journal])))
        .to.be.instanceOf(LostAnswerError)
        .and.include({ mayHaveHappened: true });
      expect(own).to.deep.equal([]);
    });
});

const lost = { head: '{"lost":{"message":"The connection ended.","mayHaveHappened":true}}', body: '' };
