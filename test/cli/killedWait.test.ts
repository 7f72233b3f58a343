import { expect } from 'chai';
import { killedWait } from '../../src/cli/sync/killedWait.js';

describe('how long the next run waits after a kill', () => {
  const counts = { items: { ready: 1648, sent: 25, unknown: 0 } };

  it('at level 1: everything open, for the minute of the marker and a settle window', () => {
    const [line] = killedWait({ counts, notes: [{ code: 'level-1' }] }, undefined);
    expect(line).to.match(/^The next run waits about 13 minutes before it sends any of the 1,673 open .*--settle/);
  });

  it('at other levels: what was sent without an answer, for the settle window of the run', () => {
    const [line] = killedWait({ counts, notes: [{ code: 'level-0' }] }, 45);
    expect(line).to.match(/^The next run waits about 45 seconds for the 25 .*--settle/);
  });

  it('not at all where nothing was under way', () => {
    const items = { ready: 3, sent: 0, unknown: 0 };
    expect(killedWait({ counts: { items }, notes: [{ code: 'level-2' }] }, 720)).to.deep.equal([]);
  });
});
