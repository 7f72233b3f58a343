import { expect } from 'chai';
import { simulatedRecord, simulationLines } from '../../src/cli/simulatedTransactions.js';

describe('lines of a simulated transaction', () => {
  it('say why its process would fail', () => {
    const failed = { processId: '0lp', processName: 'Accrual', errorMessage: 'The journal has no amount.' };
    const record = simulatedRecord('HR-1', failed);
    expect(record).to.deep.include({ status: 'failed' });
    expect(simulationLines('Accrual would give:', record)).to.deep.equal([
      'Accrual would give:',
      '  The journal has no amount.',
    ]);
  });
});
