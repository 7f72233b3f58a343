import { expect } from 'chai';
import { PollPauses } from '../../src/client/bulk/pollPauses.js';

/** Asks a job until it has ended. @param shareAt what the job says that it has done at a time */
function watched(end: number, rows: number, shareAt: (time: number) => number): { late: number; questions: number } {
  const pauses = new PollPauses(rows);
  let [time, questions] = [pauses.next(), 1];
  for (; time < end; questions++) time += pauses.next(shareAt(time));
  return { late: time - end, questions };
}

describe('the questions whether a job has ended', () => {
  for (const end of [3_000, 30_000, 600_000]) {
    it(`come close to the end of a job of ${end / 1000} s that tells its progress, and are few`, () => {
      const { late, questions } = watched(end, 100_000, (time) => time / end);
      expect(late).to.be.at.most(Math.max(250, end * 0.04));
      expect(questions).to.be.at.most(30);
    });
  }

  it('do not wait for a job that gets faster as if it did not', () => {
    const { late } = watched(60_000, 100_000, (time) => (time / 60_000) ** 3);
    expect(late).to.be.at.most(8_000);
  });

  it('do not trust the first news of a job that has hardly begun', () => {
    const { late, questions } = watched(8_000, 20_000, (time) => Math.max(0, (time - 900) / 7_100) ** 1.2);
    expect(late).to.be.at.most(2_000);
    expect(questions).to.be.at.most(14);
  });

  it('come close to the end of a job that tells its progress in large steps', () => {
    const late = Array.from({ length: 100 }, (_, index) => {
      const end = 40_000 + index * 17;
      return watched(end, 100_000, (time) => Math.floor((time / end) * 50) / 50).late;
    });
    expect(Math.max(...late)).to.be.at.most(1_000);
  });

  it('wait no longer for a job that was told some time ago', () => {
    const pauses = new PollPauses(100_000, 5_000);
    expect(pauses.next()).to.equal(0);
    expect(pauses.next(0.5)).to.be.within(1_500, 5_000);
  });

  it('become fewer with the time that a job takes that tells nothing', () => {
    const { late, questions } = watched(600_000, 0, () => 0);
    expect(late).to.be.at.most(30_000);
    expect(questions).to.be.at.most(45);
  });
});
