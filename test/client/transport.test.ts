import { Connection } from '@jsforce/jsforce-node';
import { expect } from 'chai';
import { LostAnswerError, LoyaltyApiError, LoyaltyClient, verdict } from '../../src/client/index.js';
import { exchange } from '../../src/client/transport/exchange.js';
import { Loopback, failureOf, json } from './loopback.js';
import type { Answer } from './loopback.js';

const token = '00D000000000001!secret.token';
const secret = 'Okafor';

/** Sends one write through a client whose org gives this answer. */
async function write(answer: Answer, options: { timeout?: number; signal?: AbortSignal } = {}) {
  await using org = await Loopback.start(answer);
  const connection = new Connection({ instanceUrl: org.url, accessToken: token });
  const client = new LoyaltyClient(connection, options);
  const journal = { ActivityDate: '2026-04-03T08:00:00Z', MembershipNumber: 'M-77', Comment: secret };
  const error = await failureOf(client.journals.execute('Inner Circle', [journal], options.signal));
  return { error, client, requests: org.requests };
}

async function lost(...args: Parameters<typeof write>): Promise<LostAnswerError> {
  const { error } = await write(...args);
  expect(error).to.be.instanceOf(LostAnswerError);
  return error as LostAnswerError;
}

async function refused(...args: Parameters<typeof write>): Promise<LoyaltyApiError> {
  const { error } = await write(...args);
  expect(error).to.be.instanceOf(LoyaltyApiError);
  return error as LoyaltyApiError;
}

describe('a request whose answer is lost', () => {
  it('was dropped in the middle of a body of known length', async () => {
    const error = await lost((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
      response.write('{"status":', () => response.destroy());
    });
    expect(error).to.include({ kind: 'dropped', mayHaveHappened: true });
  });

  it('was dropped in the middle of a chunked body', async () => {
    const error = await lost((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"status":', () => response.destroy());
    });
    expect(error).to.include({ kind: 'dropped', mayHaveHappened: true });
  });

  it('was reset before the answer began', async () => {
    const error = await lost((response) => response.socket?.resetAndDestroy());
    expect(error).to.include({ kind: 'reset', mayHaveHappened: true });
    expect(verdict(error).kind).to.equal('unknown');
  });

  it('got no answer in time', async () => {
    const error = await lost(() => undefined, { timeout: 40 });
    expect(error).to.include({ kind: 'timeout', mayHaveHappened: true });
  });

  it('got the beginning of an answer in time, but not its end', async () => {
    const stall: Answer = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"status":');
    };
    expect(await lost(stall, { timeout: 200 })).to.include({ kind: 'timeout', mayHaveHappened: true });
  });

  it('was not sent in time, because the process was stopped until there was a connection', async () => {
    await using org = await Loopback.start((response) => json(response, 200, {}));
    const { setTimeout } = globalThis;
    // What came over the network is heard of before the timers that are over.
    globalThis.setTimeout = ((work: () => void) => setTimeout(work, 10_000)) as typeof setTimeout;
    const sent = failureOf(exchange({ method: 'POST', url: org.url, body: '{}' }, { timeout: 10 }));
    globalThis.setTimeout = setTimeout;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    expect(await sent).to.include({ kind: 'timeout', mayHaveHappened: false });
    expect(org.requests).to.deep.equal([]);
  });

  it('was aborted while the org worked on it', async () => {
    const controller = new AbortController();
    const error = await lost(() => controller.abort(), { signal: controller.signal });
    expect(error).to.include({ kind: 'aborted', mayHaveHappened: true });
  });

  for (const [what, type, body] of [
    ['truncated JSON', 'application/json', '{"status":tr'],
    ['JSON that is not an object', 'application/json', '"ok"'],
    ['an object of another shape', 'application/json', '{"success":true}'],
    ['a page of a proxy', 'text/html', '<html>Welcome</html>'],
    ['nothing', 'application/json', ''],
  ] as const) {
    it(`got a success with ${what}`, async () => {
      const error = await lost((response) => response.writeHead(200, { 'content-type': type }).end(body));
      expect(error).to.include({ kind: 'unreadable', mayHaveHappened: true });
      expect(verdict(error).kind).to.equal('unknown');
    });
  }

  it('got more or fewer results than it had journals', async () => {
    const error = await lost((response) =>
      json(response, 200, { status: true, processResult: { transactionJournalResult: [{ id: '1' }, { id: '2' }] } }),
    );
    expect(error.message).to.equal('The org answered 2 results to 1 journal.');
  });
});

describe('a request that was certainly never sent', () => {
  it('found nobody listening', async () => {
    const gone = await Loopback.start(() => undefined);
    const { url } = gone;
    await gone[Symbol.asyncDispose]();
    const client = new LoyaltyClient(new Connection({ instanceUrl: url, accessToken: token }));
    const error = await failureOf(client.programs.list());
    expect(error).to.include({ kind: 'notConnected', mayHaveHappened: false });
    expect((error as Error).message)
      .to.contain('ECONNREFUSED')
      .and.to.contain('Nothing was sent.');
    expect(verdict(error)).to.include({ kind: 'later', nothingStored: true });
  });

  it('was aborted before', async () => {
    const { error, requests } = await write(() => undefined, { signal: AbortSignal.abort() });
    expect(error).to.include({ kind: 'aborted', mayHaveHappened: false });
    expect(requests).to.be.empty;
  });
});

describe('a failure answer', () => {
  it('keeps status, code, fields and headers', async () => {
    const body = [
      {
        message: 'Required fields are missing: [ActivityDate]',
        errorCode: 'REQUIRED_FIELD_MISSING',
        fields: ['ActivityDate'],
      },
    ];
    const { error, client } = await write((response) =>
      json(response, 400, body, {
        'Retry-After': '7',
        'Sforce-Limit-Info': 'api-usage=18/5000',
        'Set-Cookie': 'sid=1',
      }),
    );
    expect(error).to.include({ status: 400, errorCode: 'REQUIRED_FIELD_MISSING', message: body[0]!.message });
    expect((error as LoyaltyApiError).fields).to.deep.equal(['ActivityDate']);
    expect((error as LoyaltyApiError).headers)
      .to.include({ 'retry-after': '7' })
      .and.to.not.have.property('set-cookie');
    expect(client.apiUsage).to.deep.equal({ used: 18, limit: 5000 });
  });

  it('is sent only once, whatever it is', async () => {
    const { requests } = await write((response) =>
      json(response, 503, [{ errorCode: 'SERVER_UNAVAILABLE', message: 'Busy' }]),
    );
    expect(requests).to.have.length(1);
  });

  it('may be a page of a gateway', async () => {
    const page = `<html>${'x'.repeat(5000)}</html>`;
    const error = await refused((response) => response.writeHead(503, { 'content-type': 'text/html' }).end(page));
    expect(error).to.include({ status: 503, errorCode: null });
    expect(error.body).to.have.length.below(550);
    expect(error.message).to.match(
      /^HTTP 503 from 127\.0\.0\.1:\d+ with text\/html, "x+… .*is not an answer of the org/,
    );
  });

  it('may be a redirect, which is not followed', async () => {
    const { error, requests } = await write((response) => response.writeHead(307, { location: '/elsewhere' }).end());
    expect(error).to.be.instanceOf(LoyaltyApiError).and.to.include({ status: 307 });
    expect(requests).to.have.length(1);
    expect(verdict(error).kind).to.equal('unknown');
  });

  it('never repeats the token or the body', async () => {
    for (const answer of [
      (response) => json(response, 400, [{ errorCode: 'JSON_PARSER_ERROR', message: 'Unexpected' }]),
      (response) => response.socket?.resetAndDestroy(),
      (response) => response.end('{'),
    ] satisfies Answer[]) {
      const { error } = await write(answer);
      const { message, stack } = error as Error;
      expect([message, stack, JSON.stringify(error)].join())
        .to.not.contain(token)
        .and.to.not.contain(secret);
    }
  });
});
