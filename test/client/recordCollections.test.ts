import { expect } from 'chai';
import { fakeConnection, LostAnswerError, LoyaltyClient, RefusedRecordError } from '../../src/client/index.js';
import type { FakeAnswer, FieldValues } from '../../src/client/index.js';

// Shapes: REST API Developer Guide, "Using sObject Collections".
describe('client.sobjects.collections', () => {
  const ids = ['0lp000000000001AAA', '0lT000000000002AAA'];
  const records = [
    { object: 'LoyaltyProgram', fields: { Name: 'Inner Circle' } },
    { object: 'LoyaltyTier', fields: { Name: 'Gold', SequenceNumber: 2 } as FieldValues },
  ];
  const stored = ids.map((id) => ({ id, success: true, errors: [] }));

  it('creates records of several objects, all or none', async () => {
    const { client, requests } = answering({ body: stored });
    expect(await client.sobjects.collections.create(records)).to.deep.equal(ids);
    expect(requests).to.deep.equal([
      {
        method: 'POST',
        path: '/composite/sobjects',
        query: {},
        body: {
          allOrNone: true,
          records: [
            { attributes: { type: 'LoyaltyProgram' }, Name: 'Inner Circle' },
            { attributes: { type: 'LoyaltyTier' }, Name: 'Gold', SequenceNumber: 2 },
          ],
        },
      },
    ]);
  });

  it('creates records that stand each on its own, and returns what became of each', async () => {
    const wrong = { statusCode: 'STRING_TOO_LONG', message: 'Name: data value too large', fields: ['Name'] };
    const body = [stored[0], { success: false, errors: [wrong] }];
    const { client, requests } = answering({ body });
    const [first, second] = await client.sobjects.collections.createEach(records);
    expect(requests[0]?.body).to.have.property('allOrNone', false);
    expect(first).to.deep.equal({ id: ids[0] });
    const error = second && 'error' in second ? second.error : undefined;
    expect(error).to.include({ errorCode: 'STRING_TOO_LONG', message: wrong.message });
  });

  it('takes an answer with another number of results, or a success without an Id, for a lost one', async () => {
    for (const body of [[stored[0]], [stored[0], { success: true, errors: [] }]]) {
      const error = await failureOf(answering({ body }).client.sobjects.collections.createEach(records));
      expect(error).to.be.instanceOf(LostAnswerError).with.property('mayHaveHappened', true);
    }
  });

  it('changes records by their Ids', async () => {
    const { client, requests } = answering({ body: stored });
    await client.sobjects.collections.update(records.map((record, index) => ({ ...record, id: ids[index] ?? '' })));
    expect(requests[0]).to.include({ method: 'PATCH', path: '/composite/sobjects' });
    expect(requests[0]?.body).to.deep.equal({
      allOrNone: true,
      records: [
        { attributes: { type: 'LoyaltyProgram' }, id: ids[0], Name: 'Inner Circle' },
        { attributes: { type: 'LoyaltyTier' }, id: ids[1], Name: 'Gold', SequenceNumber: 2 },
      ],
    });
  });

  it('deletes records by their Ids', async () => {
    const { client, requests } = answering({ body: stored });
    await client.sobjects.collections.delete(ids);
    const query = { ids: ids.join(), allOrNone: 'true' };
    expect(requests).to.deep.equal([{ method: 'DELETE', path: '/composite/sobjects', query, body: undefined }]);
  });

  it('names the record that was refused, and not those that were undone because of it', async () => {
    const undone = { statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK', message: 'Record rolled back.', fields: [] };
    const wrong = { statusCode: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [X]', fields: ['X'] };
    const body = [undone, wrong].map((error, index) => ({ id: ids[index], success: false, errors: [error] }));
    const error = await failureOf(answering({ body }).client.sobjects.collections.create(records));
    expect(error).to.be.instanceOf(RefusedRecordError).with.property('index', 1);
    expect(error.cause).to.include({ status: 400, errorCode: 'REQUIRED_FIELD_MISSING', message: wrong.message });
  });

  for (const [what, body] of [
    ['too few results', stored.slice(1)],
    ['a result without an Id', [stored[0], { success: true, errors: [] }]],
    ['another body', { success: true }],
  ] as const) {
    it(`does not know what became of records after ${what}`, async () => {
      const error = await failureOf(answering({ body }).client.sobjects.collections.create(records));
      expect(error).to.be.instanceOf(LostAnswerError).and.to.include({ kind: 'unreadable', mayHaveHappened: true });
    });
  }
});

function answering(answer: FakeAnswer) {
  const connection = fakeConnection(() => answer);
  return { client: new LoyaltyClient(connection), requests: connection.requests };
}

async function failureOf(work: Promise<unknown>): Promise<Error> {
  return work.then(
    () => {
      throw new Error('It did not fail.');
    },
    (error: unknown) => error as Error,
  );
}
