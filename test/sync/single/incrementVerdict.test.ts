import { expect } from 'chai';
import { incrementVerdict } from '../../../src/sync/traces/incrementVerdict.js';

type Rounds = number | null;

function judged(before: [number, Rounds], now: [number, Rounds], by: number): string {
  const target = 10;
  return incrementVerdict(
    { completed: before[0], rounds: before[1] },
    { completed: now[0], rounds: now[1], target },
    by,
  );
}

describe('incrementVerdict', () => {
  it('cannot tell whole rounds from nothing if nobody sees the rounds', () => {
    expect(judged([2, null], [2, null], 10)).to.equal('unclear');
    expect(judged([2, null], [2, null], -20)).to.equal('unclear');
    expect(judged([2, null], [2, null], 9)).to.equal('absent');
    expect(judged([2, null], [11, null], 9)).to.equal('counted');
  });

  it('knows a promotion that goes on counting and counts rewards as well', () => {
    expect(judged([8, 0], [12, 1], 4)).to.equal('counted');
    expect(judged([8, 0], [12, 1], 14)).to.equal('counted');
    expect(judged([2, 0], [5, 1], 3)).to.equal('unclear');
  });

  it('takes nothing else for the increment', () => {
    expect(judged([2, 1], [2, 3], 10)).to.equal('unclear');
    expect(judged([5, 0], [0, 0], -4)).to.equal('unclear');
    expect(judged([5, 0], [0, 0], -9)).to.equal('counted');
    expect(judged([5, 0], [5, 0], -9)).to.equal('absent');
  });
});
