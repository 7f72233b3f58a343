import { expect } from 'chai';
import { systemClock } from '../../src/base/clock.js';
import { WorkerStatus } from '../../src/cli/sync/workerStatus.js';
import { OutboxBusyError, OutboxTakenError } from '../../src/outbox/index.js';
import { SharedOutbox } from '../../src/outbox/postgres/index.js';
import { MemoryLog } from '../outbox/memoryLog.js';

describe('the status of a worker', () => {
  it('is not ready until it has its copy of the outbox, and says then who delivers', () => {
    const said: string[] = [];
    const status = new WorkerStatus((line) => said.push(line), 10_000);
    expect(status.ready()).to.deep.equal({ isReady: false, body: { status: 'reading', holder: null } });
    expect(said).to.deep.equal([]);
    status.see({ holder: { host: 'till-1', pid: 7, left: 9000 }, change: 3 });
    expect(status.ready()).to.deep.equal({
      isReady: true,
      body: { status: 'standby', holder: { host: 'till-1', pid: 7 } },
    });
    expect(said.join()).to.match(/^Standby: process 7 on till-1 /);
  });

  it('takes over when it is its turn, and is a standby again if another one was faster', () => {
    const status = new WorkerStatus(() => undefined, 10_000);
    status.see({ holder: { host: 'till-1', pid: 7, left: 1 }, change: 3 });
    status.takeOver();
    expect(status.ready()).to.deep.include({ isReady: false }).and.nested.include({ 'body.status': 'takingOver' });
    status.giveUp(new OutboxBusyError('postgres://db/x', 'process 8 on till-2'));
    expect(status.ready()).to.deep.include({ isReady: true }).and.nested.include({ 'body.status': 'standby' });
  });

  it('says at the end of a standby whether it delivered before', async () => {
    const said: string[] = [];
    const status = new WorkerStatus((line) => said.push(line), 10_000);
    status.endAsStandby(0);
    expect(said.pop()).to.equal('Ends as a standby. Requests sent for the active worker: 0.');
    await using outbox = await SharedOutbox.open(new MemoryLog(systemClock));
    status.begin(outbox);
    status.giveUp(new OutboxTakenError('postgres://db/x', 'process 7 on till-1 works on it'));
    status.endAsStandby(3);
    expect(said.pop()).to.match(/active worker: 3\. This process delivered before/);
  });
});
