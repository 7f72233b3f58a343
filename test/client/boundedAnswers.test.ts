import { Connection } from '@jsforce/jsforce-node';
import { expect } from 'chai';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { LostAnswerError, LoyaltyApiError, LoyaltyClient, verdict } from '../../src/client/index.js';
import type { ClientOptions } from '../../src/client/index.js';
import { Loopback, failureOf, json } from './loopback.js';
import type { Answer } from './loopback.js';

const token = '00D000000000001!AQEAQ.secret_token.of-an-org';
const journal = { ActivityDate: '2026-04-03T08:00:00Z', MembershipNumber: 'M-77' };

async function asked(
  answer: Answer,
  options: ClientOptions = {},
): Promise<{ read: Error; write: Error; calls: number }> {
  await using org = await Loopback.start(answer);
  const client = new LoyaltyClient(new Connection({ instanceUrl: org.url, accessToken: token }), options);
  const read = (await failureOf(client.programs.list())) as Error;
  const calls = org.requests.length;
  const write = (await failureOf(client.journals.execute('Inner Circle', [journal]))) as Error;
  return { read, write, calls };
}

/** Returns everything of an error that may be printed or logged. */
function everything(error: Error): string {
  return [error.message, error.stack, JSON.stringify(error), inspect(error, { depth: 10 })].join('\n');
}

describe('the pages of a query', () => {
  const row = { Id: '0lp1', Name: 'A', Status: null };
  const path = '/services/data/v66.0/query/01g-';
  const bodies: Record<string, (count: number) => unknown> = {
    'lead to one that was read before': () => ({
      totalSize: 30,
      done: false,
      records: [row],
      nextRecordsUrl: `${path}1`,
    }),
    'are empty, each with a new address': (count) => ({
      totalSize: 30,
      done: false,
      records: [],
      nextRecordsUrl: `${path}${count}`,
    }),
    'hold more records than were counted': (count) => ({
      totalSize: 3,
      done: false,
      records: [row],
      nextRecordsUrl: `${path}${count}`,
    }),
  };
  for (const [what, body] of Object.entries(bodies)) {
    it(`that ${what} end in an error that names the object`, async () => {
      await using org = await Loopback.start((response, _request, count) => json(response, 200, body(count)));
      const client = new LoyaltyClient(new Connection({ instanceUrl: org.url, accessToken: token }));
      const error = await failureOf(client.programs.list());
      expect(error).to.be.instanceOf(LostAnswerError).and.to.include({ kind: 'unreadable', isRead: true });
      expect((error as Error).message)
        .to.contain('The query on LoyaltyProgram ')
        .and.to.contain('The org is wrong, or a proxy');
      expect(org.requests.length).to.be.below(15);
    });
  }
});

describe('an answer that is too long', () => {
  const endless: Answer = (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const more = (): void => {
      while (!response.destroyed && response.write(' '.repeat(65_536)));
      response.once('drain', more);
    };
    more();
  };

  it('is cut off: a read stops, a write is unknown', async () => {
    const { read, write } = await asked(endless, { answerLimit: 1_000_000 });
    expect(read).to.include({ name: 'LostAnswerError', kind: 'oversized' });
    expect(read.message).to.contain('longer than 1,000,000 bytes').and.to.contain('Nothing was changed.');
    expect(verdict(read)).to.include({ kind: 'stop', nothingStored: true });
    expect(verdict(write).kind).to.equal('unknown');
    expect(write.message).to.contain('The org may have carried it out.');
  });

  it('is not decompressed, so a small answer cannot become a large one', async () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000, ' '));
    const { read, write } = await asked(
      (response) =>
        response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb),
      { answerLimit: 100_000 },
    );
    expect(read).to.include({ name: 'LostAnswerError', kind: 'unreadable' });
    expect(verdict(write).kind).to.equal('unknown');
  });
});

describe('an answer in a form that no org sends', () => {
  const long = 'A very long message. '.repeat(5000);
  const forms: Record<string, [type: string, body: string]> = {
    'XML that is broken': ['application/xml', '<Errors><Error>&nonsense;</Error'],
    'JSON that is 200,000 levels deep': ['application/json', '['.repeat(200_000) + ']'.repeat(200_000)],
    'an object that is 200,000 levels deep': ['application/json', '{"a":'.repeat(200_000) + '1' + '}'.repeat(200_000)],
    'a page of 100,000 characters': ['text/html', `<html><title>Sign in</title>${long}</html>`],
    'an error of 100,000 characters': ['application/json', JSON.stringify([{ errorCode: 'X', message: long }])],
    'a failed process of 100,000 characters': ['application/json', JSON.stringify({ status: false, message: long })],
    'a failed action of 100,000 characters': [
      'application/json',
      JSON.stringify([{ actionName: 'a', errors: [{ statusCode: 'X', message: long }], isSuccess: false }]),
    ],
    'an OAuth error of 100,000 characters': ['application/json', JSON.stringify({ error: long })],
    nothing: ['application/json', ''],
  };
  for (const [what, [type, body]] of Object.entries(forms)) {
    for (const status of [200, 400, 500]) {
      it(`${what} with HTTP ${status} is a short error of our own`, async () => {
        const { read, write } = await asked((response) =>
          response.writeHead(status, { 'content-type': type }).end(body),
        );
        for (const error of [read, write]) {
          expect(error.name).to.be.oneOf(['LostAnswerError', 'LoyaltyApiError', 'LoyaltyProcessError']);
          expect(error.message).to.have.length.below(1100);
          expect(everything(error)).to.have.length.below(20_000);
        }
        if (body.includes(long)) expect(everything(read)).to.match(/\(\d+,\d+ characters\)|Sign in|API documents/);
      });
    }
  }
});

describe('a value in an answer that is 200,000 levels deep', () => {
  const deep = '{"a":'.repeat(200_000) + '1' + '}'.repeat(200_000);

  it('does not overflow the stack', async () => {
    const bodies = [
      `{"compositeResponse":[{"httpStatusCode":400,"referenceId":"write","body":${deep}}]}`,
      `{"totalSize":1,"done":true,"records":[{"Id":"1","Name":"A","Status":null,"More":${deep}}]}`,
      `{"status":true,"outputParameters":{"outputParameters":{"results":[${deep}]}}}`,
    ];
    await using org = await Loopback.start((response, _request, count) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(bodies[(count - 1) % bodies.length]),
    );
    const client = new LoyaltyClient(new Connection({ instanceUrl: org.url, accessToken: token }));
    const errors = [
      await failureOf(
        client.sobjects.updateAndQuery({ object: 'A', id: '1', fields: {} }, 'SELECT Id FROM A', z.unknown()),
      ),
      await failureOf(client.query.all('SELECT FIELDS(ALL) FROM LoyaltyProgram')),
      await failureOf(client.processes.run('Inner Circle', 'P', {})),
    ];
    for (const error of errors) expect(error).to.include({ name: 'LostAnswerError', kind: 'unreadable' });
  });
});

describe('an answer that repeats what was sent', () => {
  const others = [
    'Bearer 00D000000000002!other.token',
    'sid=00D000000000003!cookie',
    'refresh_token=5Aep861aaaaaaaaaaaaaaaaaaaa',
  ];
  const echoes: Record<string, Answer> = {
    'in an error': (response) =>
      json(response, 400, [{ errorCode: 'X', message: `Not for ${token} ${others.join(' ')}`, fields: [token] }]),
    'in a page': (response) => response.writeHead(502, { 'content-type': 'text/html' }).end(`<title>${token}</title>`),
    'in a header': (response) =>
      response.writeHead(307, { location: `https://portal.example/?back=${token}`, 'x-saw': token }).end(),
    'in a success': (response) =>
      json(response, 200, { status: false, message: `Process ${token} ${others.join(' ')}` }),
    'when the session is over': (response) =>
      json(response, 401, [{ errorCode: 'INVALID_SESSION_ID', message: `Bad ${token}` }]),
    'in plain text': (response) => response.writeHead(403, { 'content-type': 'text/plain' }).end(others.join(' ')),
  };
  for (const [where, answer] of Object.entries(echoes)) {
    it(`is reported without it: ${where}`, async () => {
      const { read, write } = await asked(answer);
      for (const error of [read, write]) {
        expect(everything(error)).to.not.match(/secret_token|other\.token|!cookie|861aaaa/);
      }
    });
  }

  it('is reported without a token that does not look like one', async () => {
    const strange = 'a-token-that-begins-in-another-way';
    await using org = await Loopback.start((response, { headers }) =>
      json(response, 400, [{ errorCode: 'X', message: `I got: ${headers.authorization ?? ''}` }]),
    );
    const client = new LoyaltyClient(new Connection({ instanceUrl: org.url, accessToken: strange }));
    const error = (await failureOf(client.programs.list())) as Error;
    expect(error.message).to.contain('I got: ');
    expect(everything(error)).to.not.contain(strange);
  });

  it('is reported without the secret of a login', async () => {
    const secret = 'client-secret-of-the-app';
    await using org = await Loopback.start((response, { body }) =>
      json(response, 400, { error: 'x', error_description: body }),
    );
    const login = LoyaltyClient.connect({ instanceUrl: org.url, clientId: 'app', clientSecret: secret });
    const error = (await failureOf(login)) as Error;
    expect(error.name).to.equal('LoginError');
    expect(everything(error)).to.not.contain(secret);
  });
});

describe('an answer of something between the client and the org', () => {
  const portal = 'https://portal.example/login?token=abc';
  const answers: Record<string, [status: number, headers: Record<string, string>, body: string, words: string]> = {
    'a login page with 200': [200, { 'content-type': 'text/html' }, '<title> Sign in </title>', '"Sign in"'],
    'nothing with 200': [200, { 'content-type': 'application/json' }, '', 'an empty body'],
    'nothing with 204': [204, {}, '', 'an empty body'],
    'a redirect of a captive portal': [302, { location: portal }, '', 'a redirect to portal.example, not followed'],
    'a page with 300': [300, { 'content-type': 'text/html' }, '<p>Choose</p>', 'a redirect to nowhere'],
    'a page with 401': [401, { 'content-type': 'text/html' }, '<title>Proxy</title>', '"Proxy"'],
    'a page with 403': [403, { 'content-type': 'text/html' }, '<title>Blocked</title>', '"Blocked"'],
    'a page with 404': [404, { 'content-type': 'text/html' }, '<h1>Not here</h1>', '"Not here"'],
    'JSON of a gateway with 404': [404, { 'content-type': 'application/json' }, '{"message":"no route"}', 'no route'],
    'a page with 503': [503, { 'content-type': 'text/html' }, '<title>Maintenance</title>', '"Maintenance"'],
  };
  for (const [what, [status, headers, body, words]] of Object.entries(answers)) {
    it(`names what may have answered, and leaves a write unknown: ${what}`, async () => {
      const { read, write } = await asked((response) => response.writeHead(status, headers).end(body));
      for (const error of [read, write]) {
        expect(error.message)
          .to.match(new RegExp(`^HTTP ${status} from 127\\.0\\.0\\.1:\\d+ `))
          .and.to.contain(words)
          .and.to.contain('is not an answer of the org: a proxy, a VPN, a login page or a maintenance page');
        expect(verdict(error).kind).to.equal('unknown');
      }
    });
  }

  it('with 401 does not send a write again with a new token', async () => {
    await using org = await Loopback.start((response) =>
      response.writeHead(401, { 'content-type': 'text/html' }).end('<p>Who?</p>'),
    );
    const connection = new Connection({
      instanceUrl: org.url,
      accessToken: token,
      refreshFn: (_own, done) => void done(null, 'new'),
    });
    const error = await failureOf(new LoyaltyClient(connection).journals.execute('Inner Circle', [journal]));
    expect(error).to.be.instanceOf(LoyaltyApiError);
    expect(org.requests).to.have.length(1);
  });
});
