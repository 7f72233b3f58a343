import { expect } from 'chai';
import { LostAnswerError, LoyaltyClient, fakeConnection } from '../../src/client/index.js';

// Shapes: Bulk API 2.0 guide, "Create a Query Job", "Get Information About a Query Job", "Get Parallel Results".
describe('client.bulkQueries', () => {
  const id = '750000000000001AAA';
  const page = (locator: string): string => `/services/data/v66.0/jobs/query/${id}/results?locator=${locator}`;

  it('creates a job, asks for its state, and removes it', async () => {
    const connection = fakeConnection(({ method }) =>
      method === 'DELETE' ? { statusCode: 204, body: '' } : { body: { id, state: 'InProgress' } },
    );
    const { bulkQueries } = new LoyaltyClient(connection);
    await bulkQueries.create('SELECT Id FROM Voucher');
    expect((await bulkQueries.status(id)).state).to.equal('InProgress');
    await bulkQueries.remove(id);
    expect(connection.requests.map(({ method, path, body }) => ({ method, path, body }))).to.deep.equal([
      { method: 'POST', path: '/jobs/query', body: { operation: 'query', query: 'SELECT Id FROM Voucher' } },
      { method: 'GET', path: `/jobs/query/${id}`, body: undefined },
      { method: 'DELETE', path: `/jobs/query/${id}`, body: undefined },
    ]);
  });

  it('follows the addresses of pages, and none that leads elsewhere or back', async () => {
    const more = `/services/data/v66.0/jobs/query/${id}/resultpages?locator=c`;
    const answers = [
      { resultPages: [{ resultUrl: page('a') }, { resultUrl: page('b') }], nextRecordsUrl: more, done: false },
      { resultPages: [{ resultUrl: page('c') }], done: true },
    ];
    const pagesOf = async (bodies: readonly object[]): Promise<string[]> => {
      const left = [...bodies];
      const { bulkQueries } = new LoyaltyClient(fakeConnection(() => ({ body: left.shift() })));
      return Array.fromAsync(bulkQueries.pages(id));
    };
    expect(await pagesOf(answers)).to.deep.equal([page('a'), page('b'), page('c')]);
    for (const resultUrl of ['https://example.com/a', page('a')]) {
      const error = await pagesOf([answers[0] ?? {}, { resultPages: [{ resultUrl }] }]).catch(
        (thrown: unknown) => thrown,
      );
      expect(error).to.be.instanceOf(LostAnswerError);
    }
  });
});
