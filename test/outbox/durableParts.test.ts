import { expect } from 'chai';
import { systemClock } from '../../src/base/clock.js';
import { SharedOutbox } from '../../src/outbox/postgres/index.js';
import { MemoryLog } from './memoryLog.js';

describe('a part of a shared outbox', () => {
  it('can be returned by an asynchronous function', async () => {
    await using outbox = await SharedOutbox.open(new MemoryLog(systemClock));
    const runs = await Promise.resolve(outbox.runs);
    expect(runs).to.equal(outbox.runs);
    expect(await runs.find()).to.equal(undefined);
  });
});
