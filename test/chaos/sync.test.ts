import { expect } from 'chai';
import type { FaultRuleInput } from '../../src/emulator/index.js';
import { chaosRun } from './chaosRun.js';
import { chaosPlan } from './faults.js';
import { duplicatesIn, holdsTheLaws } from './laws.js';

describe('A sync into an org in which a tenth of all requests fail', function () {
  this.timeout(60_000);

  it('loses nothing, doubles nothing, keeps the order of each member, and has counts that add up', async () => {
    const result = await chaosRun({ seed: 1, rows: 600, members: 150, plan: chaosPlan(1) });
    holdsTheLaws(result);
    expect(Object.values(result.struck).filter((times) => times > 0).length).to.be.above(4);
  });

  it('is judged by laws that a careless sync breaks: without a settle window, late commits are doubled', async () => {
    const match = { path: '/connect/realtime/*' };
    const rules: FaultRuleInput[] = [{ fault: 'lateCommit', rate: 0.3, milliseconds: 4000, match }];
    const result = await chaosRun({ seed: 1, rows: 60, members: 30, plan: { rules }, settle: 1 });
    expect(duplicatesIn(result)).to.not.deep.equal([]);
    expect(() => holdsTheLaws(result)).to.throw();
  });
});
