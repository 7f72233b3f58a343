import { expect } from 'chai';
import { ServeStages } from '../../src/cli/sync/serveStages.js';
import type { SyncProgress } from '../../src/sync/index.js';

const progress: SyncProgress = { run: '1', phase: 'delivery', read: 3, settled: 0, open: 3, requests: 0 };

describe('the lines of a service', () => {
  it('announces a long wait at once, and only once', () => {
    const said: string[] = [];
    const stages = new ServeStages((line) => said.push(line), 'pushed');
    stages.update(progress);
    expect(said).to.deep.equal(['Run 1']);
    const waiting = { ...progress, phase: 'waiting', waitingFor: 'underWay' } as const;
    stages.update({ ...waiting, waitingUntil: Date.now() + 700_000 });
    expect(said[1]).to.equal('3 pushed, 0 settled, 3 open');
    expect(said[2]).to.match(/^Waits until .+: /);
    stages.update(progress);
    stages.update({ ...waiting, waitingUntil: Date.now() + 600_000 });
    stages.stop();
    expect(said).to.have.lengthOf(3);
  });

  it('does not announce short pauses', () => {
    const said: string[] = [];
    const stages = new ServeStages((line) => said.push(line), 'pushed');
    stages.update({ ...progress, phase: 'waiting', waitingFor: 'locked', waitingUntil: Date.now() + 500 });
    expect(said).to.deep.equal(['Run 1']);
  });
});
