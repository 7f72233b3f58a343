/** Calls of every endpoint, with parts that fit, parts that do not, and parts that are nothing at all. */
import fc from 'fast-check';
import { sObjects } from '../../../src/contract/objects/index.js';
import type { Endpoint } from '../../../src/emulator/http/orgEndpoint.js';
import { loyaltyEndpoints } from '../../../src/emulator/loyalty/index.js';
import { openOrg } from '../../../src/emulator/openOrg.js';
import { platformEndpoints } from '../../../src/emulator/platform/index.js';

const anyText = fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.toWellFormed());
const name = fc.constantFrom(
  'TransactionJournal',
  'LoyaltyProgramMember',
  'Account',
  'User',
  'Src_Key__c',
  'Id',
  'Name',
);
const oddName = fc.constantFrom(
  'constructor',
  '__proto__',
  '.',
  '..',
  '%00',
  '%',
  'null',
  '0019z0000000001AAA',
  '-1',
  '1e9',
);
const segment = fc.oneof(name, oddName, anyText.map(encodeURIComponent));

/** Every endpoint that there is, so that one that is added is not left out. */
const known = fc
  .tuple(fc.constantFrom(...(await endpoints())), fc.array(segment, { minLength: 8, maxLength: 8 }))
  .map(([{ method, path }, segments]) => ({ method, path: filled(path, segments) }));
const madeUp = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'),
  path: fc
    .tuple(
      fc.constantFrom('/services/data/v66.0', '/services/data', '/services/oauth2', '/id', '//'),
      fc.array(segment),
    )
    .map((parts) => parts.flat().join('/')),
});
const target = fc.oneof({ arbitrary: known, weight: 6 }, madeUp);

const soql = fc.constantFrom('SELECT Id FROM Account', "SELECT Id FROM Account WHERE Name = '", 'SELECT', '𝒮', 'null');
const queryName = fc.constantFrom('q', 'ids', 'fields', 'start', 'end', 'columns', 'locator', 'maxRecords');
const query = fc.oneof(
  { arbitrary: fc.constant(''), weight: 3 },
  fc.dictionary(queryName, fc.oneof(soql, anyText)).map((given) => `?${new URLSearchParams(given).toString()}`),
);

const headers = fc.dictionary(
  fc.constantFrom(
    ...['content-type', 'content-encoding', 'accept', 'accept-encoding', 'x-http-method-override', 'origin'],
    ...['if-modified-since', 'if-match', 'sforce-query-options', 'sforce-call-options', 'range', 'authorization'],
  ),
  fc.oneof(
    fc.constantFrom('gzip', 'application/json', 'text/csv', 'application/xml', '-1', 'batchSize=1', 'Bearer'),
    fc.string({ maxLength: 20 }),
  ),
  { maxKeys: 1 },
);

/** Values of all kinds, below names that mean something somewhere. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(name, oddName, soql, fc.double(), fc.boolean(), fc.constant(null), anyText),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('attributes', 'Id', 'Name', 'Member', 'records', 'body'), tie('value'), {
      maxKeys: 6,
    }),
  ),
}));

/** A record of which any part may be missing, or be something else altogether. */
function likely(shape: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> {
  const parts = Object.entries(shape).map(([part, usual]) => [part, fc.oneof({ arbitrary: usual, weight: 9 }, value)]);
  return fc.record(Object.fromEntries(parts) as Record<string, fc.Arbitrary<unknown>>, { requiredKeys: [] });
}

const list = (each: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => fc.array(each, { maxLength: 3 });
const date = fc.constantFrom('2026-04-03', '2026-04-03T10:00:00Z', '2026-13-01', '0000-00-00');
const row = likely({
  attributes: likely({ type: name, referenceId: name }),
  id: oddName,
  Name: anyText,
  MemberId: oddName,
});
const part = likely({
  method: fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE'),
  url: target.map(({ path }) => path.replace('/services/data/', '')),
  referenceId: name,
  body: fc.oneof(row, fc.constant({ Name: '@{Account.id}' })),
  richInput: row,
});
const wholePart = likely({
  ...{ method: fc.constant('POST'), url: target.map(({ path }) => path) },
  referenceId: name,
  body: row,
});
const content = fc.oneof(
  value,
  row,
  likely({ records: list(row), allOrNone: fc.boolean(), ids: list(oddName), fields: list(name) }),
  likely({ compositeRequest: list(wholePart), allOrNone: fc.boolean(), collateSubrequests: fc.boolean() }),
  likely({ batchRequests: list(part), haltOnError: fc.boolean() }),
  likely({ graphs: list(likely({ graphId: name, compositeRequest: list(wholePart) })) }),
  likely({
    object: name,
    operation: fc.constantFrom('insert', 'upsert', 'query'),
    externalIdFieldName: name,
    query: soql,
  }),
  likely({ state: fc.constantFrom('UploadComplete', 'Aborted', 'Open') }),
  likely({
    transactionJournals: list(likely({ MembershipNumber: fc.constant('M-77'), ActivityDate: date, Member: value })),
  }),
  likely({ processParameters: list(likely({ MembershipNumber: fc.constant('M-77'), ProgramName: name })) }),
  likely({ inputs: list(likely({ LoyaltyProgramName: name, actualFieldValue: value, PromotionName: name })) }),
  likely({ enrollmentDate: date, membershipNumber: anyText, associatedContactDetails: row, memberStatus: name }),
);
const body = fc.oneof(
  { arbitrary: content.map((json) => JSON.stringify(json)), weight: 6 },
  fc.constantFrom('', '{', '[', 'Id,Name\n1,"2', 'Id\n', 'grant_type=password&username=%', 'token=x'),
  fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()),
);
export const anyCall = fc.record({ target, query, headers, body });

async function endpoints(): Promise<Pick<Endpoint, 'method' | 'path'>[]> {
  const org = await openOrg(sObjects, {});
  const all = [...platformEndpoints(org), ...loyaltyEndpoints(org)];
  org.store.close();
  return all;
}

/** `/services/data/:version/sobjects/:object` with something in the place of each name. */
function filled(pattern: string, segments: readonly string[]): string {
  let used = 0;
  return pattern
    .replace(':version', 'v66.0')
    .replace(':program', 'Cirrus')
    .replaceAll(/:\w+|\*/g, () => segments[used++ % segments.length] ?? '');
}
