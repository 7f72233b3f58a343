import { expect } from 'chai';
import { ExplainedProcess, skipReasons, whyAbsent } from '../../src/rules/index.js';
import { action, condition, group, process, program, rule } from './engine/madeRules.js';

const credit = action('Credit', 'CreditPoints', { PointsToCredit: '1' });
const large = condition(['Amount', 'GreaterThan', '10'], [credit]);
const small = condition(['Amount', 'LessThan', '5'], [action('Thank', 'SendMail')]);
const rules = program(process([rule('Base', [group([small, large])])]));
const at = { process: 'Purchases', rule: 'Base', step: 'Credit' };

const met = (step: string, isMet: boolean) => ({
  ...{ kind: 'condition', step, isMet, logic: '1', criteria: [], failure: null, steps: [] },
});
const base = { rule: 'Base', promotion: null, skipped: null, steps: [] };
const ran = (...steps: unknown[]) => ({ process: 'Purchases', barredBy: null, rules: [{ ...base, steps }] });
const inGroup = (...conditions: unknown[]) => ran({ kind: 'group', step: 'if', conditions });

function ask(explained: object | undefined, place = at): unknown[] {
  const { code, condition: step } = whyAbsent(explained && ExplainedProcess.parse(explained), place, rules);
  return step === null ? [code] : [code, step];
}

describe('why an action of another version did nothing', () => {
  it('its process did not run, or did not let the journal in', () => {
    expect(ask(undefined)).to.deep.equal(['noProcess']);
    expect(ask(ran(), { ...at, process: 'Gifts' })).to.deep.equal(['noProcess']);
    const barredBy = { ...base, rule: 'Adults', steps: [met('Is adult', false)] };
    expect(ask({ ...ran(), barredBy, rules: [] })).to.deep.equal(['notLetIn', 'Is adult']);
  });

  it('there is no such rule or action', () => {
    expect(ask(ran(), { ...at, rule: 'Weekend' })).to.deep.equal(['noRule']);
    expect(ask(ran(), { ...at, step: 'Debit' })).to.deep.equal(['noStep']);
  });

  for (const skipped of skipReasons) {
    it(`its rule did not run: ${skipped}`, () => {
      expect(ask({ ...ran(), rules: [{ ...base, skipped }] })).to.deep.equal([skipped]);
    });
  }

  it('a condition in front of it is not met, or another of its group is', () => {
    expect(ask(inGroup(met(small.name, false), met(large.name, false)))).to.deep.equal(['conditionNotMet', large.name]);
    expect(ask(inGroup(met(small.name, true)))).to.deep.equal(['otherConditionMet', small.name]);
  });

  it('it ran and changed nothing, or was not reached', () => {
    const credited = {
      ...{ kind: 'action', step: 'Credit', type: 'CreditPoints', target: null, inputs: {}, assigned: {} },
      ...{ change: null, result: null, note: null, failure: null, process: null },
    };
    expect(ask(inGroup(met(small.name, false), { ...met(large.name, true), steps: [credited] }))).to.deep.equal([
      'nothingChanged',
    ]);
    expect(ask(ran())).to.deep.equal(['requestFailed']);
  });
});
