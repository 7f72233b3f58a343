import { expect } from 'chai';
import { WorkerStatus } from '../../src/cli/sync/workerStatus.js';

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
});
