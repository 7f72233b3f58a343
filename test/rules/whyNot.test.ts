import { expect } from 'chai';
import { ExplainedProcess, skipReasons, whyNot } from '../../src/rules/index.js';

const promotion = 'Double weekend';

const rule = { rule: 'Weekend', promotion, skipped: null, steps: [] };
const process = { process: 'Purchases', barredBy: null, rules: [] };
const credit = {
  ...{ kind: 'action', step: 'Credit', type: 'CreditPoints', target: null, inputs: {}, assigned: {}, note: null },
  ...{ change: '+5 points', result: { is: 'points', currency: 'Stars', points: 5, escrow: 0 } },
  ...{ failure: null, process: null },
};
const nothing = { ...credit, change: '+0 points', result: { is: 'points', currency: 'Stars', points: 0, escrow: 0 } };

function condition(step: string, isMet: boolean, steps: unknown[] = []) {
  const criterion = { number: 1, field: step, operator: 'Equals', wanted: 'x', left: isMet ? 'x' : 'y', right: 'x' };
  return { kind: 'condition', step, isMet, logic: '1', failure: null, steps, criteria: [{ ...criterion, isMet }] };
}

function ask(explained: object, failure?: string) {
  const { code, rule: name, condition: step, criteria } = whyNot(ExplainedProcess.parse(explained), promotion, failure);
  return [code, name, step, ...criteria.map(({ left, right }) => JSON.stringify([left, right]))];
}

const withSteps = (...steps: unknown[]) => ({ ...process, rules: [{ ...rule, steps }] });

describe('why a promotion gave nothing', () => {
  it('no process, a process without a rule of it, or an eligibility rule in front of it', () => {
    expect(ask({ ...process, process: null })).to.deep.equal(['noProcess', null, null]);
    expect(ask({ ...process, rules: [{ ...rule, promotion: 'Another' }] })).to.deep.equal(['noRule', null, null]);
    const barredBy = { ...rule, rule: 'Members only', promotion: null, steps: [condition('Is adult', false)] };
    expect(ask({ ...process, barredBy })).to.deep.equal(['notLetIn', 'Members only', 'Is adult', '["y","x"]']);
  });

  for (const skipped of skipReasons) {
    it(`its rule did not run: ${skipped}`, () => {
      expect(ask({ ...process, rules: [{ ...rule, skipped }] })).to.deep.equal([skipped, 'Weekend', null]);
    });
  }

  it('the first condition that is not met, also within one that is', () => {
    const explained = withSteps(condition('Is open', true, [condition('Is weekend', false)]), condition('Last', false));
    expect(ask(explained)).to.deep.equal(['conditionNotMet', 'Weekend', 'Is weekend', '["y","x"]']);
  });

  it('of a group of which none is met, its first condition; of one with a met condition, none', () => {
    const none = {
      kind: 'group',
      step: 'Tier',
      conditions: [condition('Is Gold', false), condition('Is Silver', false)],
    };
    expect(ask(withSteps(none))).to.deep.equal(['conditionNotMet', 'Weekend', 'Is Gold', '["y","x"]']);
    const one = { ...none, conditions: [condition('Is Gold', false), condition('Is Silver', true, [nothing])] };
    expect(ask(withSteps(one))).to.deep.equal(['nothingChanged', 'Weekend', null]);
  });

  it('a condition in a process that its rule runs', () => {
    const other = { ...process, rules: [{ ...rule, promotion: null, steps: [condition('Is large', false)] }] };
    const run = { ...credit, type: 'RunProgramProcess', change: 'a journal', result: null, process: other };
    expect(ask(withSteps(run))).to.deep.equal(['conditionNotMet', 'Weekend', 'Is large', '["y","x"]']);
  });

  it('it gave something after all; a failure later took it back, or came before it, or was its own', () => {
    expect(ask(withSteps(condition('Is weekend', true, [credit])))).to.deep.equal(['gave', 'Weekend', null]);
    expect(ask(withSteps(credit), 'No.')).to.deep.equal(['takenBack', 'Weekend', null]);
    expect(ask(process, 'No.')).to.deep.equal(['notReached', null, null]);
    expect(ask(withSteps({ ...credit, change: null, result: null, failure: 'No.' }), 'No.')).to.deep.equal([
      ...['failed', 'Weekend', null],
    ]);
  });

  it('is about the rule that came furthest', () => {
    const rules = [
      { ...rule, rule: 'Old', skipped: 'ruleEnded' },
      { ...rule, steps: [condition('Is weekend', false)] },
    ];
    expect(ask({ ...process, rules })).to.deep.equal(['conditionNotMet', 'Weekend', 'Is weekend', '["y","x"]']);
  });
});
