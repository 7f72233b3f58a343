import { expect } from 'chai';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { standardActions } from '../../src/contract/actions/index.js';
import { LoyaltyCallError, LoyaltyClient, fakeConnection, requestChannel } from '../../src/client/index.js';
import type { FakeAnswer, HttpConnection, CallEvent } from '../../src/client/index.js';
import { Loopback, failureOf, json } from './loopback.js';

const action = standardActions.updateProgressForCumulativePromotionUsage;
const step = { loyaltyProgramMemberId: '0lM', promotionId: '0c8', usageIncrementForCumulativePromotion: 1 };
const journal = { ActivityDate: '2026-03-01T10:00:00Z', JournalTypeName: 'Accrual', MembershipNumber: 'x1' };
const refusal = (errorCode: string, message: string) => [{ errorCode, message }];

describe('a fake connection', () => {
  it('is asked once, with the path, the query and the parsed body, and its answer is parsed', async () => {
    const connection = fakeConnection(() => ({ body: { voucherCount: 0, vouchers: [] } }));
    const client = new LoyaltyClient(connection);
    const filter = { voucherStatus: ['Issued'] } as const;
    expect(await client.members.vouchers('Inner Circle', 'M/77', filter)).to.deep.equal([]);
    const [request] = connection.requests;
    expect(request).to.include({ method: 'GET', body: undefined });
    expect(request?.path).to.equal('/loyalty/programs/Inner Circle/members/M/77/vouchers');
    expect(request?.query).to.include({ voucherStatus: 'Issued' });
    await failureOf(client.processes.run('Inner Circle', 'GetMemberPromotions', { MemberId: '0lM' }));
    expect(connection.requests[1]?.body).to.deep.equal({ processParameters: [{ MemberId: '0lM' }] });
  });

  it('gives the errors of an org, also a 401, without a second request', async () => {
    const connection = fakeConnection(() => ({ status: 401, body: refusal('INVALID_SESSION_ID', 'Session expired') }));
    const error = await failureOf(new LoyaltyClient(connection).query.all('SELECT Id FROM Account'));
    expect(error).to.include({ name: 'LoyaltyApiError', errorCode: 'INVALID_SESSION_ID', status: 401 });
    expect(connection.requests).to.have.length(1);
  });

  it('that throws lost the answer: a write may have happened', async () => {
    const connection = fakeConnection(() => {
      throw new Error('No such luck.');
    });
    const error = await failureOf(new LoyaltyClient(connection).sobjects.create('Account', { Name: 'x' }));
    expect(error).to.include({ name: 'LostAnswerError', kind: 'reset', mayHaveHappened: true });
    expect(error).to.have.property('message').that.contains('No such luck.');
  });
});

it('a connection with HTTP of its own gets the whole request', async () => {
  const seen: unknown[] = [];
  const connection: HttpConnection = {
    instanceUrl: 'https://org.invalid/',
    version: '66.0',
    exchange: (request) => {
      seen.push(request);
      return Promise.resolve({ statusCode: 201, headers: {}, body: '{"id":"001","success":true,"errors":[]}' });
    },
  };
  expect(await new LoyaltyClient(connection).sobjects.create('Account', { Name: 'x' })).to.equal('001');
  expect(seen).to.deep.equal([
    {
      method: 'POST',
      url: 'https://org.invalid/services/data/v66.0/sobjects/Account',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: '{"Name":"x"}',
      isRead: false,
    },
  ]);
});

describe('who watches the requests', () => {
  const usage = { 'sforce-limit-info': 'api-usage=18/100' };

  async function watched(answer: FakeAnswer): Promise<CallEvent[]> {
    const events: CallEvent[] = [];
    const client = new LoyaltyClient(
      fakeConnection(() => answer),
      { onRequest: (event) => events.push(event) },
    );
    const called = client.members.profile('Inner Circle', { membershipNumber: 'M-77' });
    await called.catch(() => undefined);
    await client.query.all('SELECT Id FROM Account').catch(() => undefined);
    await client.sobjects.update('Account', '001000000000001AAA', { Name: 'x' }).catch(() => undefined);
    return events;
  }

  it('is told method, resource, status, milliseconds and calls left, and no value', async () => {
    const events = await watched({ status: 404, headers: usage, body: refusal('NOT_FOUND', 'No member.') });
    expect(events.map(({ milliseconds: _, ...event }) => event)).to.deep.equal([
      { method: 'GET', resource: '/loyalty-programs/{program}/members', status: 404, callsLeft: 82 },
      { method: 'GET', resource: '/query', status: 404, callsLeft: 82 },
      { method: 'PATCH', resource: '/sobjects/Account/{id}', status: 404, callsLeft: 82 },
    ]);
    for (const { milliseconds } of events) expect(milliseconds).to.be.at.least(0);
  });

  it('hears on the channel of diagnostics, too', async () => {
    const events: unknown[] = [];
    const listen = (event: unknown): void => void events.push(event);
    subscribe(requestChannel, listen);
    try {
      expect(await watched({ body: { totalSize: 0, done: true, records: [] } })).to.deep.equal(events);
      expect(events).to.have.length(3);
    } finally {
      unsubscribe(requestChannel, listen);
    }
  });

  it('cannot change what a call returns', async () => {
    const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
    const client = new LoyaltyClient(
      fakeConnection(() => ({ status: 201, body: { id: '001', success: true, errors: [] } })),
      {
        onRequest: () => {
          throw new Error('No disk.');
        },
      },
    );
    expect(await client.sobjects.create('Account', { Name: 'x' })).to.equal('001');
    expect((await warned).message).to.contain('No disk.');
  });
});

describe('every failure of a call has the code and words of the org, the name of the request and a verdict', () => {
  const process = 'POST /connect/loyalty/programs/{program}/program-processes/{process}';
  const realtime = 'POST /connect/realtime/loyalty/programs/{program}';
  const standard = 'POST /actions/standard/{action}';
  const failedInput = [
    {
      actionName: 'x',
      isSuccess: false,
      errors: [{ statusCode: 'LIMIT', message: 'Full.', fields: [] }],
      outputValues: null,
    },
  ];

  const calls: Record<string, (client: LoyaltyClient) => Promise<unknown>> = {
    process: ({ processes }) => processes.run('P', 'Q', {}),
    realtime: ({ journals }) => journals.execute('P', [journal]),
    action: ({ actions }) => actions.run(action, step),
    create: ({ sobjects }) => sobjects.create('Account', { Name: 'x' }),
  };

  for (const [what, call, answer, expected] of [
    [
      'a process that failed',
      'process',
      { body: { status: false, message: 'No rule.' } },
      [process, null, 'No rule.', 'refused'],
    ],
    [
      'a failed journal run',
      'realtime',
      { body: { status: false, message: 'No rule.' } },
      [realtime, null, 'No rule.', 'refused'],
    ],
    [
      'a list of errors',
      'process',
      { status: 404, body: refusal('NOT_FOUND', 'Gone.') },
      [process, 'NOT_FOUND', 'Gone.', 'stop'],
    ],
    ['a failed input', 'action', { status: 400, body: failedInput }, [standard, 'LIMIT', 'Full.', 'refused']],
    ['a failed input with HTTP 200', 'action', { body: failedInput }, [standard, 'LIMIT', 'Full.', 'refused']],
    [
      'an answer of another shape',
      'create',
      { body: { success: false } },
      ['POST /sobjects/Account', null, 'documents', 'unknown'],
    ],
    [
      'a locked row',
      'create',
      { status: 400, body: refusal('UNABLE_TO_LOCK_ROW', 'Locked.') },
      ['POST /sobjects/Account', 'UNABLE_TO_LOCK_ROW', 'Locked.', 'later'],
    ],
  ] as const) {
    it(what, async () => {
      const error = await failureOf(calls[call]!(new LoyaltyClient(fakeConnection(() => answer))));
      const [request, errorCode, message, kind] = expected;
      expect(error).to.be.instanceOf(LoyaltyCallError);
      expect(error).to.include({ request, errorCode });
      expect(error).to.have.property('message').that.contains(message);
      expect(error).to.have.nested.property('verdict.kind', kind);
    });
  }

  it('a refused login', async () => {
    await using org = await Loopback.start((response) => json(response, 400, { error: 'invalid_grant' }));
    const error = await failureOf(LoyaltyClient.connect({ instanceUrl: org.url, clientId: 'a', clientSecret: 'b' }));
    expect(error).to.include({ request: 'POST /services/oauth2/token', errorCode: 'invalid_grant' });
    expect(error).to.have.nested.property('verdict.kind', 'stop');
  });
});
