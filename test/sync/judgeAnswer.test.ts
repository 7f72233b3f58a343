import { expect } from 'chai';
import type { JournalResult } from '../../src/contract/endpoints/realtimeEndpoints.js';
import type { OutboxItem } from '../../src/outbox/index.js';
import { outcomesOfAnswer } from '../../src/sync/judgeAnswer.js';

/** A result that names these members, with the change in the points of each. */
function result(id: string, ...changes: [member: string, points: number][]): JournalResult {
  const changeInMemberPoints = changes.map(([memberShipNumber, changeInPointsBalance]) => ({
    memberShipNumber,
    changeInMemberCurrencies: [{ currencyName: 'Miles', changeInPointsBalance }],
  }));
  return { id, changeInMemberPoints };
}

/** What is told of the items of these members: the Id of the journal, and whether it had an effect. */
function told(results: JournalResult[], ...members: string[]) {
  const items = members.map((member) => ({ member }) as OutboxItem);
  const answer = { status: true, processResult: { transactionJournalResult: results } };
  return outcomesOfAnswer(answer, items, (id) => id.startsWith('0lV')).map((outcome) =>
    outcome.to === 'done' ? [outcome.journalId, outcome.effect] : outcome.to,
  );
}

describe('the outcome of items after an answer', () => {
  it('has the Id of the result that names the member, in any order and spelling', () => {
    expect(told([result('0lV2', ['m-2', 5]), result('0lV1', ['M-1', 0])], 'M-1', 'M-2')).to.deep.equal([
      ['0lV1', false],
      ['0lV2', true],
    ]);
  });

  it('has no Id if two results name the member, and the effect of either', () => {
    expect(told([result('0lV1', ['M-1', 5]), result('0lV2', ['M-1', 0])], 'M-1')).to.deep.equal([[undefined, true]]);
  });

  it('has no Id if the result names two members, and the effect on each', () => {
    expect(told([result('0lV1', ['M-1', 5], ['M-2', 0])], 'M-1', 'M-2')).to.deep.equal([
      [undefined, true],
      [undefined, false],
    ]);
  });

  it('has the Id and every effect if the result names the member twice', () => {
    expect(told([result('0lV1', ['M-1', 5], ['m-1', 0])], 'M-1')).to.deep.equal([['0lV1', true]]);
  });

  it('has no Id and no effect if no result names the member', () => {
    expect(told([{ id: '0lV1', changeInMemberPoints: null }], 'M-1')).to.deep.equal([[undefined, false]]);
  });
});
