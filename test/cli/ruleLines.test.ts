import { expect } from 'chai';
import { explainedLines } from '../../src/cli/rules/explainedLines.js';
import { simulationTotals, totalsLines } from '../../src/cli/rules/simulationTotals.js';
import { ExplainedProcess } from '../../src/rules/index.js';

describe('what a person reads of rules', () => {
  it('has the note of a flow that nothing answers for below its action', () => {
    const note = 'Nothing answers for the flow Get_Rate: its outputs are blank.';
    const flow = {
      ...{ kind: 'action', step: 'Ask', type: 'RunFlow', target: 'Get_Rate', inputs: {}, assigned: { Rate: null } },
      ...{ change: null, result: null, note, failure: null, process: null },
    };
    const rule = { rule: 'Base', promotion: null, skipped: null, steps: [flow] };
    const lines = explainedLines(ExplainedProcess.parse({ process: 'Purchases', barredBy: null, rules: [rule] }));
    expect(lines.slice(2)).to.deep.equal(['    Ask: Rate = (blank)', `      ${note}`]);
  });

  it('has the badges that were given, of each member and of all', () => {
    const given = { badge: 'Early bird', endDate: null };
    const member = { member: 'HR-1', points: [], tiers: [], progress: [], vouchers: [], badges: [given] };
    const done = { rejections: [], repeated: 0, enrolled: 0, states: [] };
    const totals = simulationTotals({ ...done, members: [member, { ...member, member: 'HR-2' }] });
    expect(totalsLines(totals, 2)).to.deep.equal([
      'Totals of 2 transactions',
      '  2 badges Early bird',
      ...['  HR-1', '    badge Early bird', '  HR-2', '    badge Early bird'],
    ]);
  });
});
