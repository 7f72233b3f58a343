import { expect } from 'chai';
import { fakeConnection, LoyaltyClient, runPendingJournals } from '../../src/client/index.js';
import type { FakeAnswer } from '../../src/client/index.js';

const ids = ['0lVAb0000000001AAA', '0lVAb0000000002AAA'] as const;

/** An org whose journals have these statuses before the request and after it. */
function orgOf(execute: () => FakeAnswer, ...statuses: readonly (readonly string[])[]) {
  let questions = 0;
  return fakeConnection(({ method }) => {
    if (method === 'POST') return execute();
    const now = statuses[Math.min(questions++, statuses.length - 1)] ?? [];
    const records = now.map((Status, index) => ({ Id: ids[index], Status }));
    return { body: { totalSize: records.length, done: true, records } };
  });
}

const run = (connection: ReturnType<typeof orgOf>, given: readonly string[] = ids) =>
  runPendingJournals(new LoyaltyClient(connection), 'Harbour Rewards', given);
const answer = (...results: object[]): FakeAnswer => ({
  body: { status: true, processResult: { transactionJournalResult: results } },
});
const none = (): FakeAnswer => answer();

describe('runPendingJournals', () => {
  it('sends only Pending journals, each once, and pairs the results with their Ids', async () => {
    const change = { currencyName: 'Stars', changeInPointsBalance: 5 };
    const member = { memberShipNumber: 'A1', changeInMemberCurrencies: [change] };
    const org = orgOf(() => answer({ id: ids[1], changeInMemberPoints: [member] }), ['Processed', 'Pending']);
    const outcomes = await run(org, [...ids, ids[1].slice(0, 15)]);
    expect(outcomes.map(({ id, status }) => [id.slice(0, 15), status])).to.deep.equal([
      [ids[0].slice(0, 15), 'known'],
      [ids[1].slice(0, 15), 'done'],
    ]);
    expect(outcomes[1]).to.have.nested.property('executed.points[0].points', 5);
    const sent = org.requests.filter(({ method }) => method === 'POST').map(({ body }) => body);
    expect(sent).to.have.length(1);
    expect(sent[0]).to.have.property('transactionJournals').that.has.length(1);
  });

  it('sends nothing for journals that were run, cancelled, or are not there', async () => {
    const org = orgOf(none, ['Processed', 'Cancelled']);
    const outcomes = await run(org, [...ids, '0lVAb0000000003AAA']);
    expect(outcomes.map(({ status }) => status)).to.deep.equal(['known', 'refused', 'refused']);
    expect(outcomes[1]).to.have.property('message').that.includes('Cancelled');
    expect(outcomes[2]).to.have.property('message').that.includes('has no transaction journal');
    expect(org.requests.every(({ method }) => method === 'GET')).to.equal(true);
  });

  it('asks the org after a lost answer: what is Processed has run, what is Pending may run yet', async () => {
    const lost = (): FakeAnswer => {
      throw new Error('The cable is cut.');
    };
    const outcomes = await run(orgOf(lost, ['Pending', 'Pending'], ['Processed', 'Pending']));
    expect(outcomes.map(({ status }) => status)).to.deep.equal(['done', 'unknown']);
    expect(outcomes[0]).to.include({ executed: null });
  });

  it('asks the org after a failure of the rules: what is Pending was refused', async () => {
    const failed = (): FakeAnswer => ({ body: { status: false, message: 'The rule failed.' } });
    const outcomes = await run(orgOf(failed, ['Pending', 'Pending'], ['Processed', 'Pending']));
    expect(outcomes.map(({ status }) => status)).to.deep.equal(['done', 'refused']);
    expect(outcomes[1]).to.include({ message: 'The rule failed.' });
  });

  it('does not ask again when the org refused the request as a whole', async () => {
    const body = [{ errorCode: 'INSUFFICIENT_ACCESS', message: 'You may not.' }];
    const org = orgOf(() => ({ status: 403, body }), ['Pending', 'Pending']);
    const outcomes = await run(org);
    expect(outcomes.map(({ status }) => status)).to.deep.equal(['refused', 'refused']);
    expect(org.requests).to.have.length(2);
  });
});
