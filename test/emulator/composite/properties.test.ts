import { expect } from 'chai';
import fc from 'fast-check';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient, seedProgram, sourceKey } from '../restClient.js';
import type { Answer } from '../restClient.js';

const base = '/services/data/v66.0';

/** One letter per row: `g`ood, `b`ad, or `t`wice (all of these have one key). */
const rowKinds = fc.array(fc.constantFrom('g', 'b', 't'), { minLength: 1, maxLength: 30 });

describe('Requests with many records or parts', () => {
  let org: Emulator;
  let client: RestClient;
  let memberId: string;
  const defects: Error[] = [];
  const onWarning = (warning: Error): void => {
    if (warning.name === 'EmulatorDefect') defects.push(warning);
  };

  before(async () => {
    process.on('warning', onWarning);
    org = await Emulator.start({ customFields: sourceKey });
    client = new RestClient(org);
    memberId = seedProgram(org).memberId;
  });

  after(async () => {
    process.off('warning', onWarning);
    await org.stop();
  });

  let run = 0;
  const journals = (): number => org.store.count('TransactionJournal');
  const upsert = (kinds: readonly string[], allOrNone: boolean): Promise<Answer> => {
    run += 1;
    const records = kinds.map((kind, index) => ({
      attributes: { type: 'TransactionJournal' },
      Src_Key__c: kind === 't' ? `twice-${run}` : `${run}-${index}`,
      ...{ MemberId: memberId, ActivityDate: kind === 'b' ? 'never' : '2026-04-03' },
    }));
    return client.patch('/composite/sobjects/TransactionJournal/Src_Key__c', { allOrNone, records });
  };

  it('reports success for exactly the rows that exist, in order', async () => {
    await fc.assert(
      fc.asyncProperty(rowKinds, fc.boolean(), async (kinds, allOrNone) => {
        const earlier = journals();
        const isTwice = kinds.filter((kind) => kind === 't').length > 1;
        const good = kinds.map((kind) => kind === 'g' || (kind === 't' && !isTwice));
        const expected = allOrNone && good.includes(false) ? good.map(() => false) : good;
        const { body } = await upsert(kinds, allOrNone);
        expect(body.map((row: { success: boolean }) => row.success)).to.deep.equal(expected);
        expect(journals() - earlier).to.equal(expected.filter(Boolean).length);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps all subrequests or none', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 25 }), async (goods) => {
        const earlier = journals();
        const compositeRequest = goods.map((good, index) => ({
          ...{ method: 'POST', url: `${base}/sobjects/TransactionJournal`, referenceId: `r${index}` },
          body: { MemberId: memberId, ActivityDate: good ? '2026-04-03' : 'never' },
        }));
        const { body } = await client.post('/composite', { allOrNone: true, compositeRequest });
        const all = !goods.includes(false);
        expect(journals() - earlier).to.equal(all ? goods.length : 0);
        for (const { httpStatusCode } of body.compositeResponse) expect(httpStatusCode).to.equal(all ? 201 : 400);
      }),
      { numRuns: 40 },
    );
  });

  const text = fc.oneof(
    fc.constantFrom('@{a.id}', '@{a', '@{__proto__.x}', '@{a.constructor.name}', '%40%7Ba.id%7D', '%', 'POST', 'GET'),
    fc.constantFrom(`${base}/sobjects/Account`, `${base}/query?q=`, `${base}/composite/sobjects`, 'v66.0/limits'),
    fc.constantFrom('Account', 'constructor', '__proto__'),
    fc.string({ maxLength: 8 }),
  );
  const part = fc.record(
    {
      ...{ method: text, url: text, referenceId: fc.constantFrom('a', 'b'), graphId: text, Name: text, Id: text },
      ...{ body: fc.dictionary(text, fc.oneof(text, fc.jsonValue())), richInput: fc.jsonValue(), id: text },
      attributes: fc.record({ type: text, referenceId: text }, { requiredKeys: [] }),
      ...{ compositeRequest: fc.jsonValue(), Contacts: fc.record({ records: fc.array(fc.jsonValue()) }) },
    },
    { requiredKeys: [] },
  );
  const list = fc.oneof(fc.array(fc.oneof(part, fc.jsonValue()), { maxLength: 4 }), fc.jsonValue());
  const names = ['records', 'compositeRequest', 'batchRequests', 'graphs', 'ids', 'fields', 'allOrNone', 'haltOnError'];
  const nonsense = fc.dictionary(fc.constantFrom(...names), list);
  const target = fc.constantFrom(
    ...[['POST', '/composite'] as const, ['POST', '/composite/batch'] as const, ['POST', '/composite/graph'] as const],
    ...[['POST', '/composite/tree/Account'] as const, ['POST', '/composite/sobjects'] as const],
    ...[['PATCH', '/composite/sobjects'] as const, ['POST', '/composite/sobjects/Account'] as const],
    ...[['PATCH', '/composite/sobjects/Contact/Email'] as const, ['PATCH', '/composite/sobjects/Account/Id'] as const],
  );

  it('answers invalid requests in the platform’s form', async () => {
    await fc.assert(
      fc.asyncProperty(target, nonsense, async ([method, path], body) => {
        const answer = await client.send(method, path, body);
        expect(answer.status).to.be.within(200, 404);
        expect(defects).to.deep.equal([]);
      }),
      { numRuns: 600 },
    );
  });
});
