import { expect } from 'chai';
import { UnknownBatchJobError } from '../../src/client/index.js';
import type { BatchJobState } from '../../src/client/index.js';
import { watchBatchJob } from '../../src/client/bulk/watchBatchJob.js';
import { VirtualClock } from '../support/virtualClock.js';
import { failureOf } from './loopback.js';

function state(processed: number, isEnded: boolean): BatchJobState {
  const none = { BatchJobDefinitionName: null, Type: null, StartTime: null, EndTime: null, ErrorDescription: null };
  return {
    job: { Id: '0md1', Status: isEnded ? 'Completed' : 'InProgress', ...none },
    isEnded,
    parts: { total: 1, ended: Number(isEnded) },
    records: { total: 9, processed, failed: 0 },
  };
}

describe('watching a batch job', () => {
  /** A job that ends after some minutes, and how often it was asked for. */
  function job(clock: VirtualClock, minutes: number) {
    let asked = 0;
    return {
      asked: () => asked,
      state: async () => state(++asked, clock.monotonic() >= minutes * 60_000),
    };
  }

  it('tells how far it is until it has ended, with few questions', async () => {
    const clock = new VirtualClock();
    const nightly = job(clock, 30);
    const told: number[] = [];
    const onProgress = ({ records }: BatchJobState): unknown => told.push(records.processed);
    const end = await watchBatchJob(nightly, '0md1', { clock, onProgress });
    expect([end.isEnded, told.length, told.at(-1)]).to.deep.equal([true, nightly.asked(), nightly.asked()]);
    expect(nightly.asked()).to.be.within(30, 200);
  });

  it('returns when the time is over, or when somebody ends it; the job goes on', async () => {
    const clock = new VirtualClock();
    const late = await watchBatchJob(job(clock, 30), '0md1', { clock, wait: 60_000 });
    expect([late.isEnded, clock.monotonic()]).to.deep.equal([false, 60_000]);
    const once = job(clock, 90);
    expect((await watchBatchJob(once, '0md1', { clock, wait: 0 })).isEnded).to.equal(false);
    expect(once.asked()).to.equal(1);
    const ended = await watchBatchJob(job(clock, 90), '0md1', { clock, signal: AbortSignal.abort() });
    expect(ended.isEnded).to.equal(false);
  });

  it('says that a job is not there', async () => {
    const none = { state: async () => undefined };
    expect(await failureOf(watchBatchJob(none, '0md9'))).to.be.instanceOf(UnknownBatchJobError);
  });
});
