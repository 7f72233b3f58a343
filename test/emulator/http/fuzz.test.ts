import { expect } from 'chai';
import fc from 'fast-check';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient, seedProgram, sourceKey } from '../restClient.js';

/** Whatever is sent, the org answers in its own form, and is there for the next one. */
describe('A request that makes no sense', () => {
  let org: Emulator;
  let client: RestClient;
  const defects: Error[] = [];
  const onWarning = (warning: Error): void => {
    if (warning.name === 'EmulatorDefect') defects.push(warning);
  };

  before(async () => {
    process.on('warning', onWarning);
    org = await Emulator.start({ customFields: sourceKey });
    client = new RestClient(org);
    seedProgram(org);
  });

  after(async () => {
    process.off('warning', onWarning);
    await org.stop();
  });

  const word = fc.oneof(
    fc.constantFrom('sobjects', 'query', 'TransactionJournal', 'LoyaltyProgramMember', 'Src_Key__c', 'Id', 'describe'),
    fc.constantFrom(
      'limits',
      'oauth2',
      'token',
      'connect',
      'constructor',
      '__proto__',
      '0019z0000000001AAA',
      '.',
      '..',
    ),
    fc.string({ unit: 'binary', maxLength: 20 }).map((text) => encodeURIComponent(text.toWellFormed())),
    fc.string({ maxLength: 10 }).map((text) => text.replace(/[^\w%]/g, '')),
  );
  const root = fc.constantFrom('/services/data/v66.0', '/services/data', '/services/oauth2', '/id', '/services', '//');
  const path = fc.tuple(root, fc.array(word, { maxLength: 5 })).map(([start, rest]) => [start, ...rest].join('/'));
  const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS');
  const fieldName = fc.constantFrom(
    'Id',
    'MemberId',
    'Member',
    'ActivityDate',
    'TransactionAmount',
    'Status',
    'attributes',
  );
  const body = fc.oneof(
    fc.json(),
    fc.string(),
    fc.dictionary(fc.oneof(fieldName, fc.string()), fc.jsonValue()).map((record) => JSON.stringify(record)),
  );

  it('gets an answer in the form of the platform', async () => {
    const request = fc.record({ method, path, body });
    await fc.assert(
      fc.asyncProperty(request, async ({ method: verb, path: where, body: what }) => {
        const hasBody = !['GET', 'HEAD'].includes(verb);
        const answer = await client.send(verb, where.replace(/^\/\//, '/services//'), hasBody ? what : undefined);
        expect(answer.status).to.be.within(200, 431);
        if (answer.status >= 400 && verb !== 'HEAD' && Array.isArray(answer.body)) {
          expect(answer.body[0]).to.include.keys('message', 'errorCode');
        }
        expect(defects).to.deep.equal([]);
      }),
      { numRuns: 500 },
    );
    expect((await client.get('/limits')).status).to.equal(200);
    expect(defects).to.deep.equal([]);
  });
});
