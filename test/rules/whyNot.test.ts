import { expect } from 'chai';
import { ExplainedProcess, skipReasons, whyNot } from '../../src/rules/index.js';
import type { ProcessStep, RuleProcess } from '../../src/rules/index.js';
import {
  action,
  condition as madeCondition,
  group,
  process as madeProcess,
  program,
  rule as madeRule,
} from './engine/madeRules.js';

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
  const {
    code,
    rule: name,
    condition: step,
    criteria,
  } = whyNot(ExplainedProcess.parse(explained), promotion, { failure });
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

  describe('with the rules, also where an action for it did not run', () => {
    const part = (name: string) => `condition ${name}`;
    const usage = action('Stamp', 'IncreaseUsageForCumulativePromotion', { PromotionName: `"${promotion}"` });
    const runs = { ...action('Run', 'RunProgramProcess', {}), target: 'Gifts' };
    const gifts = { ...madeProcess([madeRule('Gift', [])]), name: 'Gifts' };
    const ofPromotion = { ...gifts, rules: [{ ...madeRule('Gift', []), promotion }] };
    const step = (name: string, ...children: ProcessStep[]) => ({
      ...madeCondition(['A', 'Equals', '1'], children),
      name,
    });

    function askWith(processes: readonly RuleProcess[], explained: object) {
      const rules = { ...program(gifts), processes };
      const { code, rule: name, condition: at } = whyNot(ExplainedProcess.parse(explained), promotion, { rules });
      return [code, name, at];
    }
    const purchases = (...steps: ProcessStep[]) => ({ ...madeProcess([madeRule('Base', steps)]), name: 'Purchases' });
    const base = (...steps: unknown[]) => ({
      ...process,
      rules: [{ ...rule, rule: 'Base', promotion: null, steps }],
    });

    it('because the rule is in a process that was not run', () => {
      const processes = [purchases(step(part('large'), runs)), ofPromotion];
      const explained = base(condition(part('large'), false));
      expect(askWith(processes, explained)).to.deep.equal(['conditionNotMet', 'Base', part('large')]);
      const elsewhere = [purchases(step(part('large'), usage)), ofPromotion];
      expect(askWith([...processes, { ...gifts, name: 'Other' }], base())).to.deep.equal(['noRule', null, null]);
      expect(askWith(elsewhere, explained)).to.deep.equal(['conditionNotMet', 'Base', part('large')]);
    });

    it('because another condition of the group is met, or the rule in front of it was skipped', () => {
      const tiers = group([step(part('Gold')), step(part('Silver'), runs)]);
      const processes = [purchases(tiers), ofPromotion];
      const explained = { kind: 'group', step: tiers.name, conditions: [condition(part('Gold'), true)] };
      expect(askWith(processes, base(explained))).to.deep.equal(['otherConditionMet', 'Base', part('Gold')]);
      const skipped = { ...process, rules: [{ ...rule, rule: 'Base', promotion: null, skipped: 'ruleEnded' }] };
      expect(askWith(processes, skipped)).to.deep.equal(['ruleEnded', 'Base', null]);
    });

    it('because the other process did not let its journal in', () => {
      const barredBy = { ...rule, rule: 'Adults', promotion: null, steps: [condition('Is adult', false)] };
      const run = { ...credit, step: 'Run', type: 'RunProgramProcess', change: 'a journal', result: null };
      const explained = base({ ...run, process: { process: 'Gifts', barredBy, rules: [] } });
      expect(askWith([purchases(runs), ofPromotion], explained)).to.deep.equal(['notLetIn', 'Adults', 'Is adult']);
    });

    it('not because of processes that run each other without a rule of it', () => {
      const back = { ...action('Back', 'RunProgramProcess', {}), target: 'Purchases' };
      const circle = { ...gifts, rules: [madeRule('Gift', [back])] };
      expect(
        askWith([purchases(step(part('large'), runs)), circle], base(condition(part('large'), false))),
      ).to.deep.equal(['noRule', null, null]);
    });
  });

  it('is about the rule that came furthest', () => {
    const rules = [
      { ...rule, rule: 'Old', skipped: 'ruleEnded' },
      { ...rule, steps: [condition('Is weekend', false)] },
    ];
    expect(ask({ ...process, rules })).to.deep.equal(['conditionNotMet', 'Weekend', 'Is weekend', '["y","x"]']);
  });
});
