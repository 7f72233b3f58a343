import { expect } from 'chai';
import { testTotals } from '../scripts/testTotals.js';

const part = (output: string, hasFailed = false) => ({ name: 'test:some', output, hasFailed });

describe('the last line of all tests', () => {
  it('adds up the parts', () => {
    const parts = [
      part('no tests here'),
      part('x\n\n3 passed, 0 failed\n'),
      part('4 passed, 1 failed, 2 skipped\n', true),
    ];
    expect(testTotals(parts)).to.equal('7 passed, 1 failed, 2 skipped');
  });

  it('never says that nothing failed if a part did', () => {
    expect(testTotals([part('error TS2307', true), part('3 passed, 0 failed\n')])).to.equal('3 passed, 1 failed');
    expect(testTotals([part('3 passed, 0 failed\n', true)])).to.equal('3 passed, 1 failed');
  });
});
