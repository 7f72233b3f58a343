import { expect } from 'chai';
import { advanceProgress, KeyConflictError } from '../../../src/sync/index.js';
import type { AdvancedProgress, OnceResult } from '../../../src/sync/index.js';
import { failureOf } from '../../client/loopback.js';
import { failure, ok } from '../org/answers.js';
import { clientOf } from '../org/fakeClient.js';
import { World } from '../org/world.js';

const minutes = 60_000;
const memberId = '0lM000000000001AAA';
const promotionId = '0c8000000000000001';

/** An org that counts cups of coffee, and loses its answers on demand. */
class Cafe extends World {
  loses: 'nothing' | 'the request' | 'the answer' = 'nothing';

  constructor() {
    super([], { members: ['A1'] });
    this.org.other = () => {
      if (this.loses === 'the request') return 'timeout';
      this.cups += 1;
      if (this.loses === 'the answer') return 'dropped';
      const outputValues = { updatedCumulativeUsageCompleted: this.cups, cumulativeUsageTarget: 10 };
      return ok([{ actionName: 'updateProgress', isSuccess: true, errors: null, outputValues }]);
    };
  }

  get cups(): number {
    return this.org.tables.usage.get(`${memberId} ${promotionId}`) ?? 0;
  }

  set cups(cups: number) {
    this.org.tables.usage.set(`${memberId} ${promotionId}`, cups);
  }

  advance(by = 1): Promise<OnceResult<AdvancedProgress>> {
    return advanceProgress(
      clientOf(this.org),
      { program: 'Harbour Rewards', memberId, promotionId, by },
      { key: 'cup-7', calls: this.outbox.calls, clock: this.clock },
    );
  }
}

describe('advanceProgress', () => {
  it('advances once per key', async () => {
    await using cafe = new Cafe();
    cafe.cups = 6;
    const answer = { before: 6, after: 7, target: 10 };
    expect(await cafe.advance()).to.deep.equal({ status: 'done', answer });
    expect(await cafe.advance()).to.deep.equal({ status: 'known', answer });
    expect(cafe.cups).to.equal(7);
  });

  it('finds out that it happened if the answer was lost', async () => {
    await using cafe = new Cafe();
    cafe.loses = 'the answer';
    expect(await cafe.advance()).to.include({ status: 'unknown' });
    expect(await cafe.advance()).to.deep.equal({ status: 'known', answer: { before: 0, after: 1, target: 10 } });
    expect(cafe.cups).to.equal(1);
  });

  it('advances again if it did not happen, but not before the window has passed', async () => {
    await using cafe = new Cafe();
    cafe.loses = 'the request';
    await cafe.advance();
    cafe.loses = 'nothing';
    expect(await cafe.advance()).to.include({ status: 'unknown' });
    expect(cafe.cups).to.equal(0);
    await cafe.clock.sleep(12 * minutes);
    expect(await cafe.advance()).to.include({ status: 'done' });
    expect(cafe.cups).to.equal(1);
  });

  it('compares with the value before the last call, not before the first', async () => {
    await using cafe = new Cafe();
    cafe.loses = 'the request';
    await cafe.advance();
    await cafe.clock.sleep(12 * minutes);
    cafe.loses = 'the answer';
    await cafe.advance();
    expect(await cafe.advance()).to.deep.equal({ status: 'known', answer: { before: 0, after: 1, target: 10 } });
  });

  it('is unclear if somebody else has changed the progress meanwhile', async () => {
    await using cafe = new Cafe();
    cafe.loses = 'the request';
    await cafe.advance();
    cafe.cups = 3;
    await cafe.clock.sleep(12 * minutes);
    expect(await cafe.advance()).to.deep.equal({ status: 'unclear', before: { completed: 0, rounds: 0 } });
    expect(cafe.cups).to.equal(3);
  });

  it('is refused in the words of the org, and can be repeated', async () => {
    await using cafe = new Cafe();
    const { other } = cafe.org;
    cafe.org.other = () => failure(400, 'INVALID_ID_FIELD', 'No such promotion.');
    const result = await cafe.advance();
    expect(result).to.deep.nested.include({ status: 'refused', 'failure.message': 'No such promotion.' });
    cafe.org.other = other;
    expect(await cafe.advance()).to.include({ status: 'done' });
  });

  it('treats another increment with the same key as a conflict', async () => {
    await using cafe = new Cafe();
    await cafe.advance();
    expect(await failureOf(cafe.advance(2))).to.be.instanceOf(KeyConflictError);
  });

  for (const by of [0, 1.5, Number.NaN]) {
    it(`does not send an increment of ${by}, and does not use up the key`, async () => {
      await using cafe = new Cafe();
      expect(await failureOf(cafe.advance(by))).to.be.instanceOf(RangeError);
      expect(await cafe.advance()).to.include({ status: 'done' });
    });
  }
});
