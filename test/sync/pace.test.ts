import { expect } from 'chai';
import { seededRandom } from '../../src/base/random.js';
import { Pace } from '../../src/sync/pace.js';
import { VirtualClock } from '../support/virtualClock.js';

const wait = { base: 2000, atLeast: 0 };
const fast = 500;
const slow = 9000;

describe('the pace of a sync', () => {
  const clock = new VirtualClock();
  const paceOf = (concurrency: number, batchSize: number): Pace =>
    new Pace({ concurrency, batchSize }, clock, seededRandom(1));
  const pauseOf = (pace: Pace): number => pace.quietUntil - clock.monotonic();

  /** Lets as many requests succeed as can be in progress at a time. */
  const roundTrip = (pace: Pace): number => {
    for (let answers = pace.concurrency; answers > 0; answers--) pace.answered(fast);
    return pace.concurrency;
  };

  it('starts with two requests at a time and doubles them each round trip', () => {
    const pace = paceOf(30, 200);
    expect(pace.concurrency).to.equal(2);
    expect([1, 2, 3, 4].map(() => roundTrip(pace))).to.deep.equal([4, 8, 16, 30]);
  });

  it('adds one each round trip after the first sign of trouble', () => {
    const pace = paceOf(30, 200);
    for (let trips = 0; trips < 2; trips++) roundTrip(pace);
    pace.trouble();
    expect(pace.concurrency).to.equal(4);
    for (let answers = 0; answers < 6; answers++) pace.answered(fast);
    expect(pace.concurrency).to.equal(5);
    for (let answers = 0; answers < 1000; answers++) pace.answered(fast);
    expect(pace.concurrency).to.equal(30);
  });

  it('grows and shrinks with the machines that send', () => {
    let most = 8;
    const pace = new Pace({ concurrency: () => most, batchSize: 200 }, clock, seededRandom(1));
    for (let trips = 0; trips < 5; trips++) roundTrip(pace);
    expect(pace.concurrency).to.equal(8);
    most = 24;
    expect([roundTrip(pace), roundTrip(pace)]).to.deep.equal([16, 24]);
    most = 8;
    expect(pace.concurrency).to.equal(8);
    pace.trouble();
    expect(pace.concurrency).to.equal(4);
  });

  it('never has more at a time than allowed, nor fewer than one', () => {
    const pace = paceOf(1, 200);
    expect(pace.concurrency).to.equal(1);
    for (let times = 0; times < 5; times++) pace.trouble();
    expect(pace.concurrency).to.equal(1);
  });

  it('halves the number of concurrent requests if answers are slow, and then the batch', () => {
    const pace = paceOf(2, 200);
    pace.answered(slow);
    expect([pace.concurrency, pace.batchSize]).to.deep.equal([1, 200]);
    pace.answered(slow);
    expect([pace.concurrency, pace.batchSize]).to.deep.equal([1, 100]);
    for (let answers = 0; answers < 20; answers++) pace.answered(slow);
    expect([pace.concurrency, pace.batchSize]).to.deep.equal([1, 1]);
  });

  it('lets the batch grow again while answers are fast', () => {
    const pace = paceOf(1, 200);
    pace.answered(slow);
    pace.answered(fast);
    expect(pace.batchSize).to.equal(110);
    for (let answers = 0; answers < 20; answers++) pace.answered(fast);
    expect(pace.batchSize).to.equal(200);
  });

  it('never grows back to a size that was too large', () => {
    const pace = paceOf(1, 200);
    pace.tooLarge(160);
    for (let answers = 0; answers < 50; answers++) pace.answered(fast);
    expect(pace.batchSize).to.equal(80);
    pace.tooLarge(200);
    expect(pace.batchSize).to.equal(80);
  });

  it('pauses longer after each failure, up to a minute, and starts over when the org answers', async () => {
    for (const recovered of [(pace: Pace) => pace.reached(), (pace: Pace) => pace.answered(fast)]) {
      const pace = paceOf(4, 200);
      const pauses: number[] = [];
      for (let failures = 0; failures < 8; failures++) {
        pace.failed(wait);
        pauses.push(pauseOf(pace));
        await clock.sleep(pauseOf(pace));
      }
      for (const [index, pause] of pauses.entries()) {
        const most = Math.min(60_000, 2000 * 2 ** index);
        expect(pause).to.be.within(most / 2, most);
      }
      recovered(pace);
      pace.failed(wait);
      expect(pauseOf(pace)).to.be.within(1000, 2000);
    }
  });

  it('counts failures of requests that were in progress as one', () => {
    const pace = paceOf(8, 200);
    for (let failures = 0; failures < 8; failures++) pace.failed(wait);
    expect(pauseOf(pace)).to.be.within(1000, 2000);
  });

  it('has four times as many requests when the first one and a question about it are answered', () => {
    const pace = paceOf(30, 200);
    pace.answered(fast);
    pace.begun();
    expect(pace.concurrency).to.equal(8);
    expect(roundTrip(pace)).to.equal(16);
    const small = paceOf(4, 200);
    small.begun();
    expect(small.concurrency).to.equal(4);
    const troubled = paceOf(30, 200);
    troubled.trouble();
    troubled.begun();
    expect(troubled.concurrency).to.equal(1);
  });

  it('goes on as before if one answer is lost among others', () => {
    const pace = paceOf(30, 200);
    for (let trips = 0; trips < 2; trips++) roundTrip(pace);
    pace.lost(wait);
    expect([pace.concurrency, pauseOf(pace) > 0]).to.deep.equal([4, true]);
    pace.answered(fast);
    expect([pace.concurrency, pauseOf(pace)]).to.deep.equal([9, 0]);
  });

  it('ends the pause with the next answer if one request was turned away, and has fewer at a time', () => {
    const pace = paceOf(8, 200);
    for (let trips = 0; trips < 2; trips++) roundTrip(pace);
    pace.failed(wait);
    pace.answered(fast);
    expect([pace.concurrency, pauseOf(pace)]).to.deep.equal([4, 0]);
  });

  it('pauses although others are answered if the org has asked for it, or if a second one fails', () => {
    const asked = paceOf(8, 200);
    asked.failed({ base: 2000, atLeast: 5000 });
    asked.answered(fast);
    expect(pauseOf(asked)).to.equal(5000);
    const twice = paceOf(8, 200);
    for (let trips = 0; trips < 2; trips++) roundTrip(twice);
    twice.lost(wait);
    twice.lost(wait);
    twice.answered(fast);
    expect(pauseOf(twice)).to.be.at.least(1000);
    expect(twice.concurrency).to.equal(2);
  });

  it('pauses as long as the org asks for, however long that is', () => {
    const pace = paceOf(8, 200);
    pace.failed({ base: 2000, atLeast: 300_000 });
    pace.failed(wait);
    expect(pauseOf(pace)).to.equal(300_000);
  });
});
