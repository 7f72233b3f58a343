import { gzipSync } from 'node:zlib';
import type { Random } from '../../src/base/random.js';

/** A request with any content. */
export interface FuzzRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The mutations, to tell failures apart. */
  readonly made: readonly string[];
}

type Mutation = (request: FuzzRequest, random: Random) => Partial<FuzzRequest>;

const pick = <T>(values: readonly T[], random: Random): T => {
  const value = values[random.integer(0, values.length - 1)];
  if (value === undefined) throw new RangeError('Nothing to pick from');
  return value;
};
/** A number up to `most`. Numbers from 10 to 100 are as likely as those from 10,000 to 100,000. */
const anySize = (most: number, random: Random): number => Math.floor(most ** random.next());
const times = (text: string, most: number, random: Random): string => text.repeat(anySize(most, random));

const formType = 'application/x-www-form-urlencoded';
const foreignHeaders: readonly Readonly<Record<string, string>>[] = [
  { origin: 'https://attacker.example.com' },
  { origin: 'null' },
  { referer: 'http://localhost:1/' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { host: 'rebound.attacker.com' },
  { origin: '\u00FF' },
];
const mediaTypes = [
  'application/json',
  'text/plain',
  'text/csv',
  'application/xml',
  'multipart/form-data',
  formType,
  'x',
];
/** Calls that the org supports. Mutations change them. */
const good: readonly (readonly [method: string, path: string, body: unknown])[] = [
  ['POST', '/sobjects/Account', { Name: 'Quay' }],
  ['PATCH', '/sobjects/TransactionJournal/Src_Key__c/k1', { Status: 'Pending' }],
  ['POST', '/composite/sobjects', { records: [{ attributes: { type: 'Account' }, Name: 'Quay' }] }],
  ['POST', '/composite/tree/Account', { records: [{ attributes: { type: 'Account', referenceId: 'a' }, Name: 'Q' }] }],
  [
    'POST',
    '/composite',
    {
      compositeRequest: [
        { method: 'POST', url: '/services/data/v66.0/sobjects/Account', referenceId: 'a', body: { Name: 'Quay' } },
        { method: 'GET', url: '/services/data/v66.0/sobjects/Account/@{a.id}', referenceId: 'b' },
      ],
    },
  ],
  ['POST', '/composite/batch', { batchRequests: [{ method: 'GET', url: 'v66.0/limits' }] }],
  ['POST', '/jobs/ingest', { object: 'Account', operation: 'insert' }],
  ['POST', '/jobs/query', { operation: 'query', query: 'SELECT Id, Name FROM Account LIMIT 10' }],
  [
    'POST',
    '/connect/realtime/loyalty/programs/Cirrus',
    { transactionJournals: [{ MembershipNumber: 'M-77', ActivityDate: '2026-04-03', JournalTypeName: 'Accrual' }] },
  ],
  [
    'POST',
    '/loyalty-programs/Cirrus/individual-member-enrollments',
    {
      ...{ enrollmentDate: '2026-04-03T00:00:00', membershipNumber: 'M-1', memberStatus: 'Active' },
      associatedContactDetails: { lastName: 'Nimbus' },
    },
  ],
  ['GET', "/query?q=SELECT+Id,Owner.Name,(SELECT+Id+FROM+Contacts)+FROM+Account+WHERE+Name+LIKE+'Q%25'+LIMIT+5", {}],
];
const fields = [
  'grant_type=password',
  'client_id=a',
  'token=x',
  'assertion=a.b.c',
  'username=%FF',
  'a',
  'a=1',
  '=',
  '%',
];

export const mutations: Readonly<Record<string, Mutation>> = {
  good: replaced,
  // Listed several times, because half of the mutations after it would spoil it.
  goodAgain: replaced,
  goodOnceMore: replaced,
  form: (_, random) => ({
    method: 'POST',
    path: `/services/oauth2/${pick(['token', 'revoke', 'introspect', 'userinfo'], random)}`,
    headers: { 'content-type': formType },
    body: Buffer.from(Array.from({ length: random.integer(0, 12) }, () => pick(fields, random)).join('&')),
  }),
  longForm: (_, random) => ({
    method: 'POST',
    path: '/services/oauth2/token',
    headers: { 'content-type': formType },
    body: Buffer.from(times(pick(['a&', 'a=1&', '&', '%', 'a=%41&'], random), 300_000, random)),
  }),
  formBomb: (_, random) => ({
    method: 'POST',
    path: '/services/oauth2/token',
    headers: { 'content-type': formType, 'content-encoding': 'gzip' },
    body: gzipSync(times(pick(['a&', 'a=1&', '&', '%'], random), 2_000_000, random)),
  }),
  gzip: ({ headers, body }) => ({ headers: { ...headers, 'content-encoding': 'gzip' }, body: gzipSync(body) }),
  brokenGzip: ({ headers, body }, random) => ({
    headers: { ...headers, 'content-encoding': pick(['gzip', 'deflate', 'br', 'x'], random) },
    body: gzipSync(body).subarray(0, random.integer(0, 40)),
  }),
  bomb: ({ headers }, random) => ({
    headers: { ...headers, 'content-encoding': 'gzip' },
    body: gzipSync(
      `${pick(['', '['], random)}${times(pick(['[', '{"a":', '{},', ' ', '1,', '"', '\n'], random), 5_000_000, random)}`,
    ),
  }),
  deep: ({ headers }, random) => {
    const [open, close] = pick(
      [
        ['[', ']'],
        ['{"a":', '}'],
        ['{"body":', '}'],
        ['{"records":[', ']}'],
      ] as const,
      random,
    );
    const depth = anySize(30_000, random);
    return { headers, body: Buffer.from(`${open.repeat(depth)}1${close.repeat(depth)}`) };
  },
  deepWithin: ({ headers }, random) => {
    const depth = anySize(30_000, random);
    const deep = `${'[{"a":'.repeat(depth)}1${'}]'.repeat(depth)}`;
    const name = pick(
      ['compositeRequest', 'graphs', 'batchRequests', 'transactionJournals', 'records', 'inputs'],
      random,
    );
    return { headers, body: Buffer.from(`{"${name}":[{"body":${deep},"richInput":${deep},"Name":${deep}}]}`) };
  },
  foreign: ({ headers }, random) => ({ headers: { ...headers, ...pick(foreignHeaders, random) } }),
  stranger: ({ headers: { authorization: _, ...headers } }) => ({ headers }),
  mediaType: ({ headers }, random) => ({ headers: { ...headers, 'content-type': pick(mediaTypes, random) } }),
  flipped: ({ body }, random) => {
    const flipped = Buffer.from(body);
    for (let count = random.integer(1, 8); count > 0 && flipped.length > 0; count--) {
      flipped[random.integer(0, flipped.length - 1)] = random.integer(0, 255);
    }
    return { body: flipped };
  },
  cut: ({ body }, random) => ({ body: body.subarray(0, random.integer(0, body.length)) }),
  doubled: ({ body }, random) => ({ body: Buffer.concat(Array.from({ length: random.integer(2, 5) }, () => body)) }),
  parts: ({ headers, body }, random) => {
    const part = (name: string): string =>
      `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${body.toString('latin1')}\r\n`;
    return {
      method: 'POST',
      path: `/services/data/v66.0/${pick(['jobs/ingest', 'sobjects/Account'], random)}`,
      headers: { ...headers, 'content-type': 'multipart/form-data; boundary=b' },
      body: Buffer.from(`${part('job')}${times(part('content'), 4, random)}--b--`),
    };
  },
  longAddress: ({ path }, random) => ({
    path: `${path}${path.includes('?') ? '&' : '?'}${times('a&', 12_000, random)}`,
  }),
  otherVersion: ({ path }, random) => ({ path: path.replace('/v66.0', `/v${random.integer(10, 99)}.0`) }),
  otherPath: ({ path }, random) => ({
    path: path.replace(/[^/?]+/, () => pick(['..', '%2e%2e', '%00', 'services', '%'], random)),
  }),
  condition: ({ headers }, random) => ({
    headers: { ...headers, [pick(['if-match', 'if-none-match'], random)]: pick(['"a"', '*', 'W/"', ',', '"'], random) },
  }),
};

function replaced({ headers }: FuzzRequest, random: Random): Partial<FuzzRequest> {
  const [method, path, body] = pick(good, random);
  const { authorization = '' } = headers;
  return {
    method,
    path: `/services/data/v66.0${path}`,
    headers: { authorization, 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(body)),
  };
}
