import { at, outcome } from '../probeAnswer.js';
import { compared, differs, held, unclear } from '../probe.js';
import type { Probe } from '../probe.js';

const json = { 'content-type': 'application/json' };
/** A resource outside all objects, which reads nobody's data. */
const limits = '/limits';
const wrong = '/probe-of-nothing';

export const httpProbes: readonly Probe[] = [
  {
    id: 'wrong-paths-have-a-code',
    assumption: 'Every 404 of the org has an error code; that of a wrong path is NOT_FOUND.',
    needs: [],
    calls: 1,
    ask: async (org) => compared(outcome(await org.ask('GET', wrong)), '404 NOT_FOUND'),
  },
  {
    id: 'media-type-refused',
    assumption: 'A body of another media type is 415 UNSUPPORTED_MEDIA_TYPE.',
    needs: ['program'],
    calls: 2,
    ask: async (org) => {
      const question = { body: '{"Name":"Probe"}', headers: { 'content-type': 'text/plain' } };
      const record = await org.ask('POST', '/sobjects/Account', question);
      const path = `/connect/realtime/loyalty/programs/${encodeURIComponent(org.program.name)}`;
      const connect = await org.ask('POST', path, { ...question, body: '{"transactionJournals":[]}' });
      const expected = '415 UNSUPPORTED_MEDIA_TYPE';
      return compared([outcome(record), outcome(connect)], [expected, expected]);
    },
  },
  {
    id: 'no-content-type-read',
    assumption: 'A body without a Content-Type is read as JSON.',
    needs: ['program'],
    calls: 1,
    ask: async (org) => {
      const answer = await org.ask('POST', '/sobjects/Account', { body: '{"ProbeOfNothing":1}', headers: {} });
      return compared(outcome(answer), '400 INVALID_FIELD');
    },
  },
  {
    id: 'long-address-refused',
    assumption: 'A request with an address of more than 16,384 bytes is 414; one with headers that long is 431.',
    needs: [],
    calls: 2,
    ask: async (org) => {
      const address = await org.ask('GET', `${limits}?probe=${'x'.repeat(16_500)}`);
      const headers = await org.ask('GET', limits, { headers: { 'x-probe': 'x'.repeat(16_500) } });
      return compared([address.status, headers.status], [414, 431]);
    },
  },
  {
    id: 'long-address-in-composite',
    assumption: 'An address within a composite request has no such limit.',
    needs: [],
    calls: 1,
    ask: async (org) => {
      const soql = encodeURIComponent(`SELECT Id FROM Organization WHERE Name != '${'x'.repeat(3900)}'`);
      const url = `/services/data/v${org.client.apiVersion}/query?q=${soql}&probe=${'x'.repeat(13_000)}`;
      const compositeRequest = [{ method: 'GET', url, referenceId: 'probe' }];
      const answer = await org.ask('POST', '/composite', { body: { compositeRequest } });
      return compared(at(answer.json, 'compositeResponse', 0, 'httpStatusCode') ?? outcome(answer), 200);
    },
  },
  {
    id: 'deep-json-refused',
    assumption: 'JSON of more than 1,000 levels is a JSON_PARSER_ERROR.',
    needs: ['program'],
    calls: 1,
    ask: async (org) => {
      const body = `{"Name":${'['.repeat(1001)}${']'.repeat(1001)}}`;
      return compared(outcome(await org.ask('POST', '/sobjects/Account', { body, headers: json })), parserError);
    },
  },
  {
    id: 'byte-order-mark-taken',
    assumption: 'JSON may begin with a byte order mark, and an unknown content encoding is 415.',
    needs: ['program'],
    calls: 2,
    ask: async (org) => {
      const body = '\uFEFF{"ProbeOfNothing":1}';
      const marked = await org.ask('POST', '/sobjects/Account', { body, headers: json });
      const headers = { ...json, 'content-encoding': 'probe' };
      const encoded = await org.ask('POST', '/sobjects/Account', { body: '{}', headers });
      return compared([outcome(marked), encoded.status], ['400 INVALID_FIELD', 415]);
    },
  },
  {
    id: 'versions-listed',
    assumption: 'Versions from 31 on are listed, and the version of this client is one of them.',
    needs: [],
    calls: 1,
    ask: async (org) => {
      const { json: list } = await org.ask('GET', '/services/data', { anonymous: true });
      const versions = Array.isArray(list) ? list.map((each) => Number(at(each, 'version'))) : [];
      const first = Math.min(...versions);
      return compared([first, versions.includes(Number(org.client.apiVersion))], [31, true]);
    },
  },
  {
    id: 'resource-map',
    assumption: 'The map of resources has loyalty-programs.',
    needs: [],
    calls: 1,
    ask: async (org) => {
      const { json: map } = await org.ask('GET', '');
      if (at(map, 'sobjects') === undefined) return unclear('no map of resources');
      return at(map, 'loyalty-programs') === undefined ? differs('no loyalty-programs') : held;
    },
  },
  {
    id: 'no-token-is-401-everywhere',
    assumption: 'Without a token an unknown path is 401 and not 404, and the answer has no limit header.',
    needs: [],
    calls: 1,
    ask: async (org) => {
      const answer = await org.ask('GET', wrong, { anonymous: true });
      return compared([answer.status, answer.headers['sforce-limit-info'] ?? null], [401, null]);
    },
  },
  {
    id: 'limit-header',
    assumption: 'An answer says in Sforce-Limit-Info how many calls of the day are used, and a refused one counts.',
    needs: [],
    calls: 3,
    ask: async (org) => {
      const used = async (path: string) => {
        const { headers } = await org.ask('GET', path);
        return Number(/api-usage=(\d+)\//.exec(headers['sforce-limit-info'] ?? '')?.[1]);
      };
      const before = await used(limits);
      await org.ask('GET', '/sobjects/ProbeOfNothing');
      const after = await used(limits);
      if (Number.isNaN(after - before)) return differs('no limit header');
      return after - before >= 2 ? held : unclear('the header does not follow each call');
    },
  },
  {
    id: 'token-request-needs-a-form',
    assumption: 'A token request that is not a form is unsupported_grant_type, one by GET invalid_request.',
    needs: [],
    calls: 2,
    ask: async (org) => {
      const path = '/services/oauth2/token';
      const posted = await org.ask('POST', path, { body: '{}', headers: json, anonymous: true });
      const got = await org.ask('GET', path, { anonymous: true });
      const expected = [400, 'unsupported_grant_type', 400, 'invalid_request'];
      return compared([posted.status, at(posted.json, 'error'), got.status, at(got.json, 'error')], expected);
    },
  },
  {
    id: 'token-revoked-once',
    assumption: 'Revoking a token that is unknown or no longer valid is 400 invalid_token.',
    needs: [],
    calls: 2,
    ask: async (org) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const question = { body: `token=${org.unused()}`, headers, anonymous: true };
      await org.ask('POST', '/services/oauth2/revoke', question);
      const answer = await org.ask('POST', '/services/oauth2/revoke', question);
      return compared([answer.status, at(answer.json, 'error') ?? null], [400, 'invalid_token']);
    },
  },
  {
    id: 'userinfo-without-token',
    assumption: 'Without a token userinfo is 403 Missing_OAuth_Token.',
    needs: [],
    calls: 1,
    ask: async (org) => {
      const { status, text } = await org.ask('GET', '/services/oauth2/userinfo', { anonymous: true });
      return compared([status, text.slice(0, 40)], [403, 'Missing_OAuth_Token']);
    },
  },
];

const parserError = '400 JSON_PARSER_ERROR';
